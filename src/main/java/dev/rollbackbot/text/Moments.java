package dev.rollbackbot.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Instants and durations for people of one language and zone.
 *
 * <p>The zone is Asia/Tokyo for Japanese and UTC for English unless one is given.
 */
final class Moments {
  private static final DateTimeFormatter STAMP = pattern("yyyy-MM-dd HH:mm:ss z");
  private static final DateTimeFormatter DAY = pattern("yyyy-MM-dd z");
  private static final DateTimeFormatter SHORT_DAY = pattern("MM-dd HH:mm");
  private static final DateTimeFormatter ZONE = pattern("zzz");
  private static final DateTimeFormatter TIME = pattern("HH:mm:ss");
  private static final DateTimeFormatter MINUTE = pattern("HH:mm");

  private final Texts texts;
  private final ZoneId zone;

  Moments(Texts texts, Optional<ZoneId> zone) {
    this.texts = texts;
    this.zone =
        zone.orElseGet(
            () ->
                texts.locale().equals(Locale.JAPANESE)
                    ? ZoneId.of("Asia/Tokyo")
                    : ZoneId.of("UTC"));
  }

  private static DateTimeFormatter pattern(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }

  /** {@code 2026-11-24 03:02:05 JST}. */
  String stamp(Instant at) {
    return STAMP.format(at.atZone(zone));
  }

  /** {@code 2026-11-24 JST}. */
  String day(Instant at) {
    return DAY.format(at.atZone(zone));
  }

  /** {@code JST}; of a zone with summer time, its name in winter. */
  String zone() {
    return ZONE.format(Instant.EPOCH.atZone(zone));
  }

  /** {@code 03:02:05}. */
  String time(Instant at) {
    return TIME.format(at.atZone(zone));
  }

  /** {@code 03:02}. */
  String minute(Instant at) {
    return MINUTE.format(at.atZone(zone));
  }

  /** {@code 11-21 14:03}; the year is clear from what stands around it. */
  String shortDay(Instant at) {
    return SHORT_DAY.format(at.atZone(zone));
  }

  /** {@code 03:02} on the day of {@code reference}, with the date on any other. */
  String near(Instant at, Instant reference) {
    boolean sameDay = at.atZone(zone).toLocalDate().equals(reference.atZone(zone).toLocalDate());
    return sameDay ? minute(at) : shortDay(at);
  }

  /** {@code 1 min 12 s}: the two largest units that are not zero. */
  String duration(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      long millis = Math.max(0, duration.toMillis());
      return unit("s", millis == 0 ? "0" : String.format(Locale.ROOT, "%.1f", millis / 1000.0));
    }
    var units = new ArrayList<String>();
    add(units, "d", duration.toDaysPart());
    add(units, "h", duration.toHoursPart());
    add(units, "min", duration.toMinutesPart());
    add(units, "s", duration.toSecondsPart());
    return String.join(" ", units.subList(0, Math.min(2, units.size())));
  }

  /** From one moment to a later one. */
  String between(Instant from, Instant to) {
    return duration(Duration.between(from, to));
  }

  private void add(List<String> units, String unit, long count) {
    if (count > 0) {
      units.add(unit(unit, Long.toString(count)));
    }
  }

  private String unit(String unit, String count) {
    return texts.get("duration." + unit, Map.of("n", count));
  }
}
