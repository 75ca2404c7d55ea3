package dev.rollbackbot.domain.health;

import java.util.Arrays;

/**
 * The chances of each count from a lowest one upwards; together at most 1.
 *
 * <p>Chances under 10^-15 at either end are dropped: far less than any verdict can depend on.
 */
public final class Distribution {
  private static final double NEGLIGIBLE = 1e-15;

  private final int lowest;
  private final double[] chances;

  private Distribution(int lowest, double[] chances) {
    this.lowest = lowest;
    this.chances = chances;
  }

  /**
   * Known chances, one after the other.
   *
   * @param chances of {@code lowest}, {@code lowest + 1} and so on
   */
  public static Distribution of(int lowest, double... chances) {
    int from = 0;
    int to = chances.length;
    while (from < to - 1 && chances[from] < NEGLIGIBLE) {
      from++;
    }
    while (to > from + 1 && chances[to - 1] < NEGLIGIBLE) {
      to--;
    }
    return new Distribution(lowest + from, Arrays.copyOfRange(chances, from, to));
  }

  static Distribution certain(int count) {
    return of(count, 1);
  }

  /** Of the sum of two counts that do not depend on each other. */
  Distribution plus(Distribution other) {
    double[] sum = new double[chances.length + other.chances.length - 1];
    for (int i = 0; i < chances.length; i++) {
      for (int j = 0; j < other.chances.length; j++) {
        sum[i + j] += chances[i] * other.chances[j];
      }
    }
    return of(lowest + other.lowest, sum);
  }

  int lowest() {
    return lowest;
  }

  int highest() {
    return lowest + chances.length - 1;
  }

  public double chanceOf(int count) {
    return count < lowest || count > highest() ? 0 : chances[count - lowest];
  }

  public double chanceOfAtLeast(int count) {
    double chance = 0;
    for (int i = highest(); i >= Math.max(count, lowest); i--) {
      chance += chances[i - lowest];
    }
    return chance;
  }

  /** The smallest count that is reached with a chance of at most so much. */
  int reachedWithin(double most) {
    double chance = 0;
    int count = highest() + 1;
    while (count > lowest && chance + chances[count - 1 - lowest] <= most) {
      count--;
      chance += chances[count - lowest];
    }
    return count;
  }

  /** Only what stays under a count. */
  Distribution under(int count) {
    int length = Math.clamp(count - lowest, 0, chances.length);
    return length == 0 ? of(lowest, 0) : of(lowest, Arrays.copyOf(chances, length));
  }

  /** What is lower counts as that. */
  Distribution raisedTo(int count) {
    if (count <= lowest) {
      return this;
    }
    double[] raised = new double[Math.max(1, highest() - count + 1)];
    for (int i = 0; i < chances.length; i++) {
      raised[Math.max(0, lowest + i - count)] += chances[i];
    }
    return of(count, raised);
  }
}
