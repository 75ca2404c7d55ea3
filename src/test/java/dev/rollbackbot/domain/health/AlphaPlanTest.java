package dev.rollbackbot.domain.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AlphaPlanTest {
  private static final AlphaPlan PLAN = AlphaPlan.standard(2, 5);

  @Test
  void worseIsSpreadEvenly() {
    assertThat(PLAN.evenly(0, 1)).isEqualTo(0.09, within(1e-12));
    assertThat(PLAN.evenly(0, 5)).isEqualTo(0.45, within(1e-12));
    assertThat(PLAN.evenly(1, 1)).isEqualTo(0.59, within(1e-12));
  }

  @Test
  void betterWaitsForTheEndOfTheRung() {
    assertThat(PLAN.late(0, 1)).isLessThan(0.004);
    assertThat(PLAN.late(0, 5)).isEqualTo(PLAN.evenly(0, 5));
  }

  @Test
  void howeverLongARungIsHeldItsPartIsNeverExceeded() {
    assertThat(PLAN.evenly(0, 6)).isGreaterThan(PLAN.evenly(0, 5));
    assertThat(PLAN.evenly(0, 1_000)).isLessThanOrEqualTo(0.5);
    assertThat(PLAN.late(1, 1_000)).isLessThanOrEqualTo(1);
  }

  @Test
  void allTogetherStaysUnderThreePercent() {
    assertThat(PLAN.errors() + PLAN.latency() + PLAN.limit()).isLessThan(0.03);
  }

  @Test
  void plansThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> AlphaPlan.standard(0, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> AlphaPlan.standard(2, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new AlphaPlan(0.9, 0.05, 0.05, 2, 5));
  }
}
