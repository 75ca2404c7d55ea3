package dev.rollbackbot.canary;

import dev.rollbackbot.canary.Rule.Call;
import dev.rollbackbot.domain.health.AlphaPlan;
import dev.rollbackbot.domain.health.CanaryJudge;
import dev.rollbackbot.domain.health.CanaryRules;
import dev.rollbackbot.domain.health.CanaryRules.Minimums;
import dev.rollbackbot.domain.health.CanaryVerdict;
import dev.rollbackbot.domain.health.CanaryVerdict.Advice;
import dev.rollbackbot.domain.health.CanaryVerdict.Word;
import dev.rollbackbot.statistics.CommonsChances;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * How often a story's canaries are called what.
 *
 * @param goesOn share of canaries that our rule lets go on to 100 % at the last look
 */
record Rates(Part ours, double goesOn, Map<Rule, Part> others) {
  private static final double ERROR_LIMIT = 0.05;
  private static final int MIN_REQUESTS = 20;

  /**
   * Shares of the canaries.
   *
   * @param worse at any look; that ends the canary
   * @param better at any look before
   */
  record Part(double worse, double better) {
    double missed() {
      return 1 - worse;
    }
  }

  private record Outcome(Call ours, boolean goesOn, List<Call> others) {}

  /** The same story and number give the same rates, on any number of cores. */
  static Rates of(Story story, int canaries, Rule... rules) {
    List<Outcome> outcomes =
        IntStream.range(0, canaries)
            .parallel()
            .mapToObj(i -> outcome(story, Canary.play(story, seed(story, i)), rules))
            .toList();
    Map<Rule, Part> others = new EnumMap<>(Rule.class);
    for (int i = 0; i < rules.length; i++) {
      int rule = i;
      others.put(rules[i], part(outcomes.stream().map(o -> o.others().get(rule)).toList()));
    }
    return new Rates(
        part(outcomes.stream().map(Outcome::ours).toList()),
        share(outcomes, Outcome::goesOn),
        others);
  }

  static CanaryRules rules(Story story, Canary canary) {
    return new CanaryRules(
        story.direction(),
        AlphaPlan.standard(Story.RUNGS, Story.LOOKS),
        Minimums.standard(MIN_REQUESTS),
        ERROR_LIMIT,
        Optional.of(canary.line()));
  }

  private static Outcome outcome(Story story, Canary canary, Rule... rules) {
    var judge = new CanaryJudge(rules(story, canary), new CommonsChances());
    List<CanaryVerdict> verdicts = judge.verdicts(canary.looks());
    Call ours =
        Call.overAll(
            verdicts.stream()
                .map(v -> new Call(v.word() == Word.WORSE, v.word() == Word.BETTER))
                .toList());
    return new Outcome(
        ours,
        !ours.worse() && verdicts.getLast().advice(story.direction()) == Advice.GO_ON,
        Arrays.stream(rules).map(rule -> rule.overAll(canary)).toList());
  }

  private static long seed(Story story, int canary) {
    return story.toString().hashCode() * 1_000_003L + canary;
  }

  private static Part part(List<Call> calls) {
    return new Part(share(calls, Call::worse), share(calls, Call::better));
  }

  private static <T> double share(List<T> all, Predicate<T> is) {
    return (double) all.stream().filter(is).count() / all.size();
  }
}
