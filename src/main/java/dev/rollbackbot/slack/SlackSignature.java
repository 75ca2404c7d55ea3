package dev.rollbackbot.slack;

import dev.rollbackbot.domain.command.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Slack's proof that a request is its own: HMAC-SHA256 over {@code v0:timestamp:body}, as
 * docs.slack.dev/authentication/verifying-requests-from-slack describes it.
 *
 * <p>Two secrets are accepted while one replaces the other. A request is good for five minutes to
 * both sides of its time.
 */
public final class SlackSignature {
  /** How far a request's time may lie from ours. */
  public static final Duration WINDOW = Duration.ofMinutes(5);

  private static final int MOST_SECRETS = 2;
  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

  private final List<SecretKeySpec> keys;

  /**
   * Accepts what was signed with one of these.
   *
   * @throws IllegalArgumentException naming the setting, when there is no secret or an empty one:
   *     anybody could sign with that
   */
  public SlackSignature(List<String> secrets) {
    if (secrets.isEmpty() || secrets.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "the Slack signing secret is empty: set SLACK_SIGNING_SECRET to the value under Basic"
              + " Information > App Credentials, such as 8f742231b10e8888abcd99yyyzzz85a5");
    }
    if (secrets.size() > MOST_SECRETS) {
      throw new IllegalArgumentException("at most two Slack signing secrets are accepted");
    }
    this.keys = secrets.stream().map(SlackSignature::key).toList();
  }

  /** Whether Slack signed exactly this, at about this time. */
  public boolean verifies(SignedRequest request, Instant at) {
    if (!SECONDS.matcher(request.timestamp()).matches()) {
      return false;
    }
    Instant signed = Instant.ofEpochSecond(Long.parseLong(request.timestamp()));
    if (Duration.between(signed, at).abs().compareTo(WINDOW) > 0) {
      return false;
    }
    byte[] given = request.signature().getBytes(StandardCharsets.UTF_8);
    boolean verified = false;
    for (SecretKeySpec key : keys) {
      byte[] right =
          sign(key, request.timestamp(), request.body()).getBytes(StandardCharsets.UTF_8);
      verified |= MessageDigest.isEqual(right, given);
    }
    return verified;
  }

  /** The signature that Slack would send: {@code v0=} and 64 hexadecimal digits. */
  public static String sign(String secret, String timestamp, byte[] body) {
    return sign(key(secret), timestamp, body);
  }

  private static String sign(SecretKeySpec key, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
      return "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  private static SecretKeySpec key(String secret) {
    return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }
}
