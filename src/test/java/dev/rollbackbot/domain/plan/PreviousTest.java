package dev.rollbackbot.domain.plan;

import static dev.rollbackbot.domain.Samples.K_BACK;
import static dev.rollbackbot.domain.Samples.NEW;
import static dev.rollbackbot.domain.Samples.OLD_COMMIT;
import static dev.rollbackbot.domain.Samples.T0;
import static dev.rollbackbot.domain.Samples.digest;
import static dev.rollbackbot.domain.Samples.fresh;
import static dev.rollbackbot.domain.Samples.revision;
import static dev.rollbackbot.domain.plan.PlanSamples.facts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rollbackbot.domain.command.Target;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.plan.Facts.Spell;
import dev.rollbackbot.domain.plan.PlanSamples.TheFacts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code previous} is the last one that proved good, and the plan says why. */
class PreviousTest {
  private static final RevisionName A = new RevisionName("a");
  private static final RevisionName B = new RevisionName("b");

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource
  void previousIs(String name, TheFacts facts, String revision) {
    facts.revisions(
        fresh(),
        revision("b", digest('c'), OLD_COMMIT, 3),
        revision("a", digest('d'), OLD_COMMIT, 5));
    String found =
        switch (Planner.plan(
            new Wish(K_BACK, new Target.Previous(), Optional.empty()), facts.build())) {
          case Planned.Impossible(var problem) -> problem.code().name();
          case Planned.Ready(Plan plan) ->
              plan.target().revision().orElseThrow() + ", " + plan.worth();
        };
    assertThat(found).isEqualTo(revision);
  }

  static Stream<Arguments> previousIs() {
    return Stream.of(
        arguments(
            "the last one that served an hour with few errors",
            served().counted(B, 300, 1).counted(A, 300, 0),
            "b, SERVED_WELL"),
        arguments(
            "not one whose users met errors",
            served().counted(B, 300, 90).counted(A, 300, 0),
            "a, SERVED_WELL"),
        arguments(
            "one that proved good rather than one with too few requests",
            served().counted(B, 3, 0).counted(A, 300, 0),
            "a, SERVED_WELL"),
        arguments("what served an hour, where nothing could be counted", served(), "b, SERVED"),
        arguments(
            "what a rollback verified, however short it served",
            facts()
                .spells(Known.of(List.of(spell(A, 90), spell(B, 5), spell(NEW, 1))))
                .rolledBack(B, Ending.VERIFIED),
            "b, VERIFIED"),
        arguments(
            "what a rollback verified before the record begins",
            facts().spells(Known.of(List.of(spell(NEW, 600)))).rolledBack(A, Ending.VERIFIED),
            "a, VERIFIED"),
        arguments("not what did not help", served().rolledBack(B, Ending.BAD), "a, SERVED"),
        arguments(
            "nothing, where all were bad",
            served().counted(B, 300, 90).counted(A, 300, 90),
            "NO_PREVIOUS"));
  }

  private static TheFacts served() {
    return facts().spells(Known.of(List.of(spell(A, 90), spell(B, 90), spell(NEW, 20))));
  }

  private static Spell spell(RevisionName revision, int minutes) {
    return new Spell(revision, T0.minus(Duration.ofMinutes(minutes)), T0);
  }
}
