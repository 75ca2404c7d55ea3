package dev.rollbackbot.domain.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rollbackbot.domain.health.CanaryRules.Minimums;
import dev.rollbackbot.domain.health.CanaryVerdict.Advice;
import dev.rollbackbot.domain.health.CanaryVerdict.Reason;
import dev.rollbackbot.domain.health.CanaryVerdict.Reason.FewerErrors;
import dev.rollbackbot.domain.health.CanaryVerdict.Reason.MoreErrors;
import dev.rollbackbot.domain.health.CanaryVerdict.Reason.NoDifference;
import dev.rollbackbot.domain.health.CanaryVerdict.Reason.OverLimit;
import dev.rollbackbot.domain.health.CanaryVerdict.Reason.TooFewRequests;
import dev.rollbackbot.domain.health.CanaryVerdict.Word;
import dev.rollbackbot.statistics.CommonsChances;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanaryJudgeTest {
  private static final SlowLine LINE = new SlowLine(Duration.ofMillis(500));

  /** Each look of the first rung is the same; the figures are of one look. */
  @ParameterizedTest(name = "{0}: {8}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nobody came                        | 5 | 0   | 0  | 0  | 0   | 0   | 0  | NOT_ENOUGH_DATA
          few came, all is well              | 5 | 3   | 0  | 0  | 27  | 0   | 0  | NOT_ENOUGH_DATA
          enough came, all is well           | 5 | 4   | 0  | 0  | 36  | 0   | 0  | SAME
          enough came, nobody came to live   | 5 | 40  | 0  | 0  | 0   | 0   | 0  | NOT_ENOUGH_DATA
          few came, and all of them failed   | 2 | 3   | 3  | 0  | 27  | 0   | 0  | WORSE
          two failures are never a verdict   | 1 | 2   | 2  | 0  | 900 | 0   | 0  | NOT_ENOUGH_DATA
          a third fails, live is well        | 3 | 10  | 3  | 0  | 90  | 1   | 0  | WORSE
          a third fails on both sides        | 5 | 12  | 4  | 0  | 108 | 36  | 0  | BOTH_BAD
          live fails, the candidate does not | 5 | 20  | 0  | 0  | 180 | 60  | 0  | BETTER
          live fails, the candidate less     | 5 | 40  | 4  | 0  | 360 | 120 | 0  | BETTER
          one in 250 more, many requests     | 5 | 9999| 70 | 0  | 9999| 30  | 0  | SAME
          one in 100 more, many requests     | 5 | 9999| 130| 0  | 9999| 30  | 0  | WORSE
          as slow as live                    | 5 | 40  | 0  | 2  | 360 | 0   | 18 | SAME
          half are slow                      | 5 | 40  | 0  | 20 | 360 | 0   | 18 | WORSE
          live is slow, the candidate is not | 5 | 40  | 0  | 2  | 360 | 0   | 180| BETTER
          """)
  void aFirstRungForward(
      String name,
      int looks,
      int requests,
      int errors,
      int slow,
      int liveRequests,
      int liveErrors,
      int liveSlow,
      Word word) {
    Look look =
        new Look(0, new Side(requests, errors, slow), new Side(liveRequests, liveErrors, liveSlow));

    assertThat(judge(Direction.FORWARD, Collections.nCopies(looks, look)).word()).isEqualTo(word);
  }

  @ParameterizedTest(name = "{0}: forward {1}, back {2}")
  @CsvSource({
    "WORSE, GO_BACK, GO_BACK",
    "BETTER, GO_ON, GO_ON",
    "SAME, GO_ON, HOLD",
    "NOT_ENOUGH_DATA, HOLD, HOLD",
    "BOTH_BAD, HOLD, HOLD"
  })
  void whatFollows(Word word, Advice forward, Advice back) {
    var verdict = new CanaryVerdict(word, new TooFewRequests(0, 0, 20));

    assertThat(verdict.advice(Direction.FORWARD)).isEqualTo(forward);
    assertThat(verdict.advice(Direction.BACK)).isEqualTo(back);
  }

  @Test
  void theReasonsNameTheFigures() {
    assertThat(reasons(new Side(100, 20, 0), new Side(900, 9, 0)))
        .startsWith(new MoreErrors(new Share(20, 100), new Share(9, 900)));
    assertThat(reasons(new Side(100, 0, 0), new Side(900, 300, 0)))
        .containsExactly(new FewerErrors(new Share(0, 100), new Share(300, 900)));
    assertThat(reasons(new Side(100, 1, 0), new Side(900, 9, 0)))
        .containsExactly(new NoDifference(new Share(1, 100), new Share(9, 900)));
    assertThat(reasons(new Side(7, 0, 0), new Side(63, 0, 0)))
        .containsExactly(new TooFewRequests(7, 63, 20));
    assertThat(reasons(new Side(100, 33, 0), new Side(900, 297, 0)))
        .containsExactly(new OverLimit(0.05, new Share(33, 100), new Share(297, 900)));
  }

  @Test
  void betterThanLiveButStillOverTheLimitIsSaidWithIt() {
    CanaryVerdict verdict =
        judge(Direction.BACK, List.of(new Look(0, new Side(200, 30, 0), new Side(200, 90, 0))));

    assertThat(verdict.word()).isEqualTo(Word.BETTER);
    assertThat(verdict.reasons()).hasExactlyElementsOfTypes(FewerErrors.class, OverLimit.class);
  }

  @Test
  void withNobodyOnLiveTheLimitAloneDecides() {
    CanaryVerdict verdict =
        judge(Direction.FORWARD, List.of(new Look(0, new Side(40, 20, 0), Side.NONE)));

    assertThat(verdict.word()).isEqualTo(Word.WORSE);
    assertThat(verdict.reasons()).hasExactlyElementsOfTypes(OverLimit.class);
  }

  @Test
  void onABadNightFewerErrorsOutweighSlowness() {
    List<Look> slowButRight =
        Collections.nCopies(5, new Look(0, new Side(40, 0, 20), new Side(360, 120, 12)));

    CanaryVerdict back = judge(Direction.BACK, slowButRight);
    assertThat(back.word()).isEqualTo(Word.BETTER);
    assertThat(back.reasons()).hasExactlyElementsOfTypes(FewerErrors.class, Reason.Slower.class);
    assertThat(judge(Direction.FORWARD, slowButRight).word()).isEqualTo(Word.WORSE);
  }

  @Test
  void coldStartsOfTheFirstLookAreNoSlowness() {
    Look cold = new Look(0, new Side(40, 0, 40), new Side(360, 0, 0));
    Look warm = new Look(0, new Side(40, 0, 0), new Side(360, 0, 0));

    assertThat(judge(Direction.FORWARD, List.of(cold, warm)).word()).isEqualTo(Word.SAME);
    assertThat(judge(Direction.FORWARD, List.of(warm, cold)).word()).isEqualTo(Word.WORSE);
  }

  @Test
  void whatWasGoodOnTheFirstRungHidesNothingOnTheSecond() {
    List<Look> well =
        Collections.nCopies(5, new Look(0, new Side(100, 1, 0), new Side(900, 300, 0)));
    Look asSick = new Look(1, new Side(500, 165, 0), new Side(500, 165, 0));
    Look sicker = new Look(1, new Side(500, 300, 0), new Side(500, 165, 0));

    assertThat(judge(Direction.BACK, well).advice(Direction.BACK)).isEqualTo(Advice.GO_ON);
    assertThat(judge(Direction.BACK, then(well, asSick)).advice(Direction.BACK))
        .isEqualTo(Advice.HOLD);
    assertThat(judge(Direction.BACK, then(well, sicker)).word()).isEqualTo(Word.WORSE);
  }

  /** Sums would say 36 % against 10 %: most of the candidate's requests came in the bad minutes. */
  @Test
  void aBadTimeOfTheWholeServiceIsNobodysDoing() {
    Look well = new Look(0, new Side(100, 1, 0), new Side(900, 9, 0));
    Look outage = new Look(1, new Side(500, 250, 0), new Side(500, 250, 0));

    assertThat(judge(Direction.FORWARD, List.of(well, well, well, outage)).word())
        .isEqualTo(Word.BOTH_BAD);
  }

  @Test
  void everyLookHasItsVerdict() {
    Look well = new Look(0, new Side(10, 0, 0), new Side(90, 0, 0));
    Look sick = new Look(0, new Side(10, 9, 0), new Side(90, 0, 0));

    assertThat(judge(Direction.FORWARD).verdicts(List.of(well, well, sick)))
        .extracting(CanaryVerdict::word)
        .containsExactly(Word.NOT_ENOUGH_DATA, Word.SAME, Word.WORSE);
  }

  @Test
  void rungsThatFallOrExceedThePlanAreAnError() {
    Look second = new Look(1, Side.NONE, Side.NONE);
    Look first = new Look(0, Side.NONE, Side.NONE);
    Look third = new Look(2, Side.NONE, Side.NONE);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> judge(Direction.FORWARD, List.of(second, first)));
    assertThatIllegalArgumentException().isThrownBy(() -> judge(Direction.FORWARD, List.of(third)));
  }

  @ParameterizedTest(name = "{0}, live {1} ms: over {2} ms")
  @CsvSource({"FORWARD, 400, 500", "FORWARD, 20, 70", "BACK, 500, 400", "BACK, 80, 40"})
  void theSlowLineStandsClearOfLive(Direction direction, long live, long line) {
    assertThat(SlowLine.of(direction, Duration.ofMillis(live)))
        .isEqualTo(new SlowLine(Duration.ofMillis(line)));
  }

  @Test
  void sidesThatCannotBeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Side(2, 2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Side(1, -1, 0));
  }

  private static List<Look> then(List<Look> looks, Look next) {
    return Stream.concat(looks.stream(), Stream.of(next)).toList();
  }

  private static List<Reason> reasons(Side candidate, Side baseline) {
    return judge(Direction.FORWARD, List.of(new Look(0, candidate, baseline))).reasons();
  }

  private static CanaryVerdict judge(Direction direction, List<Look> looks) {
    return judge(direction).judge(looks);
  }

  private static CanaryJudge judge(Direction direction) {
    return new CanaryJudge(
        new CanaryRules(
            direction, AlphaPlan.standard(2, 5), Minimums.standard(20), 0.05, Optional.of(LINE)),
        new CommonsChances());
  }
}
