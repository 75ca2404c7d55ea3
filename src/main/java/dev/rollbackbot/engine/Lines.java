package dev.rollbackbot.engine;

import dev.rollbackbot.port.WorldException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be said once by this process, in order; while the chat product is down it waits here,
 * at most {@value #MOST_WAITING} lines.
 */
final class Lines {
  private static final Logger LOG = LoggerFactory.getLogger(Lines.class);
  private static final int MOST_WAITING = 200;

  private final Executor teller;

  /** By key, whether it was said; what waits stands here too, so that nothing is queued twice. */
  private final Map<String, Boolean> lines = Bounded.map();

  /** Touched by the teller alone. */
  private final Deque<Line> waiting = new ArrayDeque<>();

  private record Line(String key, Runnable telling) {}

  /**
   * @param teller runs one telling after the other, in order
   */
  Lines(Executor teller) {
    this.teller = teller;
  }

  /** Says it soon, unless this process has said it or is about to. */
  void say(String key, Runnable telling) {
    if (lines.putIfAbsent(key, false) != null) {
      return;
    }
    teller.execute(
        () -> {
          if (waiting.size() >= MOST_WAITING) {
            LOG.warn("too many lines wait; dropped: {}", waiting.removeFirst().key());
          }
          waiting.addLast(new Line(key, telling));
          flush();
        });
  }

  /** There is nobody to say it to. */
  void needless(String key) {
    lines.put(key, true);
  }

  boolean said(String key) {
    return lines.getOrDefault(key, false);
  }

  /** Says what had to wait. */
  void catchUp() {
    teller.execute(this::flush);
  }

  private void flush() {
    while (!waiting.isEmpty() && attempt(waiting.getFirst().telling())) {
      lines.put(waiting.removeFirst().key(), true);
    }
  }

  /** Whether it need not be tried again. */
  static boolean attempt(Runnable telling) {
    try {
      telling.run();
      return true;
    } catch (WorldException e) {
      LOG.warn("not told: {} {}", e.kind(), e.detail());
      // What the chat product refuses for good must not block what comes after it.
      return switch (e.kind()) {
        case NOT_FOUND, REFUSED, DENIED -> true;
        case UNAVAILABLE, CONFLICT, QUOTA -> false;
      };
    }
  }
}
