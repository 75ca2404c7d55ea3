package dev.rollbackbot.domain.job;

import dev.rollbackbot.domain.job.Move.Measure;
import dev.rollbackbot.domain.job.Move.Need;
import dev.rollbackbot.domain.job.Move.Wait;
import dev.rollbackbot.domain.job.Move.Write;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.plan.Step;
import java.time.Duration;
import java.time.Instant;

/**
 * Sees to it that a line which somebody must hear is said at least once, whoever dies.
 *
 * <p>The driver whose write reached the state says it and marks it as told. Where no mark comes,
 * another takes the telling over, one by the etag, and only when it can tell anybody. Lines of
 * states that pass by themselves are not worth a write: the next one says more.
 */
final class Telling {
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final Duration NO_CHAT = Duration.ofSeconds(30);

  private Telling() {}

  /** What is to be done about the line before {@code wait} is over. */
  static Move before(
      Wait wait, Journal journal, Readings readings, Instant now, String driver, Duration stale) {
    if (journal.untold().isEmpty() || !staysUntilSomebodyActs(journal)) {
      return wait;
    }
    if (journal.driver().equals(driver)) {
      return mine(wait, journal, readings, now);
    }
    Instant overdue = journal.untold().get().since().plus(stale);
    if (now.isBefore(overdue)) {
      return sooner(wait, overdue);
    }
    if (readings.chat().isEmpty()) {
      return new Measure(Need.CHAT);
    }
    return readings.chat().get()
        ? new Write(new Step.Note(), journal.takenOver(driver, now))
        : sooner(wait, now.plus(NO_CHAT));
  }

  private static Move mine(Wait wait, Journal journal, Readings readings, Instant now) {
    if (readings.told().isEmpty()) {
      return new Measure(Need.TOLD);
    }
    return readings.told().get()
        ? new Write(new Step.Note(), journal.told())
        : sooner(wait, now.plus(LOOK));
  }

  /** Whoever waits at a terminal is asked there; its end is told all the same. */
  private static boolean staysUntilSomebodyActs(Journal journal) {
    return switch (journal.state()) {
      case OPEN, CLOSED -> true;
      case HELD, HOLDING -> journal.cards().main().isPresent();
      case PREPARING,
          SETTLING,
          WATCHING,
          SWITCHING,
          VERIFYING,
          UNDOING,
          RETURN_PREPARING,
          RETURNING,
          STUCK ->
          false;
    };
  }

  private static Wait sooner(Wait wait, Instant other) {
    return wait.until().isBefore(other) ? wait : new Wait(other);
  }
}
