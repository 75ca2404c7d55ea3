package dev.rollbackbot.domain.model;

import java.util.regex.Pattern;

/**
 * The name of a git commit, whole or abbreviated.
 *
 * <p>7 to 40 hexadecimal digits, kept in lower case. Seven digits can be ambiguous in a large
 * repository; whoever resolves one says so.
 */
public record CommitSha(String value) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{7,40}");

  public CommitSha {
    if (!isSha(value)) {
      throw new IllegalArgumentException("not 7 to 40 lower-case hex digits: " + value);
    }
  }

  /** Whether the text could name a commit. */
  public static boolean isSha(String text) {
    return HEX.matcher(text).matches();
  }

  /** The first seven digits, as people read them to each other. */
  public String abbreviated() {
    return value.substring(0, 7);
  }

  /** Whether both can mean the same commit: one is the beginning of the other. */
  public boolean agreesWith(CommitSha other) {
    return value.startsWith(other.value) || other.value.startsWith(value);
  }

  @Override
  public String toString() {
    return abbreviated();
  }
}
