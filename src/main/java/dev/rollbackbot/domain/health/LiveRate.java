package dev.rollbackbot.domain.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What users have been getting from live of late: what a canary's rungs can be planned by.
 *
 * @param aMinute users' requests
 * @param errors answers of 5xx, of the requests that were read
 * @param p95 the 95th percentile of the latency; empty where nobody came
 */
public record LiveRate(double aMinute, Share errors, Optional<Duration> p95) {

  private static final int PERCENTILE = 95;

  /** Nobody came. */
  public static LiveRate none() {
    return new LiveRate(0, Share.NONE, Optional.empty());
  }

  /**
   * Of a window.
   *
   * @param requests all of them, each counted
   */
  static LiveRate of(Instant from, Instant to, List<LoggedRequest> requests) {
    if (requests.isEmpty() || !from.isBefore(to)) {
      return none();
    }
    List<Duration> latencies = requests.stream().map(LoggedRequest::latency).sorted().toList();
    int rank = (PERCENTILE * latencies.size() + 99) / 100;
    double minutes =
        (double) Duration.between(from, to).toNanos() / Duration.ofMinutes(1).toNanos();
    int errors = (int) requests.stream().filter(LoggedRequest::failed).count();
    return new LiveRate(
        requests.size() / minutes,
        new Share(errors, requests.size()),
        Optional.of(latencies.get(rank - 1)).filter(Duration::isPositive));
  }
}
