package dev.rollbackbot.sandbox.pubsub;

import io.grpc.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How long a pull waits for a first message: until shortly before its caller gives up, five seconds
 * at most.
 */
final class Patience {
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Duration MARGIN = Duration.ofMillis(500);
  private static final Duration TICK = Duration.ofMillis(20);

  private Patience() {}

  /** Looks again until there is something. */
  static <T> List<T> untilSome(InstantSource clock, boolean atOnce, Supplier<List<T>> look) {
    Instant end = end(clock.instant(), atOnce);
    List<T> seen = look.get();
    while (seen.isEmpty() && clock.instant().isBefore(end) && tick()) {
      seen = look.get();
    }
    return seen;
  }

  private static Instant end(Instant now, boolean atOnce) {
    if (atOnce) {
      return now;
    }
    var deadline = Context.current().getDeadline();
    Duration left =
        deadline == null
            ? LONGEST
            : Duration.ofMillis(deadline.timeRemaining(TimeUnit.MILLISECONDS)).minus(MARGIN);
    return now.plus(left.compareTo(LONGEST) < 0 ? left : LONGEST);
  }

  /** Waits a moment; false when the caller of this pull has gone. */
  private static boolean tick() {
    try {
      Thread.sleep(TICK);
      return !Context.current().isCancelled();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
