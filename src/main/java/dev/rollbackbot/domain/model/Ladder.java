package dev.rollbackbot.domain.model;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shares of users that a target gets one after the other, and how long each is looked at.
 *
 * @param steps percent, rising, the last one 100 and at least one before it
 * @param hold of each step below 100
 */
public record Ladder(List<Integer> steps, Duration hold, Advance advance) {
  /** More would take longer than anybody watches. */
  public static final int MOST_STEPS = 6;

  /** A whole night. */
  public static final Duration LONGEST_HOLD = Duration.ofHours(12);

  private static final int ALL = 100;

  /** Who takes the next step. */
  public enum Advance {
    /** Somebody, with a button. */
    ASK,
    /** The bot, where the verdict allows it. */
    AUTO
  }

  public Ladder {
    steps = List.copyOf(steps);
    if (!rises(steps)) {
      throw new IllegalArgumentException("steps that rise to 100, not " + steps);
    }
    if (!hold.isPositive() || hold.compareTo(LONGEST_HOLD) > 0) {
      throw new IllegalArgumentException("a hold of at most 12 h, not " + hold);
    }
  }

  /** Whether these are steps: two to six, rising, from 1 to 100. */
  public static boolean rises(List<Integer> steps) {
    boolean right =
        steps.size() >= 2
            && steps.size() <= MOST_STEPS
            && steps.getFirst() >= 1
            && steps.getLast() == ALL;
    for (int i = 1; right && i < steps.size(); i++) {
      right = steps.get(i) > steps.get(i - 1);
    }
    return right;
  }

  /** 10, 50, 100, five minutes each, somebody takes the next step. */
  public static Ladder standard() {
    return new Ladder(List.of(10, 50, ALL), Duration.ofMinutes(5), Advance.ASK);
  }

  /** How many steps are looked at: all but the last. */
  public int rungs() {
    return steps.size() - 1;
  }

  /** The same, with the next step taken so. */
  public Ladder with(Advance other) {
    return new Ladder(steps, hold, other);
  }

  /** As one types them: {@code 10,50,100}. */
  public String typed() {
    return steps.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
