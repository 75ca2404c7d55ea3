package dev.rollbackbot.gcp;

import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lets a number of reads through in any minute, and refuses more before the platform does. */
final class ReadBudget {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final int most;
  private final InstantSource clock;
  private final Deque<Instant> reads = new ArrayDeque<>();

  ReadBudget(int most, InstantSource clock) {
    this.most = most;
    this.clock = clock;
  }

  /** Takes one read, or throws {@code QUOTA}. */
  synchronized void spend() {
    Instant now = clock.instant();
    while (!reads.isEmpty() && !reads.getFirst().plus(WINDOW).isAfter(now)) {
      reads.removeFirst();
    }
    if (reads.size() >= most) {
      throw new WorldException(Kind.QUOTA, "more than " + most + " log reads in a minute");
    }
    reads.addLast(now);
  }
}
