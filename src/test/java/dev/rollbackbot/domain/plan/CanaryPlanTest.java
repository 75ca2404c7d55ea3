package dev.rollbackbot.domain.plan;

import static dev.rollbackbot.domain.Samples.K_BACK;
import static dev.rollbackbot.domain.Samples.NEW;
import static dev.rollbackbot.domain.Samples.OLD;
import static dev.rollbackbot.domain.Samples.OLD_COMMIT;
import static dev.rollbackbot.domain.Samples.T0;
import static dev.rollbackbot.domain.Samples.job;
import static dev.rollbackbot.domain.Samples.live;
import static dev.rollbackbot.domain.Samples.service;
import static dev.rollbackbot.domain.plan.PlanSamples.facts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.command.Target;
import dev.rollbackbot.domain.health.Direction;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.Settings;
import dev.rollbackbot.domain.plan.PlanSamples.TheFacts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanaryPlanTest {
  private static final Ladder LADDER = Ladder.standard();
  private static final Journal RUNNING =
      job()
          .in(JobState.WATCHING, Duration.ZERO, Duration.ofMinutes(5))
          .live("old=10 new=90")
          .canary(Canary.of(LADDER, Direction.BACK, Optional.empty()).higher(T0))
          .build();
  private static final String SPLIT = "old=10 new=90 old#rb-01234567=0";

  @Test
  void theCommandByHandGivesTheFirstStep() {
    Plan plan = ready(wish(LADDER), facts());

    assertThat(plan.steps().map(Plan.Steps::ladder)).contains(LADDER);
    assertThat(plan.doCommand()).contains("--to-revisions=new=90,old=10");
    assertThat(plan.undoCommand()).contains("--to-latest");
  }

  @Test
  void aHoldThatEndsBeforeItsLogsIsRefused() {
    var hasty = new Ladder(LADDER.steps(), Duration.ofSeconds(14), LADDER.advance());

    assertThat(refused(wish(hasty), facts())).isEqualTo("HOLD_TOO_SHORT {hold=14, least=15}");
  }

  @Test
  void whatHasAllUsersNeedsNoSteps() {
    var wish = new Wish(K_BACK, new Target.ByRevision(NEW), Optional.empty(), Optional.of(LADDER));

    assertThat(refused(wish, facts())).startsWith("ALREADY_LIVE");
  }

  @Test
  void noCanaryBeginsWhileAnotherRuns() {
    TheFacts running = facts().service(service().wanted(SPLIT)).journal(RUNNING);

    assertThat(refused(wish(LADDER), running)).startsWith("JOB_RUNNING");
  }

  @Test
  void aRollbackTakesACanaryOverAndItsUndoLeadsToBeforeIt() {
    TheFacts running = facts().service(service().wanted(SPLIT)).journal(RUNNING);

    Plan plan = ready(new Wish(K_BACK, new Target.Commit(OLD_COMMIT), Optional.empty()), running);

    assertThat(plan.before()).isEqualTo(LiveSplit.of(Map.of(OLD, 10, NEW, 90)));
    assertThat(plan.undone()).isEqualTo(LiveSplit.all(NEW));
    assertThat(plan.undoneLatest()).contains(NEW);
    assertThat(plan.undoCommand()).contains("--to-latest");
    assertThat(plan.cautions())
        .contains(new Caution.TakesOverCanary("6831359", 10))
        .doesNotContain(new Caution.AlreadyPinned());
  }

  @Test
  void aRollbackThatOnlyMovesIsNotTakenOver() {
    assertThat(
            refused(
                new Wish(K_BACK, new Target.Commit(OLD_COMMIT), Optional.empty()),
                facts().journal(job().build())))
        .startsWith("JOB_RUNNING");
  }

  @Test
  void saysWhatAShareOfUsersMakesDifferent() {
    var affinity = new TreeMap<>(Map.of(Settings.SESSION_AFFINITY, "1"));
    var warm = new TreeMap<>(Map.of(Settings.Figure.MIN_INSTANCES, "2"));
    var settings = new Settings(new TreeMap<>(), new TreeMap<>(), warm, affinity);

    assertThat(ready(wish(LADDER), facts().settings(Known.of(settings))).cautions())
        .contains(new Caution.SessionAffinity(), new Caution.MinInstances("2"));
    assertThat(ready(wish(LADDER), facts()).cautions()).contains(new Caution.ColdStarts());
    assertThat(
            ready(new Wish(K_BACK, new Target.Commit(OLD_COMMIT), Optional.empty()), facts())
                .cautions())
        .doesNotContain(new Caution.ColdStarts());
  }

  @ParameterizedTest(name = "{0}, {2} % to {1}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "new=100            | old | 10  | new=90,old=10",
        "new=100            | old | 100 | old=100",
        "a=50 b=50          | old | 10  | a=45,b=45,old=10",
        "a=90 b=10          | old | 50  | a=45,b=5,old=50",
        "a=34 b=33 c=33     | old | 10  | a=30,b=30,c=30,old=10",
        "a=99 b=1           | old | 50  | a=50,old=50",
        "a=80 old=20        | old | 10  | a=90,old=10",
        "old=100            | old | 10  | old=100",
      })
  void aShareIsTakenFromTheOthersInProportion(
      String before, String target, int percent, String after) {
    LiveSplit split = live(before).giving(new RevisionName(target), percent);

    assertThat(split.asArgument()).isEqualTo(after);
    assertThat(split.percents().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
  }

  private static Wish wish(Ladder ladder) {
    return new Wish(K_BACK, new Target.Commit(OLD_COMMIT), Optional.empty(), Optional.of(ladder));
  }

  private static Plan ready(Wish wish, TheFacts facts) {
    return ((Planned.Ready) planned(wish, facts)).plan();
  }

  private static String refused(Wish wish, TheFacts facts) {
    Problem problem = ((Planned.Impossible) planned(wish, facts)).problem();
    return problem.code() + " " + new TreeMap<>(problem.details());
  }

  private static Planned planned(Wish wish, TheFacts facts) {
    TheFacts known =
        wish.ladder().isEmpty()
            ? facts
            : facts.outlook(
                new Outlook(
                    Direction.BACK,
                    Known.unknown("logs"),
                    Optional.empty(),
                    List.of(),
                    Duration.ofSeconds(15)));
    return Planner.plan(wish, known.build());
  }
}
