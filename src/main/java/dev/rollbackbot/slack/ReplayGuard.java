package dev.rollbackbot.slack;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers signatures for as long as they would verify, so that none is taken twice.
 *
 * <p>Only signatures that verified get in, so nobody but Slack can fill it; when {@value #MOST} are
 * remembered the oldest goes. Another instance of the front has its own memory: what it lets
 * through a second time is recognised by its id on the worker's side.
 */
final class ReplayGuard {
  private static final int MOST = 50_000;

  /** A request may be ahead of our clock by the window, and is good for the window after that. */
  private static final Duration REMEMBERED = SlackSignature.WINDOW.multipliedBy(2);

  private final Map<String, Instant> seen = new LinkedHashMap<>();

  /** Whether this signature comes for the first time. */
  synchronized boolean isNew(String signature, Instant now) {
    Iterator<Instant> oldest = seen.values().iterator();
    while (oldest.hasNext()) {
      boolean expired = oldest.next().plus(REMEMBERED).isBefore(now);
      if (!expired && seen.size() < MOST) {
        break;
      }
      oldest.remove();
    }
    return seen.putIfAbsent(signature, now) == null;
  }

  /** For a request that was not taken: the same may come again, even within the same second. */
  synchronized void forget(String signature) {
    seen.remove(signature);
  }
}
