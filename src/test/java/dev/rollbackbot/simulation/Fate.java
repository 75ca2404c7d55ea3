package dev.rollbackbot.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** All chance of one run, from its seed. */
final class Fate {
  private final Random random;

  Fate(long seed) {
    this.random = new Random(seed);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** From {@code least} to {@code most}, both included. */
  int number(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  double share(double most) {
    return random.nextDouble() * most;
  }

  Duration seconds(double least, double most) {
    return Duration.ofMillis((long) (1_000 * (least + random.nextDouble() * (most - least))));
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** The order of what falls due at one moment. */
  long tie() {
    return random.nextLong();
  }
}
