package dev.rollbackbot.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.health.CanaryVerdict;
import dev.rollbackbot.domain.health.CanaryVerdict.Reason;
import dev.rollbackbot.domain.health.CanaryVerdict.Word;
import dev.rollbackbot.domain.health.Detectability;
import dev.rollbackbot.domain.health.Direction;
import dev.rollbackbot.domain.health.Share;
import dev.rollbackbot.domain.health.SlowLine;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A canary's chances and its verdict in plain words. */
class CanaryTextTest {
  private static final CanaryText ENGLISH =
      new CanaryText(Voice.of(Locale.ENGLISH, Optional.empty()));
  private static final CanaryText JAPANESE =
      new CanaryText(Voice.of(Locale.JAPANESE, Optional.empty()));

  @Test
  void anOfferSaysWhatARungWouldNoticeAndWhatNot() {
    Detectability some = expected(Direction.FORWARD, 20, 0.3, 0.05);

    assertThat(english(some))
        .isEqualTo(
            "10 %: about 20 requests on the target. An error rate of 30 % would be noticed,"
                + " 5 % would not.");
    assertThat(Sentences.flat(JAPANESE.rung(10, some)))
        .isEqualTo("10 %: 対象へ約 20 件。エラー率が 30 % なら気づけますが、5 % では気づけません。");
  }

  @Test
  void backToAnOldCommitItSaysWhatWouldShowAsBetter() {
    assertThat(english(expected(Direction.BACK, 100, 0.1, 0.3)))
        .endsWith("An error rate of 10 % would show as better, 30 % would not.");
  }

  @Test
  void withVeryFewRequestsItSaysThatPeopleMustLook() {
    var none =
        new Detectability(Direction.FORWARD, 0, 1, OptionalDouble.empty(), OptionalDouble.of(1));

    assertThat(english(none))
        .isEqualTo(
            "10 %: about 0 requests on the target. That is too few to judge: look yourself before"
                + " you go on.");
  }

  @Test
  void aVerdictGivesItsReasonsWithTheFigures() {
    var verdict =
        new CanaryVerdict(
            Word.WORSE,
            List.of(
                new Reason.MoreErrors(new Share(9, 48), new Share(1, 1_204)),
                new Reason.Slower(
                    new SlowLine(Duration.ofMillis(480)), new Share(10, 39), new Share(12, 1_203)),
                new Reason.OverLimit(0.05, new Share(9, 48), new Share(0, 0))));

    assertThat(Sentences.flat(ENGLISH.verdict(verdict)))
        .isEqualTo(
            """
            The target is worse than live
            More 5xx: target 9/48 (18.8 %), live 1/1,204 (< 0.1 %)
            More answers take over 480 ms: target 10/39 (25.6 %), live 12/1,203 (1.0 %)
            5xx over the limit of 5 %: target 9/48 (18.8 %), live no data""");
    assertThat(Sentences.flat(JAPANESE.verdict(verdict)))
        .startsWith(
            """
            対象は本番より悪い状態です
            5xx が多い: 対象 9/48 (18.8 %)、本番 1/1,204 (< 0.1 %)
            """);
  }

  private static Detectability expected(
      Direction direction, int candidate, double noticed, double unnoticed) {
    return new Detectability(
        direction,
        candidate,
        9 * candidate,
        OptionalDouble.of(noticed),
        OptionalDouble.of(unnoticed));
  }

  private static String english(Detectability expected) {
    return Sentences.flat(ENGLISH.rung(10, expected));
  }
}
