package dev.rollbackbot.domain.model;

import java.util.regex.Pattern;

/** The content address of a container image: {@code sha256:} and 64 hexadecimal digits. */
public record Digest(String value) {
  private static final Pattern SHA256 = Pattern.compile("sha256:[0-9a-f]{64}");

  public Digest {
    if (!isDigest(value)) {
      throw new IllegalArgumentException("not a sha256 digest: " + value);
    }
  }

  /** Whether the text is a digest. */
  public static boolean isDigest(String text) {
    return SHA256.matcher(text).matches();
  }

  /** The first twelve digits, for people. */
  public String abbreviated() {
    return value.substring("sha256:".length(), "sha256:".length() + 12);
  }
}
