package dev.rollbackbot.domain.health;

import java.util.List;

/**
 * The numbers of a rollback's report, small enough to be kept in the journal.
 *
 * @param before users' requests in a window of equal length before the switch
 * @param after the same after it
 * @param gone error signatures seen before and not after; each list at most three
 * @param still seen before and after
 * @param fresh seen only after
 * @param complete false when the logs could not all be read
 */
public record Figures(
    Load before,
    Load after,
    List<String> gone,
    List<String> still,
    List<String> fresh,
    boolean complete) {

  public Figures {
    gone = List.copyOf(gone);
    still = List.copyOf(still);
    fresh = List.copyOf(fresh);
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
