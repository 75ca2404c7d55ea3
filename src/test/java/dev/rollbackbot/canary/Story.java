package dev.rollbackbot.canary;

import dev.rollbackbot.domain.health.Direction;

/**
 * What is true in a simulated canary: two rungs of 10 and 50 %, five looks in each.
 *
 * @param requests of both sides in each rung
 * @param live share of 5xx of the baseline
 * @param first share of 5xx of the candidate on the first rung
 * @param second the same on the second rung
 * @param slowdown factor on the candidate's latency
 * @param outage share of 5xx on both sides in the fourth look of the second rung, instead of theirs
 * @param burst so many requests in a row share one fate
 * @param sticky a burst stays on one side, as with session affinity
 */
record Story(
    Direction direction,
    int requests,
    double live,
    double first,
    double second,
    double slowdown,
    double outage,
    int burst,
    boolean sticky) {
  static final int RUNGS = 2;
  static final int LOOKS = 5;
  private static final double[] SHARES = {0.1, 0.5};

  static Story forward(int requests, double live, double candidate) {
    return new Story(Direction.FORWARD, requests, live, candidate, candidate, 1, 0, 1, false);
  }

  static Story back(int requests, double live, double candidate) {
    return new Story(Direction.BACK, requests, live, candidate, candidate, 1, 0, 1, false);
  }

  Story of(int size) {
    return new Story(direction, size, live, first, second, slowdown, outage, burst, sticky);
  }

  Story onFirstRung(double errors) {
    return new Story(direction, requests, live, errors, second, slowdown, outage, burst, sticky);
  }

  Story onSecondRung(double errors) {
    return new Story(direction, requests, live, first, errors, slowdown, outage, burst, sticky);
  }

  Story slowed(double factor) {
    return new Story(direction, requests, live, first, second, factor, outage, burst, sticky);
  }

  Story withOutage(double errors) {
    return new Story(direction, requests, live, first, second, slowdown, errors, burst, sticky);
  }

  Story inBursts(int length, boolean stay) {
    return new Story(direction, requests, live, first, second, slowdown, outage, length, stay);
  }

  double share(int rung) {
    return SHARES[rung];
  }

  double liveErrors(int rung, int look) {
    return struck(rung, look) ? outage : live;
  }

  double candidateErrors(int rung, int look) {
    if (struck(rung, look)) {
      return outage;
    }
    return rung == 0 ? first : second;
  }

  private boolean struck(int rung, int look) {
    return outage > 0 && rung == 1 && look == 3;
  }
}
