package dev.rollbackbot.domain.job;

import dev.rollbackbot.domain.health.CanaryVerdict.Advice;
import dev.rollbackbot.domain.job.Move.Measure;
import dev.rollbackbot.domain.job.Move.Need;
import dev.rollbackbot.domain.job.Move.Wait;
import dev.rollbackbot.domain.job.Move.Write;
import dev.rollbackbot.domain.job.Readings.Watched;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.Canary.Doubt;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.Ladder.Advance;
import dev.rollbackbot.domain.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A canary on one of its rungs: the split is proved, looked at, and held or left.
 *
 * <p>All times come from the journal, so whoever wakes next looks at what was meant to be looked
 * at. It goes on by itself only where the ladder says so and the verdict allows it; back, whenever
 * the target is worse.
 */
final class Rungs {
  /** After so long somebody who was asked is reminded. */
  static final Duration REMINDER = Duration.ofHours(24);

  /** How often it is asked whether one's turn to read has come; asking costs no read. */
  private static final Duration TURN = Duration.ofSeconds(10);

  private final Progress progress;
  private final Observed observed;
  private final Journal journal;
  private final Canary canary;
  private final Instant now;
  private final String driver;

  Rungs(Progress progress, Observed observed, Instant now, String driver) {
    this.progress = progress;
    this.observed = observed;
    this.journal = observed.journal();
    this.canary = journal.canary().orElseThrow();
    this.now = now;
    this.driver = driver;
  }

  /** Until the platform says that users are split so. */
  Move settle(Readings readings) {
    if (observed.moved()) {
      return takenOver();
    }
    if (observed.arrived() || readings.served().orElse(false)) {
      return new Write(
          new Step.Note(),
          journal
              .next(JobState.WATCHING, Ending.NONE, now, now.plus(canary.ladder().hold()), driver)
              .withCanary(canary.begins(now)));
    }
    if (!now.isBefore(journal.until())) {
      return hold(canary.begins(now).doubted(Doubt.UNPROVED));
    }
    // On a higher rung the target has had users before, so that one it answers proves nothing.
    boolean proves = canary.rung() == 0 && progress.servedProves(journal, now);
    return proves && readings.served().isEmpty()
        ? new Measure(Need.SERVED)
        : new Wait(now.plus(Progress.SECOND_LOOK));
  }

  /** Looks at what users meet, while it is watched and while it is held. */
  Move look(Readings readings) {
    if (observed.moved()) {
      return takenOver();
    }
    Optional<Write> deployed = Progress.deployed(observed, now, driver);
    if (deployed.isPresent()) {
      return deployed.get();
    }
    boolean holds = journal.state() == JobState.HOLDING;
    if (holds && !now.isBefore(journal.until())) {
      return hold(canary);
    }
    if (canary.due(now.minus(progress.limits().logDelay())).isEmpty()) {
      return waitFor(canary.endAfter(canary.seenUntil()));
    }
    if (readings.watched().isEmpty()) {
      return new Measure(Need.LOOK);
    }
    return switch (readings.watched().get()) {
      case Watched.Blind(Doubt why) -> holds ? heldBlind(why) : blind(why);
      case Watched.Seen seen -> seen(seen);
    };
  }

  private Move seen(Watched.Seen seen) {
    Canary looked = canary.saw(seen.look(), seen.end());
    Advice advice = seen.verdict().advice(canary.direction());
    if (advice == Advice.GO_BACK) {
      return WayBack.write(
          observed, journal.withCanary(looked), Ending.REVERTED, progress.limits(), now, driver);
    }
    boolean ends = journal.state() == JobState.WATCHING && !seen.end().isBefore(journal.until());
    if (!ends) {
      return new Write(new Step.Note(), journal.looked(looked, driver));
    }
    return advice == Advice.GO_ON && canary.ladder().advance() == Advance.AUTO
        ? progress.shift(journal.withCanary(looked), now, driver)
        : hold(looked);
  }

  /** What could not be read is not judged; the next look covers it as well. */
  private Move blind(Doubt why) {
    Instant last = patience(canary, progress.limits(), journal.until());
    if (!now.isBefore(last)) {
      return hold(canary.doubted(why));
    }
    return new Wait(sooner(why == Doubt.BUDGET ? now.plus(TURN) : later(), last));
  }

  /** Who is refused for others' sake keeps asking: its place in the queue is kept only then. */
  private Wait heldBlind(Doubt why) {
    return why == Doubt.BUDGET
        ? new Wait(sooner(now.plus(TURN), journal.until()))
        : waitFor(canary.endAfter(now));
  }

  /**
   * Each look in vain is a read that others lack, so there is as much time again before the next
   * one as has gone by, and no more than one for each look that was planned.
   */
  private Instant later() {
    Duration delay = progress.limits().logDelay();
    Duration vain = Duration.between(canary.endAfter(canary.seenUntil()).plus(delay), now);
    Instant next = sooner(now.plus(vain), canary.endAfter(now.minus(delay)).plus(delay));
    Instant soonest = now.plus(Progress.LATE_LOOK);
    return next.isBefore(soonest) ? soonest : next;
  }

  private Write hold(Canary held) {
    return new Write(new Step.Note(), held(journal.withCanary(held), now, driver));
  }

  /** Users stay as they are split, and somebody is asked. */
  static Journal held(Journal journal, Instant now, String driver) {
    return journal
        .next(JobState.HOLDING, Ending.NONE, now, now.plus(REMINDER), driver)
        .withCloser(Optional.empty());
  }

  private Write takenOver() {
    return Progress.close(observed, Ending.TAKEN_OVER, now, driver);
  }

  private Wait waitFor(Instant end) {
    Instant readable = end.plus(progress.limits().logDelay());
    return new Wait(
        journal.state() == JobState.HOLDING ? sooner(readable, journal.until()) : readable);
  }

  /** How long the logs of a time that ended then are waited for. */
  private static Instant patience(Canary canary, Limits limits, Instant end) {
    return end.plus(limits.logDelay()).plus(Progress.patience(canary.ladder().hold()));
  }

  /** From when another driver may look: when the one that should have is surely not there. */
  static Instant mayJoin(Journal journal, Limits limits) {
    return journal
        .canary()
        .map(c -> patience(c, limits, c.endAfter(c.seenUntil())))
        .orElse(journal.until())
        .plus(limits.stale());
  }

  private static Instant sooner(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
