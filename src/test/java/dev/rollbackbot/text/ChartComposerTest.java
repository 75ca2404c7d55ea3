package dev.rollbackbot.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.health.Look;
import dev.rollbackbot.domain.health.Side;
import dev.rollbackbot.domain.health.SlowLine;
import dev.rollbackbot.domain.report.CanaryChart;
import dev.rollbackbot.domain.report.CanaryChart.Seen;
import dev.rollbackbot.domain.report.CanaryChart.Step;
import dev.rollbackbot.text.ChartComposer.Caption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A canary's picture for those who read or hear it. */
class ChartComposerTest {
  private static final Instant START = Instant.parse("2026-11-24T03:00:00Z");
  private static final Optional<SlowLine> LINE = Optional.of(new SlowLine(Duration.ofMillis(480)));
  private static final ChartComposer COMPOSER = new ChartComposer(ZoneId.of("Asia/Tokyo"));

  private static final CanaryChart CHART =
      new CanaryChart(
          "6831359",
          "930c691",
          LINE,
          List.of(new Step(START, 10), new Step(START.plusSeconds(600), 50)),
          List.of(
              seen(300, 0, new Side(20, 0, 1), new Side(200, 9, 20)),
              seen(600, 0, new Side(28, 0, 0), new Side(231, 7, 20)),
              seen(900, 1, new Side(220, 2, 2), new Side(1_210, 71, 0))));

  @Test
  void theTableHasARowForEachStepUnderTheTwoNames() {
    assertThat(shown(COMPOSER.caption(CHART, Locale.ENGLISH)))
        .isEqualTo(
            """
            Steps: 10 % 12:00, 50 % 12:10 (JST)
            5xx since each step
                          6831359         930c691
                10 %     0/48 0 %    16/431 3.7 %
                50 %  2/220 0.9 %  71/1,210 5.9 %

            Answers over 480 ms (without the 5xx)
                          6831359       930c691
                10 %   1/48 2.1 %  40/415 9.6 %
                50 %  2/218 0.9 %   0/1,139 0 %
            """);
    assertThat(shown(COMPOSER.caption(CHART, Locale.JAPANESE)))
        .startsWith(
            """
            段階: 10 % 12:00, 50 % 12:10 (JST)
            各段階に入ってからの 5xx
            """);
  }

  @Test
  void theDescriptionSaysEverythingNewestFirst() {
    assertThat(COMPOSER.caption(CHART, Locale.ENGLISH).altText())
        .isEqualTo(
            "Line chart of 5xx and of slow answers since each step, 6831359 beside 930c691."
                + " At 50 % (from 12:10), 5xx: 6831359 2 of 220 (0.9 %), 930c691 71 of 1,210"
                + " (5.9 %). Over 480 ms: 6831359 2 of 218 (0.9 %), 930c691 0 of 1,139 (0 %)."
                + " At 10 % (from 12:00), 5xx: 6831359 0 of 48 (0 %), 930c691 16 of 431 (3.7 %)."
                + " Over 480 ms: 6831359 1 of 48 (2.1 %), 930c691 40 of 415 (9.6 %).");
    assertThat(COMPOSER.caption(CHART, Locale.JAPANESE).altText())
        .contains("50 % (12:10 から) の 5xx: 6831359 220 件中 2 件 (0.9 %)、930c691 1,210 件中 71 件");
  }

  @Test
  void itHasATitleAndAFileName() {
    Caption caption = COMPOSER.caption(CHART, Locale.ENGLISH);
    assertThat(caption.title()).isEqualTo("6831359 at 50 %, beside 930c691");
    assertThat(caption.fileName()).isEqualTo("canary-6831359-50.png");
  }

  @Test
  void whereNobodyCameItSaysSo() {
    var chart =
        new CanaryChart(
            "6831359",
            "930c691",
            Optional.empty(),
            List.of(new Step(START, 10)),
            List.of(seen(30, 0, Side.NONE, new Side(4, 1, 0))));
    Caption caption = COMPOSER.caption(chart, Locale.ENGLISH);
    assertThat(shown(caption))
        .isEqualTo(
            """
            Steps: 10 % 12:00:00 (JST)
            5xx since each step
                      6831359     930c691
                10 %        -  1/4 25.0 %
            """);
    assertThat(caption.altText()).endsWith("5xx: 6831359 no requests, 930c691 1 of 4 (25.0 %).");
  }

  @Test
  void aLongLadderIsCutWhereSlackWouldRefuseIt() {
    List<Step> steps =
        IntStream.range(0, 20)
            .mapToObj(i -> new Step(START.plusSeconds(600L * i), 5 * (i + 1)))
            .toList();
    var chart = new CanaryChart("6831359", "930c691", LINE, steps, List.of());
    for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
      assertThat(COMPOSER.caption(chart, locale).altText())
          .hasSizeLessThanOrEqualTo(1_000)
          .contains("100 %")
          .endsWith("…");
    }
  }

  @Test
  void namesFromOutsideStayOnTheirLineAndOutOfTheFileName() {
    var chart =
        new CanaryChart(
            "../k-back\n\u202e00042",
            "a-service-with-a-long-name-00042-abc",
            Optional.empty(),
            List.of(new Step(START, 10)),
            List.of());
    Caption caption = COMPOSER.caption(chart, Locale.ENGLISH);
    assertThat(caption.fileName()).isEqualTo("canary-.._k-back__00042-10.png");
    assertThat(caption.altText() + caption.title()).doesNotContain("\n", "\u202e");
    assertThat(shown(caption).lines()).hasSize(4);
  }

  private static String shown(Caption caption) {
    return PlainText.render(new Message("", caption.table()));
  }

  private static Seen seen(int second, int rung, Side candidate, Side baseline) {
    return new Seen(START.plusSeconds(second), new Look(rung, candidate, baseline));
  }
}
