package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What an offer means, in 16 hexadecimal digits: of a plan the service, who serves now, and the
 * target.
 *
 * <p>Not generation and not etag: those move without meaning.
 */
public final class Fingerprint {
  private Fingerprint() {}

  static String of(String serviceUid, LiveSplit live, RevisionName target, Digest digest) {
    return of("shift", serviceUid, live.asArgument(), target.value(), digest.value());
  }

  /** Of all that must not change between what is shown and what is done. */
  public static String of(String... parts) {
    String meaning = String.join("\n", parts);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(meaning.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
