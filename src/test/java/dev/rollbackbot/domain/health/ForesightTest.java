package dev.rollbackbot.domain.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.health.CanaryRules.Minimums;
import dev.rollbackbot.statistics.CommonsChances;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForesightTest {
  private static final Duration HOLD = Duration.ofMinutes(5);

  /** An empty rate: there is none. */
  @ParameterizedTest(name = "{0}, {1} a minute, live {2}: {3} requests, {4} noticed, {5} not")
  @CsvSource({
    "FORWARD, 0.2, 0.01, 0, , 1",
    "FORWARD, 4, 0.01, 2, , 1",
    "FORWARD, 40, 0.01, 20, 0.3, 0.1",
    "FORWARD, 200, 0.01, 100, 0.1, 0.05",
    "FORWARD, 200, 0, 100, 0.05, 0.02",
    "BACK, 4, 0.33, 2, , 0",
    "BACK, 40, 0.33, 20, 0.01, 0.1",
    "BACK, 200, 0.33, 100, 0.1, 0.3",
    "BACK, 200, 0, 100, , "
  })
  void aRungOfTenPercentForFiveMinutes(
      Direction direction,
      double aMinute,
      double live,
      int requests,
      Double noticed,
      Double unnoticed) {
    Detectability found = foresight(direction).rung(0, aMinute, 10, HOLD, live);

    assertThat(found.candidate()).isEqualTo(requests);
    assertThat(found.noticed()).isEqualTo(optional(noticed));
    assertThat(found.unnoticed()).isEqualTo(optional(unnoticed));
  }

  @Test
  void aSecondRungShowsMore() {
    Foresight foresight = foresight(Direction.FORWARD);

    assertThat(foresight.rung(1, 40, 50, HOLD, 0.01).noticed().orElseThrow())
        .isLessThan(foresight.rung(0, 40, 10, HOLD, 0.01).noticed().orElseThrow());
  }

  @Test
  void ofVeryManyRequestsNothingIsSaidToBeMissed() {
    Detectability found = foresight(Direction.FORWARD).rung(0, 60_000, 10, HOLD, 0.01);

    assertThat(found.candidate()).isEqualTo(30_000);
    assertThat(found.noticed()).isPresent();
    assertThat(found.unnoticed()).isEmpty();
  }

  private static OptionalDouble optional(Double rate) {
    return Optional.ofNullable(rate).map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private static Foresight foresight(Direction direction) {
    return new Foresight(
        new CanaryRules(
            direction, AlphaPlan.standard(2, 5), Minimums.standard(20), 0.05, Optional.empty()),
        new CommonsChances());
  }
}
