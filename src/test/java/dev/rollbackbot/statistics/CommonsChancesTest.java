package dev.rollbackbot.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollbackbot.domain.health.Distribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommonsChancesTest {
  private static final Offset<Double> EXACTLY = within(1e-12);
  private static final CommonsChances CHANCES = new CommonsChances();

  @Test
  void countsAsOnPaper() {
    Distribution twoOfFour = CHANCES.hypergeometric(4, 2, 2);

    assertThat(twoOfFour.chanceOf(0)).isEqualTo(1 / 6.0, EXACTLY);
    assertThat(twoOfFour.chanceOf(1)).isEqualTo(4 / 6.0, EXACTLY);
    assertThat(twoOfFour.chanceOf(2)).isEqualTo(1 / 6.0, EXACTLY);
    assertThat(twoOfFour.chanceOf(3)).isZero();
    assertThat(CHANCES.binomial(3, 0.5).chanceOf(2)).isEqualTo(3 / 8.0, EXACTLY);
  }

  @ParameterizedTest(name = "{0} of {1} against {2} of {3}")
  @CsvSource({"3, 20, 1, 180", "9, 48, 1, 47", "30, 500, 200, 4500", "5, 5, 0, 5"})
  void tailsAreFishers(int candidate, int candidateOf, int baseline, int baselineOf) {
    int[][] table = {{candidate, candidateOf - candidate}, {baseline, baselineOf - baseline}};
    double fisher =
        FisherExactTest.withDefaults()
            .with(AlternativeHypothesis.GREATER_THAN)
            .test(table)
            .getPValue();

    assertThat(
            CHANCES
                .hypergeometric(candidateOf + baselineOf, candidate + baseline, candidateOf)
                .chanceOfAtLeast(candidate))
        .isEqualTo(fisher, EXACTLY);
  }

  @ParameterizedTest(name = "{0} requests")
  @CsvSource({"0", "1", "7", "2000", "2000000"})
  void nothingIsLostOfAnySize(int requests) {
    assertThat(CHANCES.hypergeometric(requests, requests / 3, requests / 10).chanceOfAtLeast(0))
        .isEqualTo(1, within(1e-9));
    assertThat(CHANCES.binomial(requests, 0.05).chanceOfAtLeast(0)).isEqualTo(1, within(1e-9));
  }
}
