package dev.rollbackbot.sandbox.kback;

import java.time.Duration;
import java.util.List;

/**
 * How the code of one image behaves.
 *
 * @param errorShare share of the requests to {@code sickPaths} that are answered 500, from 0 to 1;
 *     evenly spread, so that of any three requests one fails at a third
 * @param sickPaths prefixes of the paths that the share applies to
 * @param exception type and message of the exception behind each 500, as Python prints them
 * @param latency of every answer
 * @param coldStart what the first request to a revision waits longer
 * @param starts false if no instance ever listens: every request is answered 503
 */
public record Behaviour(
    double errorShare,
    List<String> sickPaths,
    String exception,
    Duration latency,
    Duration coldStart,
    boolean starts) {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  public Behaviour {
    if (!(errorShare >= 0 && errorShare <= 1)) {
      throw new IllegalArgumentException("errorShare must be from 0 to 1: " + errorShare);
    }
    if (latency.isNegative() || coldStart.isNegative()) {
      throw new IllegalArgumentException("times must not be negative");
    }
    if (latency.compareTo(LONGEST) > 0 || coldStart.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("times must not be above " + LONGEST);
    }
    sickPaths = List.copyOf(sickPaths);
  }

  /** Every request is answered 200 within some 20 ms. */
  public static Behaviour healthy() {
    return new Behaviour(0, List.of(), "", Duration.ofMillis(20), Duration.ofMillis(200), true);
  }

  /** Every third request to a plan, and to {@code /health/ready}, fails. */
  public static Behaviour sick() {
    return healthy().failing(1.0 / 3, "KeyError: 'plan_id'", List.of("/plans/", "/health/ready"));
  }

  /** No instance of it ever listens. */
  public static Behaviour cannotStart() {
    return new Behaviour(0, List.of(), "", Duration.ZERO, Duration.ZERO, false);
  }

  /** The same, failing this share of these paths. */
  public Behaviour failing(double share, String newException, List<String> paths) {
    return new Behaviour(share, paths, newException, latency, coldStart, starts);
  }

  /** The same with other times. */
  public Behaviour withTimes(Duration newLatency, Duration newColdStart) {
    return new Behaviour(errorShare, sickPaths, exception, newLatency, newColdStart, starts);
  }

  boolean isSick(String path) {
    return errorShare > 0 && sickPaths.stream().anyMatch(path::startsWith);
  }
}
