package dev.rollbackbot.domain.plan;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short names for long meanings. */
final class Hashes {
  private Hashes() {}

  /** The first bytes of the SHA-256, in hexadecimal digits. */
  static String hex(byte[] what, int bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(what);
      return HexFormat.of().formatHex(hash, 0, bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
