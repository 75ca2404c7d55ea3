package dev.rollbackbot.gcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.port.JournalFullException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The journal as the text of an annotation: compact JSON, its schema version first.
 *
 * <p>At most 4 KiB in UTF-8; instants to the millisecond. Whoever may write annotations can forge
 * one, so reading believes nothing and guesses nothing.
 */
public final class JournalJson {
  /** The schema of a shift. */
  static final int SHIFT = 1;

  /** That of a redeploy: who only knows shifts must not drive one. */
  static final int REDEPLOY = 2;

  /** That of a canary, and the newest that this program reads. */
  static final int CANARY = 3;

  /** In bytes of UTF-8. */
  static final int LIMIT = 4096;

  /**
   * What the first write of a rollback leaves free, so that every later one fits: times, probes,
   * figures, a message in the incident channel, names of revisions made later, whose word it was,
   * and seven more accepted offers; about 900 bytes at their longest.
   */
  static final int GROWTH = 1024;

  /** What a canary's looks may add to that, earlier rungs in one look each. */
  private static final int LOOKS = 1_000;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JournalJson() {}

  /**
   * The journal's text. Where it is too long, error signatures are shortened first, then the
   * reason.
   *
   * @throws JournalFullException when it is still too long; for the first write of a rollback also
   *     when it is so long that a later one might be
   * @throws IllegalStateException when it would not be readable again
   */
  public static String write(Journal journal) {
    boolean first = journal.since().equals(journal.acceptedAt());
    int looks = journal.canary().isPresent() ? LOOKS : 0;
    int most = first ? LIMIT - GROWTH - looks : LIMIT;
    for (JournalWriter.Brevity brevity : JournalWriter.Brevity.values()) {
      String text = JournalWriter.write(journal, brevity).toString();
      if (size(text) <= most) {
        return readable(text, journal);
      }
    }
    throw new JournalFullException("the journal of job " + journal.jobId() + " exceeds 4 KiB");
  }

  private static String readable(String text, Journal journal) {
    return switch (read(Optional.of(text), journal.bot(), journal.serviceUid())) {
      case JournalReading.Found _ -> text;
      case JournalReading.Unreadable(String why) ->
          throw new IllegalStateException("a journal that could not be read again: " + why);
      case JournalReading.Absent _, JournalReading.Foreign _ ->
          throw new IllegalStateException("a journal that would be taken for another's");
    };
  }

  /**
   * Reads an annotation.
   *
   * @param bot whose journals are ours
   * @param serviceUid the service it stands on; a copy on another service is foreign
   */
  public static JournalReading read(Optional<String> annotation, String bot, String serviceUid) {
    if (annotation.isEmpty()) {
      return new JournalReading.Absent();
    }
    String text = annotation.get();
    if (size(text) > LIMIT) {
      return new JournalReading.Unreadable("longer than 4 KiB");
    }
    JsonNode node = parse(text);
    if (node == null || !node.isObject() || !node.path("v").isInt()) {
      return new JournalReading.Unreadable("not a journal");
    }
    int version = node.path("v").intValue();
    if (version > CANARY) {
      return new JournalReading.Foreign("schema version " + version);
    }
    try {
      Journal journal = JournalReader.read(node);
      if (!journal.bot().equals(bot)) {
        return new JournalReading.Foreign("of the bot " + named(journal.bot()));
      }
      if (!journal.serviceUid().equals(serviceUid)) {
        return new JournalReading.Foreign("of another service");
      }
      return new JournalReading.Found(journal);
    } catch (IllegalArgumentException e) {
      return new JournalReading.Unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static String named(String bot) {
    return bot.length() <= 64 ? bot : bot.substring(0, 64);
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
