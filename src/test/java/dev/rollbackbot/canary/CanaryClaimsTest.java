package dev.rollbackbot.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What canary.md claims, on few canaries and so with wide bounds; the seeds are fixed. The full
 * table: {@code mvn -q test-compile exec:exec@canary}.
 */
class CanaryClaimsTest {
  private static final int CANARIES = 300;

  @ParameterizedTest(name = "{0} requests a rung, {1}")
  @CsvSource({
    "5, 0.33",
    "20, 0.04",
    "20, 0.33",
    "100, 0.01",
    "100, 0.04",
    "100, 0.06",
    "100, 0.33",
    "500, 0.01",
    "500, 0.04",
    "500, 0.33",
    "2000, 0.01"
  })
  void likeIsSeldomCalledUnlike(int requests, double rate) {
    Rates rates = Rates.of(Story.forward(requests, rate, rate), CANARIES);

    assertThat(rates.ours().worse()).isLessThan(0.045);
    assertThat(rates.ours().better()).isLessThan(0.045);
  }

  @ParameterizedTest(name = "{0} requests a rung, {1} -> {2}: at least {3}")
  @CsvSource({
    "100, 0.01, 0.10, 0.35",
    "500, 0.01, 0.10, 0.98",
    "100, 0.01, 0.33, 0.98",
    "2000, 0.04, 0.08, 0.90"
  })
  void aSickCandidateIsCaught(int requests, double live, double candidate, double atLeast) {
    assertThat(Rates.of(Story.forward(requests, live, candidate), CANARIES).ours().worse())
        .isGreaterThanOrEqualTo(atLeast);
  }

  @Test
  void aCureIsFoundAndGoesOn() {
    Rates cured = Rates.of(Story.back(100, 0.33, 0.01), CANARIES);
    assertThat(cured.ours().better()).isGreaterThanOrEqualTo(0.98);
    assertThat(cured.goesOn()).isGreaterThanOrEqualTo(0.96);

    Rates same = Rates.of(Story.back(100, 0.33, 0.33), CANARIES);
    assertThat(same.ours().better()).isLessThan(0.045);
    assertThat(same.goesOn()).isLessThan(0.045);
  }

  @Test
  void aCureThatFailsUnderLoadDoesNotGoOn() {
    Story story = Story.back(500, 0.33, 0.01);
    assertThat(Rates.of(story.onSecondRung(0.33), CANARIES).goesOn()).isLessThan(0.045);
    assertThat(Rates.of(story.onSecondRung(0.6), CANARIES).ours().worse()).isGreaterThan(0.95);
  }

  @Test
  void aBadMinuteOfTheWholeServiceAndBurstsAreNobodysDoing() {
    assertThat(Rates.of(Story.forward(500, 0.01, 0.01).withOutage(0.8), CANARIES).ours().worse())
        .isLessThan(0.045);
    assertThat(
            Rates.of(Story.forward(500, 0.04, 0.04).inBursts(20, false), CANARIES).ours().worse())
        .isLessThan(0.045);
  }

  @Test
  void aDoubledLatencyIsCaughtAndASmallOneIsLetBe() {
    Story healthy = Story.forward(500, 0.01, 0.01);
    assertThat(Rates.of(healthy.slowed(2), CANARIES).ours().worse()).isGreaterThan(0.95);
    assertThat(Rates.of(healthy.slowed(1.05), CANARIES).ours().worse()).isLessThan(0.045);
  }

  /** Why all this, and not one of the simple rules. */
  @Test
  void simpleRulesStopHealthyCanaries() {
    Rates four = Rates.of(Story.forward(500, 0.04, 0.04), CANARIES, Rule.values());
    assertThat(Objects.requireNonNull(four.others().get(Rule.OVER_FIVE_PERCENT)).worse())
        .isGreaterThan(0.6);
    assertThat(Objects.requireNonNull(four.others().get(Rule.FISHER)).worse()).isGreaterThan(0.08);
    Rates little = Rates.of(Story.back(100, 0.01, 0.01), CANARIES, Rule.values());
    assertThat(Objects.requireNonNull(little.others().get(Rule.MANN_WHITNEY)).better())
        .isGreaterThan(0.3);
  }

  @Test
  void theSameSeedPlaysTheSameCanary() {
    Story story = Story.forward(100, 0.04, 0.08);
    assertThat(Canary.play(story, 7)).isEqualTo(Canary.play(story, 7));
    assertThat(Canary.play(story, 7)).isNotEqualTo(Canary.play(story, 8));
  }
}
