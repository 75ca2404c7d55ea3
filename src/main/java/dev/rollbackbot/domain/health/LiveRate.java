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

  /** So many do not begin after a tenth of the window by chance. */
  private static final int MANY = 100;

  private static final int WITHOUT_ANY = 10;

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
    double minutes = minutes(young(requests, from, to) ? first(requests, from) : from, to);
    int errors = (int) requests.stream().filter(LoggedRequest::failed).count();
    return new LiveRate(
        requests.size() / minutes,
        new Share(errors, requests.size()),
        Optional.of(latencies.get(rank - 1)).filter(Duration::isPositive));
  }

  /** A revision that is younger than the window had no users before its first. */
  private static boolean young(List<LoggedRequest> requests, Instant from, Instant to) {
    return requests.size() >= MANY
        && minutes(from, first(requests, from)) > minutes(from, to) / WITHOUT_ANY;
  }

  private static Instant first(List<LoggedRequest> requests, Instant otherwise) {
    return requests.stream().map(LoggedRequest::at).min(Instant::compareTo).orElse(otherwise);
  }

  private static double minutes(Instant from, Instant to) {
    return (double) Duration.between(from, to).toNanos() / Duration.ofMinutes(1).toNanos();
  }
}
