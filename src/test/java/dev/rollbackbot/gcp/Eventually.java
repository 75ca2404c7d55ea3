package dev.rollbackbot.gcp;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, at most ten seconds unless told otherwise. */
final class Eventually {
  private static final Duration MOST = Duration.ofSeconds(10);

  private Eventually() {}

  static void eventually(String what, BooleanSupplier condition) {
    within(MOST, what, condition);
  }

  /** The same with another bound. */
  static void within(Duration most, String what, BooleanSupplier condition) {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never came true: " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
