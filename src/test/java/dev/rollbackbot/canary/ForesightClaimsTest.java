package dev.rollbackbot.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.health.CanaryJudge;
import dev.rollbackbot.domain.health.CanaryVerdict;
import dev.rollbackbot.domain.health.CanaryVerdict.Word;
import dev.rollbackbot.domain.health.Detectability;
import dev.rollbackbot.domain.health.Direction;
import dev.rollbackbot.domain.health.Foresight;
import dev.rollbackbot.domain.health.Look;
import dev.rollbackbot.statistics.CommonsChances;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the offer promises of a first rung is what simulated first rungs show. */
class ForesightClaimsTest {
  private static final int CANARIES = 400;

  @ParameterizedTest(name = "{0}, {1} requests a rung, live {2}")
  @CsvSource({
    "FORWARD, 200, 0.01",
    "FORWARD, 1000, 0.01",
    "FORWARD, 1000, 0.04",
    "FORWARD, 500, 0.33",
    "BACK, 500, 0.33",
    "BACK, 2000, 0.33"
  })
  void whatIsPromisedIsKept(Direction direction, int requests, double live) {
    Story healthy =
        switch (direction) {
          case FORWARD -> Story.forward(requests, live, live);
          case BACK -> Story.back(requests, live, live);
        };
    Detectability promised =
        new Foresight(Rates.rules(healthy, Canary.play(healthy, 0)), new CommonsChances())
            .requests(0, requests / 10, requests - requests / 10, live);

    promised
        .noticed()
        .ifPresent(rate -> assertThat(noticed(healthy.onFirstRung(rate))).isGreaterThan(0.75));
    promised
        .unnoticed()
        .ifPresent(rate -> assertThat(noticed(healthy.onFirstRung(rate))).isLessThan(0.55));
    assertThat(promised.noticed().isPresent() || promised.unnoticed().isPresent()).isTrue();
  }

  private static double noticed(Story story) {
    Word right =
        switch (story.direction()) {
          case FORWARD -> Word.WORSE;
          case BACK -> Word.BETTER;
        };
    Predicate<Canary> isNoticed =
        canary -> {
          List<Look> firstRung = canary.looks().subList(0, Story.LOOKS);
          return new CanaryJudge(Rates.rules(story, canary), new CommonsChances())
              .verdicts(firstRung).stream().map(CanaryVerdict::word).anyMatch(right::equals);
        };
    return (double)
            LongStream.range(0, CANARIES)
                .parallel()
                .mapToObj(seed -> Canary.play(story, seed))
                .filter(isNoticed)
                .count()
        / CANARIES;
  }
}
