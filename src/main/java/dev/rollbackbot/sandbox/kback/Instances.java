package dev.rollbackbot.sandbox.kback;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the running revisions remember: since when they are warm, and whose turn it is to fail. */
final class Instances {

  private final InstantSource clock;
  private final Map<String, Instant> warmFrom = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> asked = new ConcurrentHashMap<>();

  Instances(InstantSource clock) {
    this.clock = clock;
  }

  /** How long a request that comes now waits for an instance; the first one starts it. */
  Duration untilWarm(String revision, Behaviour behaviour) {
    Instant now = clock.instant();
    Instant warm = warmFrom.computeIfAbsent(revision, _ -> now.plus(behaviour.coldStart()));
    return warm.isAfter(now) ? Duration.between(now, warm) : Duration.ZERO;
  }

  /** Whether this request to a sick path fails; spread evenly, for each revision and path kind. */
  boolean fails(String revision, Behaviour behaviour, String path) {
    if (!behaviour.isSick(path)) {
      return false;
    }
    String kind = behaviour.sickPaths().stream().filter(path::startsWith).findFirst().orElse(path);
    long n = asked.computeIfAbsent(revision + " " + kind, _ -> new AtomicLong()).incrementAndGet();
    // The share may be a third in binary: without the epsilon the third request would not fail.
    double share = behaviour.errorShare() + 1e-9;
    return Math.floor(n * share) > Math.floor((n - 1) * share);
  }
}
