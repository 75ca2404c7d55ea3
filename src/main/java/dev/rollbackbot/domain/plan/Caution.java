package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Grant;
import dev.rollbackbot.domain.model.Hand;
import dev.rollbackbot.domain.model.RevisionName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something a person should know before saying yes. */
public sealed interface Caution {
  /** Migrations lie between; old code will meet today's schema, already while it is probed. */
  record MigrationsCrossed(int count, int withoutDowngrade) implements Caution {}

  /** A fact could not be had: {@code source} as in {@link Known.Unknown}. */
  record FactUnknown(String source) implements Caution {}

  /** A fact could not be had because the bot lacks a permission. */
  record PermissionMissing(Grant grant) implements Caution {}

  /** The commit is not on the branch that is deployed. */
  record NotOnBranch(String branch) implements Caution {}

  /** The target is newer than what is live: this is no way back. */
  record GoesForward() implements Caution {}

  /** The platform says that the revision was not ready. */
  record TargetWasNotReady(String reason) implements Caution {}

  /** Tags of ours that nobody took away. */
  record LeftoverTags(List<String> tags) implements Caution {
    public LeftoverTags {
      tags = List.copyOf(tags);
    }
  }

  /** What is wanted and what is observed differ at this moment. */
  record NotSettled(String wanted, String observed) implements Caution {}

  /** Another tool keeps the service, and does something to the rollback when it runs next. */
  record KeptBy(Hand hand) implements Caution {}

  /** The last writer is a tool of which nothing is known but its own name. */
  record UnknownTool(String client) implements Caution {}

  /** A script let users follow the newest lately; when it runs again it ends the rollback. */
  record PinCleared(String by, String with, Instant at) implements Caution {}

  /** A build is under way that will deploy when it is done. */
  record BuildRunning(String name, Optional<CommitSha> commit, Instant since) implements Caution {}

  /** A deploy made a revision that is not ready yet. */
  record DeployInFlight(RevisionName revision) implements Caution {}

  /** A record that nobody can read stands on the service, and will be replaced. */
  record RecordUnreadable(String why) implements Caution {}

  /** Its own users met too many errors, or a rollback to it did not help. */
  record TargetWasUnwell() implements Caution {}

  /** An open rollback will be closed by this one. */
  record ClosesOpenJob(String target) implements Caution {}

  /** Its address cannot be probed, so users are its first test. */
  record CannotProbe(String reason) implements Caution {}

  /** The commit is known only by a label that its build wrote, not by its image. */
  record ProvedByLabelOnly(RevisionName revision) implements Caution {}

  /** The newest revision is failing or still starting; that does not stop a shift. */
  record NewestFailing(String reason) implements Caution {}

  /** Already pinned before this rollback. */
  record AlreadyPinned() implements Caution {}

  /** A canary is under way: it ends, and its users go to this target. */
  record TakesOverCanary(String target, int percent) implements Caution {}

  /** Somebody's requests all go to one side, so errors of one person fall together. */
  record SessionAffinity() implements Caution {}

  /** Both sides keep this many instances for as long as the canary lasts. */
  record MinInstances(String instances) implements Caution {}

  /** The target keeps no instance warm, so the first of its few users wait for one. */
  record ColdStarts() implements Caution {}
}
