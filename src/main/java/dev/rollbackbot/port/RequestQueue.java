package dev.rollbackbot.port;

import dev.rollbackbot.domain.command.SignedRequest;
import java.time.Duration;
import java.time.Instant;

/** Hands requests from the front to the workers. */
@FunctionalInterface
public interface RequestQueue {
  /**
   * Publishes and waits for the confirmation, at most {@code patience}.
   *
   * @throws WorldException {@code DENIED} where the permission to publish is missing; nothing was
   *     taken
   */
  Published publish(SignedRequest request, Duration patience);

  /** What became of it. */
  enum Published {
    CONFIRMED,
    /** No word in time: it may have been taken. */
    UNCONFIRMED,
    /** Certainly not taken. */
    REFUSED
  }

  /** Takes one delivery on the worker's side, in seconds. */
  @FunctionalInterface
  interface Handler {
    Verdict handle(SignedRequest request, Instant published, int attempt);
  }

  /** What becomes of a delivery. */
  enum Verdict {
    DONE,
    /** Again in 5 to 20 seconds. */
    AGAIN
  }
}
