package dev.rollbackbot.sandbox.slack;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** The one file in a {@code multipart/form-data} body, or a raw body as it is. */
final class Multipart {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final String BLANK_LINE = "\r\n\r\n";

  private Multipart() {}

  /** The file's bytes; empty where a multipart body is malformed. */
  static Optional<byte[]> file(String contentType, byte[] body) {
    if (!contentType.startsWith("multipart/form-data")) {
      return Optional.of(body);
    }
    var boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      return Optional.empty();
    }
    // Latin-1 maps each byte to one character and back.
    String text = new String(body, StandardCharsets.ISO_8859_1);
    int head = text.indexOf(BLANK_LINE);
    int end = text.indexOf("\r\n--" + boundary.group(1), Math.max(0, head));
    return head < 0 || end < 0
        ? Optional.empty()
        : Optional.of(
            text.substring(head + BLANK_LINE.length(), end).getBytes(StandardCharsets.ISO_8859_1));
  }
}
