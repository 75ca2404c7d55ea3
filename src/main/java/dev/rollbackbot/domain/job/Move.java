package dev.rollbackbot.domain.job;

import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.plan.Step;
import java.time.Instant;

/** What a driver does next. */
public sealed interface Move {

  /** Nothing before this moment, or before the service changes. */
  record Wait(Instant until) implements Move {}

  /** Measure this, then ask again. */
  record Measure(Need need) implements Move {}

  /** Make this change, with this journal. */
  record Write(Step step, Journal next) implements Move {}

  /** What to measure. */
  enum Need {
    /** The tagged revision at its own address, and live beside it. */
    PROBES,
    /** Live alone. */
    LIVE_PROBE,
    /** Whether the target has answered a user since the switch. */
    SERVED,
    /** Requests and errors before and after. */
    ASSESSMENT,
    /** What users met since the last look at a canary, and what it says. */
    LOOK,
    /** Whether this driver's own line has been said. */
    TOLD,
    /** Whether people can be told at all from here. */
    CHAT
  }
}
