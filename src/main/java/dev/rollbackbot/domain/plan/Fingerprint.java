package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a plan means, in 16 hexadecimal digits: the service, who serves now, and the target.
 *
 * <p>Not generation and not etag: those move without meaning.
 */
final class Fingerprint {
  private Fingerprint() {}

  static String of(String serviceUid, LiveSplit live, RevisionName target, Digest digest) {
    String meaning =
        String.join("\n", "shift", serviceUid, live.asArgument(), target.value(), digest.value());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(meaning.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
