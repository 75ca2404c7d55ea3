package dev.rollbackbot.domain.job;

import java.time.Duration;
import java.time.Instant;

/**
 * How long each state may take.
 *
 * @param prepare until the target must be ready behind its tag
 * @param hold how long a failed probe waits for a person, counted from the approval
 * @param settle until moved traffic must be proved
 * @param grace after the switch, before evidence counts
 * @param window how long evidence is gathered
 * @param stale after how long another driver may take a state over (its end, where it has one)
 * @param served how long to wait for the platform's word before the logs are asked
 * @param logDelay how long request logs usually take to be readable
 */
public record Limits(
    Duration prepare,
    Duration hold,
    Duration settle,
    Duration grace,
    Duration window,
    Duration stale,
    Duration served,
    Duration logDelay) {

  /** The times of production. */
  public static Limits defaults() {
    return new Limits(
        Duration.ofMinutes(4),
        Duration.ofMinutes(10),
        Duration.ofMinutes(3),
        Duration.ofSeconds(60),
        Duration.ofMinutes(2),
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        Duration.ofSeconds(15));
  }

  /**
   * Until when a state waits that asks for something more, such as a tag's address, only now: what
   * came late, after an outage, still has its own time.
   */
  Instant renewed(Instant until, Instant now) {
    Instant shown = now.plus(settle);
    return shown.isAfter(until) ? shown : until;
  }
}
