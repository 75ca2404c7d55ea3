package dev.rollbackbot.port;

import dev.rollbackbot.domain.command.SignedRequest;
import java.time.Instant;

/** Proves and reads what came from Slack. */
public interface SlackRequests {

  /**
   * Whether Slack signed exactly these bytes, within five minutes of {@code at} to both sides; with
   * any of the accepted secrets, compared in constant time.
   */
  boolean signedBySlack(SignedRequest request, Instant at);

  /** Reads a request whose signature was checked. */
  Incoming read(SignedRequest request);
}
