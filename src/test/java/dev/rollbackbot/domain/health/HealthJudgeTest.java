package dev.rollbackbot.domain.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthJudgeTest {
  private static final HealthJudge JUDGE = new HealthJudge(20, 0.05);

  @ParameterizedTest(name = "{0}: {2} errors in {1} requests")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no users say nothing                | 0    | 0   | NOT_ENOUGH_DATA
          too few say nothing, good           | 19   | 0   | NOT_ENOUGH_DATA
          too few say nothing, bad            | 19   | 19  | NOT_ENOUGH_DATA
          just enough, good                   | 20   | 0   | HEALTHY
          just at the limit is well           | 20   | 1   | HEALTHY
          just over the limit is not          | 20   | 2   | UNHEALTHY
          everything fails                    | 1000 | 1000| UNHEALTHY
          """)
  void aWindow(String name, int requests, int errors, Health verdict) {
    assertThat(JUDGE.judge(Optional.of(figures(requests, errors, Optional.empty()))))
        .isEqualTo(verdict);
  }

  @Test
  void figuresThatCouldNotBeHadAreNoPass() {
    assertThat(JUDGE.judge(Optional.empty())).isEqualTo(Health.NOT_ENOUGH_DATA);
  }

  @Test
  void logsThatCouldNotBeReadAreNoPass() {
    for (LogGap.Reason reason : LogGap.Reason.values()) {
      assertThat(JUDGE.judge(Optional.of(Figures.unread(reason))))
          .isEqualTo(Health.NOT_ENOUGH_DATA);
    }
  }

  @Test
  void whereLogsAreMissingOnlyBadNewsIsBelieved() {
    Optional<LogGap> late = Optional.of(new LogGap.Late(Instant.EPOCH));

    assertThat(JUDGE.judge(Optional.of(figures(500, 0, late)))).isEqualTo(Health.NOT_ENOUGH_DATA);
    assertThat(JUDGE.judge(Optional.of(figures(500, 100, late)))).isEqualTo(Health.UNHEALTHY);
  }

  @Test
  void whatWasBeforeTheSwitchDoesNotCount() {
    var before = new Figures.Load(1_000, 900, 80, 400);
    var figures =
        new Figures(
            before, new Figures.Load(100, 0, 80, 90), ErrorChanges.none(), true, Optional.empty());

    assertThat(JUDGE.judge(Optional.of(figures))).isEqualTo(Health.HEALTHY);
  }

  @Test
  void limitsThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new HealthJudge(0, 0.05));
    assertThatIllegalArgumentException().isThrownBy(() -> new HealthJudge(20, 1.5));
  }

  private static Figures figures(int requests, int errors, Optional<LogGap> gap) {
    return new Figures(
        Figures.Load.none(),
        new Figures.Load(requests, errors, 80, 400),
        ErrorChanges.none(),
        true,
        gap);
  }
}
