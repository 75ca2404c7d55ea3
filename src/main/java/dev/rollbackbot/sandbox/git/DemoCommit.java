package dev.rollbackbot.sandbox.git;

import java.time.Instant;

/**
 * One commit of the demo repository.
 *
 * @param sha all 40 hex digits
 * @param subject the first line of its message
 * @param author the author's name
 * @param time when it was written
 * @param onMain whether main reached it when the repository was made
 */
public record DemoCommit(String sha, String subject, String author, Instant time, boolean onMain) {

  /** The first seven digits, as Cloud Build's SHORT_SHA. */
  public String shortSha() {
    return sha.substring(0, 7);
  }
}
