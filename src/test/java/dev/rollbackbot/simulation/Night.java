package dev.rollbackbot.simulation;

import dev.rollbackbot.simulation.Weather.Neighbour;
import java.time.Duration;
import java.util.Optional;

/**
 * What one run is put through: all that its seed brings, or one trouble in an otherwise good night.
 *
 * @param wild the seed chooses everything; else everybody is well, and Ann rolls back once
 * @param outage who is away for {@link #OUTAGE}, and from when
 * @param skew how far the first worker's clock is ahead; negative for behind
 * @param again so long after it was answered each request is delivered once more, by then to new
 *     workers
 * @param service what kind of service it is
 */
record Night(
    boolean wild,
    Optional<Outage> outage,
    Duration skew,
    Optional<Duration> again,
    ServiceKind service) {
  static final Duration OUTAGE = Duration.ofMinutes(5);

  /** From when somebody is away: the moment that the journal says so, or soon after it. */
  enum Moment {
    ASKED,
    OFFERED,
    PREPARING,
    SWITCHING,
    VERIFYING,
    OPEN
  }

  /** Somebody is away. */
  record Outage(Neighbour neighbour, Moment from) {}

  /** What is unusual about the service. */
  enum ServiceKind {
    ORDINARY,
    /** 200 tags of others and 1,000 revisions. */
    HUGE,
    /** Users are on 100 revisions, so that no journal fits. */
    SCATTERED,
    /** Its {@code traffic_statuses} stay as they were before the switch. */
    NEVER_SAYS_SO
  }

  static Night ofTheSeed() {
    return new Night(true, Optional.empty(), Duration.ZERO, Optional.empty(), ServiceKind.ORDINARY);
  }

  static Night good() {
    return of(ServiceKind.ORDINARY);
  }

  static Night of(ServiceKind service) {
    return new Night(false, Optional.empty(), Duration.ZERO, Optional.empty(), service);
  }

  static Night without(Neighbour neighbour, Moment from) {
    return new Night(
        false,
        Optional.of(new Outage(neighbour, from)),
        Duration.ZERO,
        Optional.empty(),
        ServiceKind.ORDINARY);
  }

  static Night withAClockAheadBy(Duration skew) {
    return new Night(false, Optional.empty(), skew, Optional.empty(), ServiceKind.ORDINARY);
  }

  static Night deliveredAgainAfter(Duration time) {
    return new Night(
        false, Optional.empty(), Duration.ZERO, Optional.of(time), ServiceKind.ORDINARY);
  }
}
