package dev.rollbackbot.gcp;

import dev.rollbackbot.domain.model.CommitSha;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which image tags name a commit: {@code <sha>} and {@code <branch>-<sha>}, 7 to 40 digits. */
final class CommitTags {
  private static final Pattern NAMING = Pattern.compile("(?:.*-)?([0-9a-f]{7,40})");

  private CommitTags() {}

  static Optional<CommitSha> commitOf(String tag) {
    Matcher matcher = NAMING.matcher(tag);
    return matcher.matches() ? Optional.of(new CommitSha(matcher.group(1))) : Optional.empty();
  }
}
