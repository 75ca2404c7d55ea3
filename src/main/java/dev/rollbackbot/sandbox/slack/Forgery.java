package dev.rollbackbot.sandbox.slack;

import java.time.Duration;
import java.util.Optional;

/**
 * How a request differs from what Slack would send.
 *
 * @param secret signs in place of the real signing secret
 * @param age how old the timestamp says it is; negative for one from the future
 * @param appended added to the body after it was signed
 * @param padding bytes added to the body before it is signed
 */
public record Forgery(Optional<String> secret, Duration age, String appended, int padding) {
  /** What Slack really sends. */
  public static final Forgery NONE = new Forgery(Optional.empty(), Duration.ZERO, "", 0);

  public static Forgery wrongSecret() {
    return new Forgery(Optional.of("not-the-signing-secret"), Duration.ZERO, "", 0);
  }

  public static Forgery signedWith(String secret) {
    return new Forgery(Optional.of(secret), Duration.ZERO, "", 0);
  }

  public static Forgery altered() {
    return new Forgery(Optional.empty(), Duration.ZERO, "&text=altered", 0);
  }

  public static Forgery aged(Duration age) {
    return new Forgery(Optional.empty(), age, "", 0);
  }

  public static Forgery oversized(int bytes) {
    return new Forgery(Optional.empty(), Duration.ZERO, "", bytes);
  }
}
