package dev.rollbackbot.domain.health;

import java.time.Duration;

/**
 * What counts as slow in one canary, fixed before its first request.
 *
 * <p>A line turns latency into counts. That is robust (one answer of a minute is one slow answer),
 * exact at any number of requests, and small enough for the journal.
 */
public record SlowLine(Duration over) {
  private static final Duration FELT = Duration.ofMillis(50);

  public SlowLine {
    if (!over.isPositive()) {
      throw new IllegalArgumentException("a positive time, not " + over);
    }
  }

  /**
   * Far enough from live's 95th percentile that somebody would feel it: a quarter and 50 ms. Above
   * it where live is well and few may cross, below it where live is sick and many should stop
   * crossing.
   *
   * @param liveP95 of live before the canary, positive
   */
  public static SlowLine of(Direction direction, Duration liveP95) {
    return new SlowLine(
        switch (direction) {
          case FORWARD -> longer(liveP95.multipliedBy(5).dividedBy(4), liveP95.plus(FELT));
          case BACK ->
              longer(
                  liveP95.dividedBy(2),
                  shorter(liveP95.multipliedBy(4).dividedBy(5), liveP95.minus(FELT)));
        });
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
