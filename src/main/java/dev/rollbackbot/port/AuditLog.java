package dev.rollbackbot.port;

import java.time.Instant;
import java.util.Map;

/** Structured entries of what was asked, decided and done; losing one never stops a rollback. */
@FunctionalInterface
public interface AuditLog {
  /** A worker is about to announce something; the detail {@code announcement} says what. */
  String ANNOUNCING = "announcing";

  /** It was announced. */
  String ANNOUNCED = "announced";

  void record(Entry entry);

  /** One entry; {@code what} is a short stable word such as {@code accepted}. */
  record Entry(Instant at, String service, String what, String who, Map<String, String> details) {
    public Entry {
      details = Map.copyOf(details);
    }
  }
}
