package dev.rollbackbot.domain.command;

import java.util.Arrays;

/**
 * A request exactly as the chat product signed it: the raw body, with the two headers that prove
 * it.
 *
 * @param timestamp the signed time, in seconds since 1970, as text
 * @param signature {@code v0=} and 64 hexadecimal digits; unique per request, so it is its name
 * @param contentType tells a form from an event
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by content below; never changed.
public record SignedRequest(byte[] body, String timestamp, String signature, String contentType) {

  @Override
  public boolean equals(Object other) {
    return other instanceof SignedRequest that
        && Arrays.equals(body, that.body)
        && timestamp.equals(that.timestamp)
        && signature.equals(that.signature)
        && contentType.equals(that.contentType);
  }

  @Override
  public int hashCode() {
    return signature.hashCode();
  }

  /** The body stays out of logs. */
  @Override
  public String toString() {
    return "SignedRequest[%d bytes, signed at %s]".formatted(body.length, timestamp);
  }
}
