package dev.rollbackbot.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Everything that will happen, in the order of a virtual clock; the only thing that moves it.
 *
 * <p>One thread. What is due at the same moment comes in a seeded order. An event may be
 * interrupted by others ({@link #meanwhile}), as threads and processes interrupt each other.
 */
final class Scheduler implements InstantSource {
  private static final int DEEPEST = 3;

  private record Event(Instant at, long tie, boolean background, String name, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::tie));
  private final List<String> log = new ArrayList<>();
  private final Instant start;
  private final Fate fate;
  private Instant now;
  private int foreground;
  private int depth;

  Scheduler(Instant start, Fate fate) {
    this.start = start;
    this.now = start;
    this.fate = fate;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Something that must have happened before all is quiet. */
  void in(Duration delay, String name, Runnable action) {
    at(now.plus(delay), name, action);
  }

  void at(Instant when, String name, Runnable action) {
    foreground++;
    events.add(new Event(when, fate.tie(), false, name, action));
  }

  /** Something that goes on for ever and is not waited for. */
  void background(Duration delay, String name, Runnable action) {
    events.add(new Event(now.plus(delay), fate.tie(), true, name, action));
  }

  /** Only the clock moves: what fell due meanwhile comes late. */
  void pass(Duration time) {
    now = now.plus(time);
  }

  /** Lets others go on for so long, in the middle of an event. */
  void meanwhile(Duration time) {
    Instant until = now.plus(time);
    if (depth < DEEPEST) {
      while (!events.isEmpty() && !events.peek().at().isAfter(until)) {
        next();
      }
    }
    now = now.isAfter(until) ? now : until;
  }

  /** The next event. */
  void next() {
    Event event = events.remove();
    now = event.at().isAfter(now) ? event.at() : now;
    if (!event.background()) {
      foreground--;
      note(event.name());
    }
    depth++;
    try {
      event.action().run();
    } finally {
      depth--;
    }
  }

  /** Nothing is left but what goes on for ever. */
  boolean quiet() {
    return foreground == 0;
  }

  void note(String what) {
    log.add("%9s  %s%s".formatted(sinceStart(), "  ".repeat(depth), what));
  }

  List<String> log() {
    return List.copyOf(log);
  }

  Duration elapsed() {
    return Duration.between(start, now);
  }

  private String sinceStart() {
    Duration since = elapsed();
    return "%d:%02d.%03d".formatted(since.toMinutes(), since.toSecondsPart(), since.toMillisPart());
  }
}
