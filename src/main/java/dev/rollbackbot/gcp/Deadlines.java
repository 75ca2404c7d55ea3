package dev.rollbackbot.gcp;

import java.time.Duration;

/**
 * How long a call may take in all.
 *
 * @param read of a read, its retries included
 * @param write of a write, which is sent once and never again by itself
 */
public record Deadlines(Duration read, Duration write) {

  /** The client's own deadline for {@code UpdateService} is 15 s; reads of Cloud Run have 10 s. */
  public static final Deadlines USUAL =
      new Deadlines(Duration.ofSeconds(10), Duration.ofSeconds(15));

  public Deadlines {
    if (!read.isPositive() || !write.isPositive()) {
      throw new IllegalArgumentException("a deadline must be more than nothing");
    }
  }
}
