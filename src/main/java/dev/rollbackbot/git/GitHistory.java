package dev.rollbackbot.git;

import dev.rollbackbot.domain.command.Target;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.plan.CommitInfo;
import dev.rollbackbot.domain.plan.Migration;
import dev.rollbackbot.port.CommitHistory;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * The history of one branch, read from a clone.
 *
 * <p>What the clone holds is answered at once. Only what it does not hold, and names that move, are
 * worth waiting for a fetch, and that wait is bounded; if the fetch fails, the answer is {@code
 * UNAVAILABLE} and not "there is no such commit". Commits below the clone's depth count as missing.
 */
final class GitHistory implements CommitHistory {
  private final GitClone clone;
  private final String branch;
  private final Optional<MigrationScanner> migrations;

  GitHistory(GitClone clone, String branch, Optional<MigrationScanner> migrations) {
    this.clone = clone;
    this.branch = GitFetch.BRANCHES + branch;
    this.migrations = migrations;
  }

  @Override
  public Resolution resolve(Target target) {
    return switch (target) {
      case Target.Commit(CommitSha sha) -> commit(sha);
      case Target.GitTag(String name) -> ref(Constants.R_TAGS + name);
      case Target.Branch(String name) -> ref(GitFetch.BRANCHES + name);
      case Target.ByRevision _, Target.Previous _ -> new Resolution.Missing();
    };
  }

  @Override
  public List<CommitInfo> between(CommitSha older, CommitSha newer, int most) {
    fetchIfMissing(List.of(older, newer));
    return read(
        commits ->
            commits.between(commits.required(older), commits.required(newer), most).stream()
                .map(Commits::info)
                .toList());
  }

  @Override
  public List<Migration> migrationsBetween(CommitSha older, CommitSha newer) {
    if (migrations.isEmpty()) {
      return List.of();
    }
    MigrationScanner scanner = migrations.get();
    fetchIfMissing(List.of(older, newer));
    return read(
        commits ->
            scanner.between(commits.reader(), commits.required(older), commits.required(newer)));
  }

  @Override
  public Map<CommitSha, CommitInfo> texts(Collection<CommitSha> asked) {
    Map<CommitSha, CommitInfo> known = known(asked);
    if (known.keySet().containsAll(asked)) {
      clone.freshen();
      return known;
    }
    // Tags of images may name commits that no branch has any more: not worth a fetch each time.
    return clone.fresh().isPresent() ? known : known(asked);
  }

  @Override
  public List<CommitInfo> recent(int most) {
    Optional<WorldException> stale = clone.fresh();
    return read(
        commits -> {
          Optional<RevCommit> tip = commits.byRef(branch);
          if (tip.isEmpty()) {
            throw stale.orElseGet(() -> new WorldException(Kind.NOT_FOUND, "no branch " + branch));
          }
          return commits.newest(tip.get(), most).stream().map(Commits::info).toList();
        });
  }

  private Resolution commit(CommitSha sha) {
    clone.freshen();
    Resolution first = read(commits -> resolved(commits, commits.byPrefix(sha)));
    if (!(first instanceof Resolution.Missing)) {
      return first;
    }
    Optional<WorldException> stale = clone.freshNow();
    return orUnavailable(read(commits -> resolved(commits, commits.byPrefix(sha))), stale);
  }

  private Resolution ref(String name) {
    Optional<WorldException> stale = clone.fresh();
    return orUnavailable(
        read(commits -> resolved(commits, commits.byRef(name).stream().toList())), stale);
  }

  private static Resolution orUnavailable(Resolution found, Optional<WorldException> stale) {
    if (found instanceof Resolution.Missing && stale.isPresent()) {
      throw stale.get();
    }
    return found;
  }

  private Resolution resolved(Commits commits, List<RevCommit> found) throws IOException {
    return switch (found.size()) {
      case 0 -> new Resolution.Missing();
      case 1 -> {
        RevCommit only = found.getFirst();
        Optional<RevCommit> tip = commits.byRef(branch);
        yield new Resolution.Found(
            Commits.info(only), tip.isPresent() && commits.reaches(tip.get(), only));
      }
      default -> new Resolution.Ambiguous(found.stream().map(Commits::info).toList());
    };
  }

  private void fetchIfMissing(List<CommitSha> wanted) {
    clone.freshen();
    if (known(wanted).keySet().containsAll(wanted)) {
      return;
    }
    Optional<WorldException> stale = clone.freshNow();
    if (stale.isPresent() && !known(wanted).keySet().containsAll(wanted)) {
      throw stale.get();
    }
  }

  private Map<CommitSha, CommitInfo> known(Collection<CommitSha> asked) {
    return read(
        commits -> {
          var known = new LinkedHashMap<CommitSha, CommitInfo>();
          for (CommitSha sha : asked) {
            List<RevCommit> found = commits.byPrefix(sha);
            if (found.size() == 1) {
              known.put(sha, Commits.info(found.getFirst()));
            }
          }
          return known;
        });
  }

  /** One walk is for one thread and one question. */
  private <T> T read(Commits.Question<T> question) {
    return clone.read(
        repository -> {
          try (var commits = new Commits(repository)) {
            return question.ask(commits);
          }
        });
  }
}
