package dev.rollbackbot.domain.journal;

import static dev.rollbackbot.domain.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.health.Direction;
import dev.rollbackbot.domain.health.Look;
import dev.rollbackbot.domain.health.Side;
import dev.rollbackbot.domain.model.Ladder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanaryTest {
  private static final Look LOOK = new Look(0, new Side(10, 1, 0), new Side(50, 5, 0));

  /** Five minutes a rung, in seconds from its beginning. */
  private static Canary canary() {
    return Canary.of(Ladder.standard(), Direction.BACK, Optional.empty()).higher(T0);
  }

  @Test
  void isLookedAtFiveTimesAndThenEverMoreRarely() {
    var ends = new ArrayList<Long>();
    for (Instant end = canary().endAfter(T0); ends.size() < 9; end = canary().endAfter(end)) {
      ends.add(Duration.between(T0, end).toSeconds());
    }
    assertThat(ends).containsExactly(60L, 120L, 180L, 240L, 300L, 600L, 1200L, 2400L, 4800L);
  }

  @ParameterizedTest(name = "looked at until {0} s: at {1} s due is {2}")
  @CsvSource(
      nullValues = "nothing",
      value = {
        "0, 59, nothing",
        "0, 60, 60",
        "60, 119, nothing",
        "60, 185, 180",
        "0, 3000, 2400",
        "300, 599, nothing",
        "300, 600, 600",
      })
  void oneLateLookCoversThoseThatWereMissed(int seen, int at, Integer due) {
    Canary canary = seen == 0 ? canary() : canary().saw(LOOK, T0.plusSeconds(seen));

    assertThat(canary.due(T0.plusSeconds(at)).map(end -> Duration.between(T0, end).toSeconds()))
        .isEqualTo(Optional.ofNullable(due).map(Integer::longValue));
  }

  @Test
  void eachRungBeginsAnewAndForgetsNoLook() {
    Canary higher =
        canary()
            .saw(LOOK, T0.plusSeconds(60))
            .doubted(Canary.Doubt.LATE)
            .higher(T0.plusSeconds(400))
            .begins(T0.plusSeconds(410));

    assertThat(higher.percent()).isEqualTo(50);
    assertThat(higher.next()).isEqualTo(100);
    assertThat(higher.seenUntil()).isEqualTo(T0.plusSeconds(410));
    assertThat(higher.looks()).containsExactly(LOOK);
    assertThat(higher.doubt()).isEmpty();
  }

  @Test
  void whatWasSeenOnEarlierRungsMayBecomeOneLook() {
    Canary two =
        canary()
            .saw(LOOK, T0.plusSeconds(60))
            .saw(LOOK, T0.plusSeconds(120))
            .higher(T0.plusSeconds(400));
    var onSecond = new Look(1, new Side(3, 0, 0), new Side(3, 0, 0));

    Canary shortened =
        two.saw(onSecond, T0.plusSeconds(460)).saw(onSecond, T0.plusSeconds(520)).shortened();

    assertThat(shortened.looks())
        .containsExactly(new Look(0, new Side(20, 2, 0), new Side(100, 10, 0)), onSecond, onSecond);
    assertThat(shortened.seenUntil()).isEqualTo(T0.plusSeconds(520));
  }

  @Test
  void knowsHowOftenUsersCameAtTheLastLook() {
    assertThat(canary().lastRate()).isEqualTo(OptionalDouble.empty());
    Canary once = canary().saw(LOOK, T0.plusSeconds(60));
    assertThat(once.lastRate()).hasValue(0.001);
    assertThat(once.saw(LOOK, T0.plusSeconds(180)).lastRate()).hasValue(0.0005);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "10,50,100       | true",
        "1,100           | true",
        "5,10,20,40,80,100 | true",
        "100             | false",
        "10,50           | false",
        "50,10,100       | false",
        "10,10,100       | false",
        "0,50,100        | false",
        "1,2,3,4,5,6,100 | false",
      })
  void stepsRiseToAll(String steps, boolean right) {
    List<Integer> read = List.of(steps.split(",", -1)).stream().map(Integer::valueOf).toList();

    assertThat(Ladder.rises(read)).isEqualTo(right);
  }
}
