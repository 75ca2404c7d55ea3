package dev.rollbackbot.sandbox.slack;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One request to the app, exactly as it is sent, so that it can be sent again.
 *
 * @param headers all of Slack's headers, the signature among them
 */
public record SignedCall(URI target, Map<String, String> headers, String body) {
  static final String FORM = "application/x-www-form-urlencoded";
  static final String JSON = "application/json";

  public SignedCall {
    headers = Map.copyOf(headers);
  }

  @Override
  public String toString() {
    return "SignedCall[" + target + ", " + body.length() + " characters]";
  }

  /** Slack's v0 scheme: HMAC-SHA256 over {@code v0:timestamp:body}. */
  static String signature(String secret, long timestamp, String body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      var base = "v0:" + timestamp + ":" + body;
      return "v0=" + HexFormat.of().formatHex(mac.doFinal(base.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }
}
