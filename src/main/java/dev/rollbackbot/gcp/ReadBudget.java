package dev.rollbackbot.gcp;

import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets a number of reads through in any minute, and refuses more before the platform does.
 *
 * <p>Canaries leave some of it to people, and share the rest by who has waited longest: a read that
 * is free is kept for those who were refused before, as long as they ask again.
 */
final class ReadBudget {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** Whoever has not asked again for so long has given up its place. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int most;
  private final int ofCanaries;
  private final InstantSource clock;
  private final Deque<Instant> reads = new ArrayDeque<>();

  /** When each service whose canary was refused asked last; who was refused first comes first. */
  private final Map<ServiceId, Instant> waiting = new LinkedHashMap<>();

  /**
   * @param most reads in a minute, of everybody
   * @param ofCanaries up to how many reads of everybody in a minute a canary may read
   */
  ReadBudget(int most, int ofCanaries, InstantSource clock) {
    this.most = most;
    this.ofCanaries = ofCanaries;
    this.clock = clock;
  }

  /** Takes one read, or throws {@code QUOTA}. */
  synchronized void spend() {
    if (!mayReadMore()) {
      throw new WorldException(Kind.QUOTA, "more than " + most + " log reads in a minute");
    }
  }

  /** Takes one read, if there is one. */
  synchronized boolean mayReadMore() {
    return take(most);
  }

  /**
   * Takes one read for the canary of this service, or throws {@code QUOTA} and keeps its place.
   *
   * <p>It has to ask again within 30 s.
   */
  synchronized void spendInTurn(ServiceId canary) {
    Instant now = clock.instant();
    waiting.values().removeIf(asked -> asked.plus(PATIENCE).isBefore(now));
    if (ahead(canary) >= free(ofCanaries)) {
      waiting.put(canary, now);
      throw new WorldException(
          Kind.QUOTA, "more than " + ofCanaries + " log reads for canaries in a minute");
    }
    waiting.remove(canary);
    reads.addLast(now);
  }

  /** Takes one read for a canary that has read a page, if nobody else waits for it. */
  synchronized boolean canaryMayReadMore() {
    return waiting.size() < free(ofCanaries) && take(ofCanaries);
  }

  private boolean take(int limit) {
    boolean free = free(limit) > 0;
    if (free) {
      reads.addLast(clock.instant());
    }
    return free;
  }

  private int free(int limit) {
    Instant now = clock.instant();
    while (!reads.isEmpty() && !reads.getFirst().plus(WINDOW).isAfter(now)) {
      reads.removeFirst();
    }
    return limit - reads.size();
  }

  private int ahead(ServiceId canary) {
    int ahead = 0;
    for (ServiceId other : waiting.keySet()) {
      if (other.equals(canary)) {
        break;
      }
      ahead++;
    }
    return ahead;
  }
}
