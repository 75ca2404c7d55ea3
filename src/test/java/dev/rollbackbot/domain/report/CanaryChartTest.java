package dev.rollbackbot.domain.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollbackbot.domain.health.LoggedRequest.Arm;
import dev.rollbackbot.domain.health.Look;
import dev.rollbackbot.domain.health.Share;
import dev.rollbackbot.domain.health.Side;
import dev.rollbackbot.domain.health.SlowLine;
import dev.rollbackbot.domain.report.CanaryChart.Point;
import dev.rollbackbot.domain.report.CanaryChart.Rung;
import dev.rollbackbot.domain.report.CanaryChart.Seen;
import dev.rollbackbot.domain.report.CanaryChart.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CanaryChartTest {
  private static final Instant START = Instant.parse("2026-11-24T03:00:00Z");
  private static final Step TEN = new Step(START, 10);
  private static final Step FIFTY = new Step(START.plusSeconds(300), 50);
  private static final SlowLine LINE = new SlowLine(Duration.ofMillis(480));

  private final CanaryChart chart =
      chart(
          Optional.of(LINE),
          seen(100, 0, Side.NONE, new Side(90, 30, 6)),
          seen(200, 0, new Side(8, 0, 2), new Side(110, 20, 4)),
          seen(400, 1, new Side(40, 2, 0), new Side(40, 20, 10)));

  @Test
  void sharesAreOfAllThatCameSinceTheStep() {
    assertThat(chart.errors(Arm.BASELINE))
        .containsExactly(
            point(0, 100, new Share(30, 90)),
            point(0, 200, new Share(50, 200)),
            point(1, 400, new Share(20, 40)));
  }

  @Test
  void whereNobodyHadComeThereIsNoPoint() {
    assertThat(chart.errors(Arm.CANDIDATE))
        .containsExactly(point(0, 200, new Share(0, 8)), point(1, 400, new Share(2, 40)));
  }

  @Test
  void slowIsAShareOfWhatWasAnswered() {
    assertThat(chart.slow(Arm.BASELINE))
        .containsExactly(
            point(0, 100, new Share(6, 60)),
            point(0, 200, new Share(10, 150)),
            point(1, 400, new Share(10, 20)));
    assertThat(chart(Optional.empty(), seen(1, 0, Side.NONE, new Side(9, 0, 0))).slow(Arm.BASELINE))
        .isEmpty();
  }

  @Test
  void theTableHasARowForEachStep() {
    assertThat(chart.rungs())
        .containsExactly(
            new Rung(TEN, new Side(8, 0, 2), new Side(200, 50, 10)),
            new Rung(FIFTY, new Side(40, 2, 0), new Side(40, 20, 10)));
    assertThat(chart(Optional.empty()).rungs())
        .containsExactly(
            new Rung(TEN, Side.NONE, Side.NONE), new Rung(FIFTY, Side.NONE, Side.NONE));
  }

  @Test
  void itEndsWithTheLastLookOrTheLastStep() {
    assertThat(chart.end()).isEqualTo(START.plusSeconds(400));
    assertThat(chart(Optional.empty()).end()).isEqualTo(FIFTY.at());
  }

  @Test
  void aLookNeedsItsStep() {
    Seen unknown = seen(1, 2, Side.NONE, Side.NONE);
    assertThatThrownBy(() -> chart(Optional.empty(), unknown))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static CanaryChart chart(Optional<SlowLine> line, Seen... looks) {
    return new CanaryChart("6831359", "930c691", line, List.of(TEN, FIFTY), List.of(looks));
  }

  private static Seen seen(int second, int rung, Side candidate, Side baseline) {
    return new Seen(START.plusSeconds(second), new Look(rung, candidate, baseline));
  }

  private static Point point(int rung, int second, Share share) {
    return new Point(rung, START.plusSeconds(second), share);
  }
}
