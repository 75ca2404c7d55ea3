package dev.rollbackbot.domain.health;

import java.util.Optional;

/**
 * The numbers of a rollback's report, small enough to be kept in the journal.
 *
 * @param before users' requests in a window of equal length before the switch
 * @param after the same after it
 * @param errors what became of each kind of error
 * @param complete false when more was logged than was read
 * @param gap why the logs do not tell everything, where they do not
 */
public record Figures(
    Load before, Load after, ErrorChanges errors, boolean complete, Optional<LogGap> gap) {

  /** For logs that could not be read. */
  public static Figures unread(LogGap.Reason why) {
    return new Figures(
        Load.none(), Load.none(), ErrorChanges.none(), false, Optional.of(new LogGap.Unread(why)));
  }

  /** Whether a later look may find more. */
  public boolean mayImprove() {
    return gap.filter(LogGap::mayClose).isPresent();
  }

  /** Requests, answers of 5xx, and latency in milliseconds. */
  public record Load(int requests, int errors, int p50Millis, int p95Millis) {
    public static Load none() {
      return new Load(0, 0, 0, 0);
    }

    /** The share of 5xx, 0 to 1; 0 when there were no requests. */
    public double errorShare() {
      return requests == 0 ? 0 : (double) errors / requests;
    }
  }
}
