package dev.rollbackbot.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times read as people say them. */
class MomentsTest {
  private static final Moments JAPANESE = new Moments(Texts.of(Locale.JAPANESE), Optional.empty());
  private static final Moments ENGLISH = new Moments(Texts.of(Locale.ENGLISH), Optional.empty());

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 秒, 0 s",
    "PT0.44S, 0.4 秒, 0.4 s",
    "PT39S, 39 秒, 39 s",
    "PT1M12S, 1 分 12 秒, 1 min 12 s",
    "PT2M, 2 分, 2 min",
    "PT3H4M5S, 3 時間 4 分, 3 h 4 min",
    "P3DT5H10M, 3 日 5 時間, 3 d 5 h",
    "PT-3S, 0 秒, 0 s"
  })
  void aDurationNamesItsTwoLargestUnits(Duration duration, String japanese, String english) {
    assertThat(JAPANESE.duration(duration)).isEqualTo(japanese);
    assertThat(ENGLISH.duration(duration)).isEqualTo(english);
  }

  @Test
  void theLanguageChoosesTheZoneUnlessOneIsGiven() {
    Instant at = Instant.parse("2026-11-23T18:02:05Z");
    assertThat(JAPANESE.stamp(at)).isEqualTo("2026-11-24 03:02:05 JST");
    assertThat(ENGLISH.stamp(at)).isEqualTo("2026-11-23 18:02:05 UTC");
    var berlin = new Moments(Texts.of(Locale.JAPANESE), Optional.of(ZoneId.of("Europe/Berlin")));
    assertThat(berlin.stamp(at)).isEqualTo("2026-11-23 19:02:05 CET");
  }

  @Test
  void anotherDayIsNamed() {
    Instant now = Instant.parse("2026-11-23T18:02:05Z");
    assertThat(JAPANESE.near(now.minusSeconds(3600), now)).isEqualTo("02:02");
    assertThat(JAPANESE.near(now.minusSeconds(4 * 3600), now)).isEqualTo("11-23 23:02");
  }
}
