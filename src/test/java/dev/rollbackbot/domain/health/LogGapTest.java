package dev.rollbackbot.domain.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogGapTest {
  private static final Instant FROM = Instant.parse("2026-11-24T03:00:00Z");
  private static final Instant TO = FROM.plusSeconds(120);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # what                                   | before | last after | late from
          the last request just before the end     | 600    | 119        |
          ten seconds of silence, of few users     | 60     | 110        |
          ten seconds of silence, of many users    | 600    | 110        | 110
          nothing at all, where some were expected | 7      |            | 0
          nothing at all, where few were expected  | 6      |            |
          nothing at all, as before                | 0      |            |
          half of the window is missing            | 20     | 60         | 60
          half of a quiet window is missing        | 12     | 60         |
          """)
  void silenceIsLateLogsWhereUsersShouldHaveCome(
      String what, int before, Long last, Long lateFrom) {
    assertThat(LogGap.silence(before, Optional.ofNullable(last).map(FROM::plusSeconds), FROM, TO))
        .isEqualTo(Optional.ofNullable(lateFrom).map(FROM::plusSeconds).map(LogGap.Late::new));
  }

  @Test
  void aWindowWithoutLengthIsNeverSilent() {
    assertThat(LogGap.silence(600, Optional.empty(), FROM, FROM)).isEmpty();
  }

  @Test
  void onlyAMissingPermissionIsNotWaitedFor() {
    assertThat(new LogGap.Late(FROM).mayClose()).isTrue();
    assertThat(new LogGap.Unread(LogGap.Reason.QUOTA).mayClose()).isTrue();
    assertThat(new LogGap.Unread(LogGap.Reason.UNAVAILABLE).mayClose()).isTrue();
    assertThat(new LogGap.Unread(LogGap.Reason.DENIED).mayClose()).isFalse();
  }
}
