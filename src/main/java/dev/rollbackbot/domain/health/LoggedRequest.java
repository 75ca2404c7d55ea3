package dev.rollbackbot.domain.health;

import java.time.Duration;
import java.time.Instant;

/**
 * A request as a log shows it.
 *
 * @param at when it came
 * @param caller from where, in any form that tells callers apart
 * @param agent as the caller named itself; empty if it did not
 * @param what was asked: method and address
 * @param latency until it was answered
 */
public record LoggedRequest(
    Instant at, Arm arm, String caller, String agent, String what, int status, Duration latency) {
  private static final int SERVER_ERROR = 500;

  /** Who answered. */
  public enum Arm {
    CANDIDATE,
    BASELINE
  }

  boolean failed() {
    return status >= SERVER_ERROR;
  }

  Instant answered() {
    return at.plus(latency);
  }
}
