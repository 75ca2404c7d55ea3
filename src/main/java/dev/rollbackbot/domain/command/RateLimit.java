package dev.rollbackbot.domain.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many requests of one person are taken within a minute, so that neither a stuck key nor a
 * stolen name keeps others from being served.
 *
 * <p>It knows the latest {@value #MOST_PEOPLE} people, and is asked with the moment.
 */
public final class RateLimit {
  private static final int MOST_PEOPLE = 1_000;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final int most;
  private final Map<String, Deque<Instant>> taken =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
          return size() > MOST_PEOPLE;
        }
      };

  /** Takes at most so many requests of one person within a minute. */
  public RateLimit(int most) {
    this.most = most;
  }

  public int most() {
    return most;
  }

  /** Whether this request is taken; one that is not does not count. */
  public synchronized boolean takes(String person, Instant now) {
    Deque<Instant> recent = taken.computeIfAbsent(person, _ -> new ArrayDeque<>());
    while (!recent.isEmpty() && !recent.peekFirst().plus(WINDOW).isAfter(now)) {
      recent.removeFirst();
    }
    if (recent.size() >= most) {
      return false;
    }
    recent.addLast(now);
    return true;
  }
}
