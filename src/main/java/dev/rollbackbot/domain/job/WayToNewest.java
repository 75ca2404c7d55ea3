package dev.rollbackbot.domain.job;

import dev.rollbackbot.domain.job.Move.Measure;
import dev.rollbackbot.domain.job.Move.Need;
import dev.rollbackbot.domain.job.Move.Wait;
import dev.rollbackbot.domain.job.Move.Write;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.ProbeResult;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.plan.Step;
import java.time.Instant;
import java.util.Optional;

/**
 * The way to the newest revision, or to one that puts the template back: it is probed at 0 % before
 * users follow LATEST, and only while LATEST means it.
 */
final class WayToNewest {
  private final Observed observed;
  private final Journal journal;
  private final RevisionName newest;
  private final Instant now;
  private final String driver;

  WayToNewest(Observed observed, Instant now, String driver) {
    this.observed = observed;
    this.journal = observed.journal();
    this.newest = journal.newest().orElse(journal.aim().target());
    this.now = now;
    this.driver = driver;
  }

  /** The next move; {@code limits} says how long users' move may take. */
  Move next(Readings readings, Limits limits) {
    if (observed.moved()) {
      return Progress.close(observed, Ending.TAKEN_OVER, now, driver);
    }
    Optional<Move> first = journal.restoring() ? untilMade(limits) : Optional.empty();
    return first.orElseGet(() -> probe(readings, limits));
  }

  private Optional<Move> untilMade(Limits limits) {
    return switch (Making.of(observed.target(), newest, overdue())) {
      case Making.Under() -> Optional.of(look());
      case Making.Failed(String why) -> Optional.of(unwell(why));
      case Making.Called(RevisionName name) -> Optional.of(called(name, limits));
      // The service shows its newest ready revision a little later than the revision itself.
      case Making.Ready() ->
          meansIt() || overdue() || deployedSince() ? Optional.empty() : Optional.of(look());
    };
  }

  private Write called(RevisionName name, Limits limits) {
    Journal known = journal.withAim(journal.aim().restoredBy(name)).withNewest(Optional.of(name));
    return new Write(
        new Step.AddTag(journal.tag(), name),
        known.next(
            journal.state(), journal.ending(), now, limits.renewed(journal.until(), now), driver));
  }

  private Move probe(Readings readings, Limits limits) {
    Optional<String> url = observed.state().tagUrl(journal.tag(), newest);
    if (!meansIt() || (url.isEmpty() && overdue())) {
      return unwell(
          journal
              .next(without(), Ending.NEWEST_UNWELL, now, now, driver)
              .withTimes(journal.times().restedAt(now)));
    }
    if (journal.aim().probeable()) {
      if (url.isEmpty()) {
        return look();
      }
      if (readings.tagged().isEmpty()) {
        return new Measure(Need.PROBES);
      }
      if (!readings.tagged().get().passed()) {
        return unwell(
            journal
                .next(without(), Ending.NEWEST_UNWELL, now, now, driver)
                .withEvidence(Progress.evidence(journal, readings.tagged(), readings.live())));
      }
    }
    return new Write(
        new Step.FollowLatest(),
        journal
            .next(JobState.RETURNING, Ending.NONE, now, now.plus(limits.settle()), driver)
            .withLive(LiveSplit.all(newest)));
  }

  private Write unwell(String why) {
    return unwell(
        journal
            .next(without(), Ending.NEWEST_UNWELL, now, now, driver)
            .withEvidence(
                Progress.evidence(
                    journal, Optional.of(new ProbeResult(0, 0, 0, why)), Optional.empty())));
  }

  private Write unwell(Journal next) {
    return new Write(new Step.DropTag(journal.tag()), next);
  }

  /** Users stay where they are. */
  private JobState without() {
    return withoutReturn(journal);
  }

  /**
   * Where a rollback is once its return is off. A redeploy may have ended before, with users
   * elsewhere; it is open only while they are on its target.
   */
  static JobState withoutReturn(Journal journal) {
    return journal.aim().route() == Route.SHIFT || journal.live().isAll(journal.aim().target())
        ? JobState.OPEN
        : JobState.CLOSED;
  }

  private boolean meansIt() {
    return observed.state().latestReady().equals(Optional.of(newest));
  }

  private boolean deployedSince() {
    return !observed.state().latestCreated().equals(Optional.of(newest));
  }

  private boolean overdue() {
    return !now.isBefore(journal.until());
  }

  private Wait look() {
    return new Wait(now.plus(Progress.SECOND_LOOK));
  }
}
