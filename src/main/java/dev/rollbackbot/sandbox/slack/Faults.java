package dev.rollbackbot.sandbox.slack;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Switches that make the stand-in fail as Slack sometimes does. */
public final class Faults {
  private static final int MAX_PLANNED = 1_000;

  /** Instead of a method's name: the sending of a file's bytes to the URL that was given out. */
  public static final String UPLOAD = "upload";

  /** One way to fail. */
  public sealed interface Fault {
    /** 429 with {@code Retry-After} in whole seconds. */
    record RateLimited(Duration retryAfter) implements Fault {}

    /** 500 with an HTML body. */
    record ServerError() implements Fault {}

    /** {@code invalid_blocks}; waits for a call that carries blocks. */
    record InvalidBlocks() implements Fault {}

    /** The call works, but only after this long. */
    record Slow(Duration by) implements Fault {}
  }

  private final Map<String, Deque<Fault>> planned = new ConcurrentHashMap<>();
  private final AtomicBoolean outage = new AtomicBoolean();

  /** Makes the next {@code times} calls of a method such as {@code chat.update} fail. */
  public void next(String method, int times, Fault fault) {
    planned.compute(
        method,
        (name, queue) -> {
          var all = queue == null ? new ArrayDeque<Fault>() : queue;
          if (all.size() + times > MAX_PLANNED) {
            throw new IllegalArgumentException("More than " + MAX_PLANNED + " faults planned");
          }
          for (int i = 0; i < times; i++) {
            all.addLast(fault);
          }
          return all;
        });
  }

  /** While on, every method and response URL answers 503 and people cannot reach the app. */
  public void outage(boolean on) {
    outage.set(on);
  }

  public boolean outage() {
    return outage.get();
  }

  Optional<Fault> take(String method, boolean withBlocks) {
    var taken = new ArrayDeque<Fault>(1);
    planned.computeIfPresent(
        method,
        (name, queue) -> {
          if (withBlocks || !(queue.peekFirst() instanceof Fault.InvalidBlocks)) {
            taken.add(queue.removeFirst());
          }
          return queue.isEmpty() ? null : queue;
        });
    return Optional.ofNullable(taken.peekFirst());
  }
}
