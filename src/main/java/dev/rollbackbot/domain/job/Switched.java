package dev.rollbackbot.domain.job;

import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.health.Health;
import dev.rollbackbot.domain.job.Move.Measure;
import dev.rollbackbot.domain.job.Move.Need;
import dev.rollbackbot.domain.job.Move.Wait;
import dev.rollbackbot.domain.job.Move.Write;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** All users were told to move: it is proved that they have, and then whether it helped. */
final class Switched {
  private static final Duration LOG_LOOK = Duration.ofSeconds(5);

  private final Progress progress;
  private final Observed observed;
  private final Journal journal;
  private final Instant now;
  private final String driver;

  Switched(Progress progress, Observed observed, Instant now, String driver) {
    this.progress = progress;
    this.observed = observed;
    this.journal = observed.journal();
    this.now = now;
    this.driver = driver;
  }

  /** Until the platform, or a user whom the target answers, proves that all have moved. */
  Move settle(Readings readings) {
    if (observed.moved()) {
      return Progress.close(observed, Ending.TAKEN_OVER, now, driver);
    }
    if (observed.arrived() || readings.served().orElse(false)) {
      return new Write(
          new Step.Note(),
          journal
              .next(
                  JobState.VERIFYING,
                  Ending.NONE,
                  now,
                  now.plus(limits().grace()).plus(limits().window()),
                  driver)
              .withTimes(journal.times().movedAt(now)));
    }
    if (!now.isBefore(journal.until())) {
      return progress.rest(observed, Ending.UNKNOWN, Optional.empty(), now, driver);
    }
    if (now.isBefore(journal.since().plus(limits().served()))) {
      return new Wait(now.plus(Progress.SECOND_LOOK));
    }
    // At the end of a canary the target has had users for long.
    boolean proves = journal.canary().isEmpty() && progress.servedProves(journal, now);
    return proves && readings.served().isEmpty()
        ? new Measure(Need.SERVED)
        : new Wait(now.plus(LOG_LOOK));
  }

  /** Until evidence is gathered, and logs that are late have had their time. */
  Move verify(Readings readings) {
    if (observed.moved()) {
      return Progress.close(observed, Ending.TAKEN_OVER, now, driver);
    }
    if (now.isBefore(journal.until())) {
      return new Wait(journal.until());
    }
    if (readings.assessment().isEmpty()) {
      return new Measure(Need.ASSESSMENT);
    }
    Readings.Assessment assessment = readings.assessment().get();
    Instant end = journal.until().plus(Progress.patience(limits().window()));
    if (assessment.figures().filter(Figures::mayImprove).isPresent() && now.isBefore(end)) {
      Instant look = now.plus(Progress.LATE_LOOK);
      return new Wait(look.isBefore(end) ? look : end);
    }
    return progress.rest(
        observed, endingOf(assessment.health()), Optional.of(assessment), now, driver);
  }

  private static Ending endingOf(Health health) {
    return switch (health) {
      case HEALTHY -> Ending.VERIFIED;
      case UNHEALTHY -> Ending.BAD;
      case NOT_ENOUGH_DATA -> Ending.UNPROVEN;
    };
  }

  private Limits limits() {
    return progress.limits();
  }
}
