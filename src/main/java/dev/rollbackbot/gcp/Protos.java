package dev.rollbackbot.gcp;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** Small conversions between protobuf's types and ours. */
final class Protos {
  private Protos() {}

  static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }

  static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /** Protobuf knows no absent text, only an empty one. */
  static Optional<String> some(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }
}
