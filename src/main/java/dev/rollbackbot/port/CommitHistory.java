package dev.rollbackbot.port;

import dev.rollbackbot.domain.command.Target;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.plan.CommitInfo;
import dev.rollbackbot.domain.plan.Migration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The git history of one service's code; read only, from a clone that is kept fresh. */
public interface CommitHistory {

  /** Finds the commit that a target names; only for commits, tags and branches. */
  Resolution resolve(Target target);

  /** Commits in {@code newer} and not in {@code older}, newest first, at most {@code most}. */
  List<CommitInfo> between(CommitSha older, CommitSha newer, int most);

  /** Migrations that stand at {@code newer} and not at {@code older}, in the order of their use. */
  List<Migration> migrationsBetween(CommitSha older, CommitSha newer);

  /** The texts of these commits, as far as they are known. */
  Map<CommitSha, CommitInfo> texts(Collection<CommitSha> commits);

  /** The newest commits of the branch that is deployed. */
  List<CommitInfo> recent(int most);

  /** What a name turned out to be. */
  sealed interface Resolution {
    record Found(CommitInfo commit, boolean onBranch) implements Resolution {}

    record Ambiguous(List<CommitInfo> candidates) implements Resolution {
      public Ambiguous {
        candidates = List.copyOf(candidates);
      }
    }

    record Missing() implements Resolution {}
  }
}
