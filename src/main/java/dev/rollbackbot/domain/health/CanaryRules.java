package dev.rollbackbot.domain.health;

import java.util.Optional;

/**
 * By what one canary is judged; fixed before its first request.
 *
 * @param errorLimit share of 5xx, 0 to 1, that no candidate may have unless live has it too
 * @param slowLine absent when live's latency was not known: then latency is not compared
 */
public record CanaryRules(
    Direction direction,
    AlphaPlan alpha,
    Minimums minimums,
    double errorLimit,
    Optional<SlowLine> slowLine) {

  public CanaryRules {
    if (errorLimit <= 0 || errorLimit >= 1) {
      throw new IllegalArgumentException("a share between 0 and 1, not " + errorLimit);
    }
  }

  /**
   * What is too little to speak of.
   *
   * @param requests on each side of a rung, with fewer nothing good is said
   * @param faults on the candidate, with fewer nothing bad is said
   * @param errorRise difference of the shares of 5xx, 0 to 1, below which they are the same
   * @param slowRise the same for the shares of slow answers
   */
  public record Minimums(int requests, int faults, double errorRise, double slowRise) {
    public Minimums {
      if (requests < 1 || faults < 1 || errorRise <= 0 || slowRise <= 0) {
        throw new IllegalArgumentException("positive minimums");
      }
    }

    /** Three faults; 5 more in 1,000 users with an error, or 5 more in 100 kept waiting. */
    public static Minimums standard(int requests) {
      return new Minimums(requests, 3, 0.005, 0.05);
    }
  }
}
