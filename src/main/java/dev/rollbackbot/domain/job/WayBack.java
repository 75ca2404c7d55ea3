package dev.rollbackbot.domain.job;

import dev.rollbackbot.domain.job.Move.Measure;
import dev.rollbackbot.domain.job.Move.Need;
import dev.rollbackbot.domain.job.Move.Wait;
import dev.rollbackbot.domain.job.Move.Write;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.plan.Step;
import java.time.Instant;
import java.util.Optional;

/** The way back to who had users before. */
final class WayBack {
  private WayBack() {}

  /**
   * Gives users back to who had them: to LATEST where everything followed it and it still means the
   * same revision, else by names. Needs somebody to have had them.
   *
   * @param pending how it will have ended once they are back
   */
  static Write write(
      Observed observed,
      Journal journal,
      Ending pending,
      Limits limits,
      Instant now,
      String driver) {
    return new Write(
        latestStillMeansIt(observed.state(), journal)
            ? new Step.FollowLatest()
            : new Step.Share(journal.before()),
        journal
            .next(JobState.UNDOING, pending, now, now.plus(limits.settle()), driver)
            .withLive(journal.before())
            .withCloser(Optional.empty()));
  }

  private static boolean latestStillMeansIt(ServiceState state, Journal journal) {
    Optional<RevisionName> latest = state.latestReady();
    // After a redeploy LATEST means the old code, or will once the platform shows it.
    return journal.aim().route() == Route.SHIFT
        && journal.beforeLatest().isPresent()
        && journal.beforeLatest().equals(latest);
  }

  /** Until users are back: live is probed then, and its figures are told whatever they are. */
  static Optional<Move> next(
      Observed observed, Readings readings, Ending ending, Instant now, String driver) {
    Journal journal = observed.journal();
    if (observed.moved()) {
      return Optional.of(Progress.close(observed, Ending.TAKEN_OVER, now, driver));
    }
    if (observed.arrived()) {
      if (readings.live().isEmpty() && journal.aim().probeable()) {
        return Optional.of(new Measure(Need.LIVE_PROBE));
      }
      return Optional.of(
          new Write(
              new Step.DropTag(journal.tag()),
              journal
                  .next(JobState.CLOSED, ending, now, now, driver)
                  .withEvidence(
                      Progress.evidence(journal, journal.evidence().target(), readings.live()))
                  .withTimes(journal.times().restedAt(now))));
    }
    return now.isBefore(journal.until())
        ? Optional.of(new Wait(now.plus(Progress.SECOND_LOOK)))
        : Optional.empty();
  }
}
