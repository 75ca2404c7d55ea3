package dev.rollbackbot.domain.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.statistics.CommonsChances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequentialTestTest {
  private static final Chances CHANCES = new CommonsChances();

  /** Requests on each side in each look. */
  private static final int SIDE = 50;

  @ParameterizedTest(name = "{0} of 20 against 1 of 180 at 1 %: {1}")
  @CsvSource({"0, false", "1, false", "2, false", "3, true", "20, true"})
  void oneLookIsFishersExactTest(int faults, boolean called) {
    var test = new SequentialTest();
    int all = faults + 1;
    test.look(CHANCES.hypergeometric(200, all, 20), all / 10.0, faults, 0.01);

    assertThat(test.called()).isEqualTo(called);
  }

  @ParameterizedTest(name = "{0}, {1}, {2} faults")
  @CsvSource({"1, 1, 1", "4, 4, 4", "6, 2, 8", "0, 10, 3", "9, 9, 9"})
  void chanceAloneIsCalledWithinTheBudget(int first, int second, int third) {
    int[] faults = {first, second, third};

    assertThat(calledByChance(faults, false)).isLessThanOrEqualTo(0.06);
    assertThat(calledByChance(faults, true)).isLessThanOrEqualTo(0.06);
  }

  @Test
  void nearlyAllOfTheBudgetIsUsed() {
    assertThat(calledByChance(new int[] {18, 18, 18}, false)).isGreaterThan(0.035);
  }

  @Test
  void whatAnEarlyLookCouldNotSpendIsLeftForLater() {
    var early = new SequentialTest();
    early.look(CHANCES.hypergeometric(4, 1, 2), 0.5, 1, 0.02);
    assertThat(early.called()).isFalse();

    // Six of six on one side have a chance of 1.5 %: too much for an even half of the budget.
    early.look(CHANCES.hypergeometric(4_000, 6, 2_000), 3, 6, 0.02);
    assertThat(early.called()).isTrue();
  }

  @Test
  void goodLuckIsForgivenAndBadLuckIsNot() {
    assertThat(called(false, 0, 8)).isFalse();
    assertThat(called(true, 0, 8)).isTrue();
    assertThat(called(false, 7, 7)).isTrue();
    assertThat(called(true, 7, 7)).isTrue();
  }

  /** Eight faults a look, of which four are expected here. */
  private static boolean called(boolean forgive, int first, int second) {
    var test = new SequentialTest();
    look(test, 8, first, 0.001);
    if (forgive) {
      test.forgive();
    }
    look(test, 8, second, 0.05);
    return test.called();
  }

  /** Goes through everything that chance can do in three looks. */
  private static double calledByChance(int[] faults, boolean forgive) {
    double called = 0;
    for (int a = 0; a <= faults[0]; a++) {
      for (int b = 0; b <= faults[1]; b++) {
        for (int c = 0; c <= faults[2]; c++) {
          var test = new SequentialTest();
          look(test, faults[0], a, 0.02);
          look(test, faults[1], b, 0.04);
          if (forgive) {
            test.forgive();
          }
          look(test, faults[2], c, 0.06);
          if (test.called()) {
            called += chance(faults[0], a) * chance(faults[1], b) * chance(faults[2], c);
          }
        }
      }
    }
    return called;
  }

  private static void look(SequentialTest test, int faults, int here, double budget) {
    test.look(byChance(faults), faults / 2.0, here, budget);
  }

  private static double chance(int faults, int here) {
    return byChance(faults).chanceOf(here);
  }

  private static Distribution byChance(int faults) {
    return CHANCES.hypergeometric(2 * SIDE, faults, SIDE);
  }
}
