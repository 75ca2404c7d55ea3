package dev.rollbackbot.domain.health;

/**
 * How often a canary that is like its baseline may be called otherwise, and how that is spread over
 * its rungs and looks.
 *
 * <p>The probabilities hold for the whole ladder and for one direction: together for "worse", and
 * again for "better". Each rung has an equal part. Nine tenths of it are for the planned looks;
 * when people let a rung wait for longer, each further look gets half of what is left.
 *
 * @param errors probability for the share of 5xx
 * @param latency for the share of slow answers
 * @param limit for the absolute limit
 * @param rungs below 100 %
 * @param looks planned in each rung
 */
public record AlphaPlan(double errors, double latency, double limit, int rungs, int looks) {
  private static final double PLANNED = 0.9;
  private static final int LATE = 3;

  public AlphaPlan {
    if (errors <= 0 || latency <= 0 || limit <= 0 || errors + latency + limit >= 1) {
      throw new IllegalArgumentException("probabilities");
    }
    if (rungs < 1 || looks < 1) {
      throw new IllegalArgumentException("at least one rung with one look");
    }
  }

  /** At most 2.8 % for each direction: the docs page canary.md shows what comes of it. */
  public static AlphaPlan standard(int rungs, int looks) {
    return new AlphaPlan(0.018, 0.005, 0.005, rungs, looks);
  }

  /**
   * The part of each probability of "worse" that may be spent up to a look, 0 to 1: evenly, because
   * a sick candidate is taken away at once.
   *
   * @param rung from 0
   * @param look from 1
   */
  double evenly(int rung, int look) {
    return upTo(rung, look, 1);
  }

  /** The same for "better": mostly at the rung's end, because nothing follows from it before. */
  double late(int rung, int look) {
    return upTo(rung, look, LATE);
  }

  private double upTo(int rung, int look, int power) {
    double inRung =
        look <= looks
            ? PLANNED * Math.pow((double) look / looks, power)
            : 1 - (1 - PLANNED) * Math.pow(0.5, (double) look - looks);
    return (rung + inRung) / rungs;
  }
}
