package dev.rollbackbot.sandbox.cloudrun;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** What will happen by itself and when; nothing happens until {@link #runUntil} is called. */
final class Agenda {

  private record Entry(Instant at, long order, Consumer<Instant> effect) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparingLong(Entry::order));
  private long orders;

  /** The effect is handed the time that it was due, not the time at which somebody looked. */
  void add(Instant at, Consumer<Instant> effect) {
    entries.add(new Entry(at, orders++, effect));
  }

  void runUntil(Instant now) {
    for (Entry next = entries.peek();
        next != null && !next.at().isAfter(now);
        next = entries.peek()) {
      entries.remove(next);
      next.effect().accept(next.at());
    }
  }

  Optional<Instant> next() {
    return Optional.ofNullable(entries.peek()).map(Entry::at);
  }
}
