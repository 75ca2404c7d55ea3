package dev.rollbackbot.domain.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Why the logs of a window do not tell everything. What they do not tell is never good. */
public sealed interface LogGap {

  /** At a steady rate so many requests stay away by chance once in a thousand times (e^-7). */
  int LOUD = 7;

  /** A later look may find more. */
  boolean mayClose();

  /** Nothing was logged from this moment to the window's end, although users should have come. */
  record Late(Instant from) implements LogGap {
    @Override
    public boolean mayClose() {
      return true;
    }
  }

  /** The logs could not be read at all. */
  record Unread(Reason reason) implements LogGap {
    @Override
    public boolean mayClose() {
      return reason != Reason.DENIED;
    }
  }

  /** Why they could not be read. */
  enum Reason {
    /** Too many reads in this minute. */
    QUOTA,
    /** A permission is missing. */
    DENIED,
    /** Nobody answered. */
    UNAVAILABLE
  }

  /**
   * Whether silence at a window's end must be taken for logs that have not come yet.
   *
   * <p>Users are taken to come as often as before the switch. Where at least {@value #LOUD}
   * requests are expected after the last one that was read, the logs are late, or the users stay
   * away: either way nobody knows how they fare.
   *
   * @param before requests in a window of equal length before the switch
   * @param last the last request of the window that was read
   */
  static Optional<LogGap> silence(int before, Optional<Instant> last, Instant from, Instant to) {
    Instant silent = last.filter(from::isBefore).orElse(from);
    double share = nanos(silent, to) / Math.max(1, nanos(from, to));
    return before * share >= LOUD ? Optional.of(new Late(silent)) : Optional.empty();
  }

  private static double nanos(Instant from, Instant to) {
    return Duration.between(from, to).toNanos();
  }
}
