package dev.rollbackbot.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.simulation.Night.Moment;
import dev.rollbackbot.simulation.Night.ServiceKind;
import dev.rollbackbot.simulation.Weather.Neighbour;
import dev.rollbackbot.text.Message;
import dev.rollbackbot.text.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * One rollback on a good night with one trouble, in virtual time: nothing is lost, nothing done
 * twice, and it ends where it should. Each neighbour is away for five minutes from each moment of a
 * rollback on.
 */
class OneTroubleTest {
  private static final int SEEDS = 6;
  private static final List<JobState> THE_WAY =
      List.of(JobState.PREPARING, JobState.SWITCHING, JobState.VERIFYING, JobState.OPEN);
  private static final Logger BOT = (Logger) LoggerFactory.getLogger("dev.rollbackbot");

  @BeforeAll
  static void beQuiet() {
    BOT.setLevel(Level.OFF);
  }

  @AfterAll
  static void speakAgain() {
    BOT.setLevel(null);
  }

  @Test
  void aGoodNightIsGood() {
    for (Run.Result run : runs(Night.good())) {
      rolledBackOnce(run, Set.of(Ending.VERIFIED));
    }
  }

  @ParameterizedTest(name = "from the moment {0}")
  @EnumSource(Moment.class)
  void cloudRunIsDownForFiveMinutes(Moment from) {
    for (Run.Result run : runs(Night.without(Neighbour.CLOUD_RUN, from))) {
      rolledBackOnce(run, Set.of(Ending.VERIFIED));
    }
  }

  @ParameterizedTest(name = "from the moment {0}")
  @EnumSource(Moment.class)
  void slackIsDownForFiveMinutesAndLatePostsCarryTheTrueTimes(Moment from) {
    for (Run.Result run : runs(Night.without(Neighbour.CHAT, from))) {
      rolledBackOnce(run, Set.of(Ending.VERIFIED));
      if (from.compareTo(Moment.PREPARING) >= 0) {
        assertThat(took(run)).as(story(run)).isLessThan(Duration.ofMinutes(5));
      }
      List<Message> lines = run.board().lines(run.last().cards().main().orElseThrow());
      assertThat(lines.stream().map(PlainText::render))
          .as(story(run))
          .anyMatch(line -> line.contains("All users on") && line.contains(moved(run)));
    }
  }

  @ParameterizedTest(name = "from the moment {0}")
  @EnumSource(Moment.class)
  void pubSubIsDownForFiveMinutes(Moment from) {
    for (Run.Result run : runs(Night.without(Neighbour.QUEUE, from))) {
      rolledBackOnce(run, Set.of(Ending.VERIFIED));
      // What was accepted needs no messages any more.
      assertThat(took(run)).as(story(run)).isLessThan(Duration.ofMinutes(5));
    }
  }

  @ParameterizedTest(name = "from the moment {0}")
  @EnumSource(Moment.class)
  void theRegistryIsDownForFiveMinutes(Moment from) {
    for (Run.Result run : runs(Night.without(Neighbour.REGISTRY, from))) {
      rolledBackOnce(run, Set.of(Ending.VERIFIED));
      assertThat(took(run)).as(story(run)).isLessThan(Duration.ofMinutes(5));
    }
  }

  @ParameterizedTest(name = "from the moment {0}")
  @EnumSource(Moment.class)
  void gitIsDownForFiveMinutes(Moment from) {
    for (Run.Result run : runs(Night.without(Neighbour.GIT, from))) {
      rolledBackOnce(run, Set.of(Ending.VERIFIED));
      assertThat(took(run)).as(story(run)).isLessThan(Duration.ofMinutes(5));
    }
  }

  @ParameterizedTest(name = "from the moment {0}")
  @EnumSource(Moment.class)
  void theLogsAreDownForFiveMinutesAndProveNothingMeanwhile(Moment from) {
    Set<Ending> endings =
        switch (from) {
          case ASKED, OFFERED, PREPARING -> Set.of(Ending.UNPROVEN, Ending.VERIFIED);
          case SWITCHING, VERIFYING -> Set.of(Ending.UNPROVEN);
          case OPEN -> Set.of(Ending.VERIFIED);
        };
    for (Run.Result run : runs(Night.without(Neighbour.LOGS, from))) {
      rolledBackOnce(run, endings);
      assertThat(took(run)).as(story(run)).isLessThan(Duration.ofMinutes(6));
    }
  }

  @ParameterizedTest(name = "{0} minutes ahead of the other worker and the platform")
  @ValueSource(ints = {2, -2})
  void aWorkersClockIsTwoMinutesOff(int minutes) {
    for (Run.Result run : runs(Night.withAClockAheadBy(Duration.ofMinutes(minutes)), 4 * SEEDS)) {
      // Whose clock is ahead looks too early: logs that end too early prove nothing.
      rolledBackOnce(
          run, minutes > 0 ? Set.of(Ending.VERIFIED, Ending.UNPROVEN) : Set.of(Ending.VERIFIED));
    }
  }

  @Test
  void aCommandAndAClickThatComeAgainAfterTwentyMinutesChangeNothing() {
    var endings = EnumSet.noneOf(Ending.class);
    for (Run.Result run : runs(Night.deliveredAgainAfter(Duration.ofMinutes(20)))) {
      assertThat(run.violation()).as(story(run)).isEmpty();
      assertThat(run.landed().stream().map(l -> l.journal().jobId()).distinct()).hasSize(1);
      endings.add(run.last().ending());
      assertThat(run.log())
          .as(story(run))
          .anyMatch(line -> line.contains("delivery of v0=1, attempt 2"));
      assertThat(run.log().stream().filter(line -> line.contains("Not done: approving")))
          .as(story(run))
          .hasSize(1);
      assertThat(run.landed().getLast().at()).isBefore(Run.START.plus(Duration.ofMinutes(19)));
    }
    assertThat(endings).containsExactlyInAnyOrder(Ending.VERIFIED, Ending.UNDONE);
  }

  @Test
  void statusesThatNeverSaySoAreReplacedByARequestThatTheTargetServed() {
    for (Run.Result run : runs(Night.of(ServiceKind.NEVER_SAYS_SO))) {
      rolledBackOnce(run, Set.of(Ending.VERIFIED));
    }
  }

  @Test
  void aServiceWith200TagsOfOthersAnd1000RevisionsIsAServiceLikeAnother() {
    for (Run.Result run : runs(Night.of(ServiceKind.HUGE), 2)) {
      rolledBackOnce(run, Set.of(Ending.VERIFIED));
    }
  }

  @Test
  void aJournalThatWouldNotFitIsRefusedWhenItIsAcceptedAndNothingRan() {
    for (Run.Result run : runs(Night.of(ServiceKind.SCATTERED), 2)) {
      assertThat(run.violation()).as(story(run)).isEmpty();
      assertThat(run.landed()).isEmpty();
      assertThat(run.log())
          .as(story(run))
          .anyMatch(line -> line.contains("Not done: noting the rollback on the service"));
    }
  }

  private static List<Run.Result> runs(Night night) {
    return runs(night, SEEDS);
  }

  private static List<Run.Result> runs(Night night, int seeds) {
    var runs = new ArrayList<Run.Result>();
    for (long seed = 1; seed <= seeds; seed++) {
      runs.add(new Run(seed, night).play());
    }
    return runs;
  }

  /** No promise was broken, each state was reached once, and users are on the target. */
  private static void rolledBackOnce(Run.Result run, Set<Ending> endings) {
    assertThat(run.violation()).as(story(run)).isEmpty();
    List<Journal> steps =
        run.landed().stream()
            .map(Watch.Landed::journal)
            .filter(j -> j.untold().isPresent())
            .toList();
    // One more where the platform gives the new revision its name.
    assertThat(steps.stream().map(Journal::seq).distinct())
        .as(story(run))
        .hasSizeBetween(THE_WAY.size(), THE_WAY.size() + 1);
    assertThat(steps.stream().map(Journal::state).distinct())
        .as(story(run))
        .containsExactlyElementsOf(THE_WAY);
    assertThat(steps.stream().map(Journal::jobId).distinct()).as(story(run)).hasSize(1);
    assertThat(run.last().accepted()).as(story(run)).hasSize(1);
    assertThat(run.last().live()).isEqualTo(LiveSplit.all(run.last().aim().target()));
    assertThat(run.last().ending()).as(story(run)).isIn(endings);
  }

  /** From the accept-write to the write that brought it to rest. */
  private static Duration took(Run.Result run) {
    Instant rested =
        run.landed().stream()
            .filter(landed -> landed.journal().state() == JobState.OPEN)
            .findFirst()
            .orElseThrow()
            .at();
    return Duration.between(run.landed().getFirst().at(), rested);
  }

  /** When users moved, as people read it. */
  private static String moved(Run.Result run) {
    Instant moved = run.last().times().moved().orElseThrow();
    return "%tT".formatted(moved.atZone(Stage.ZONE));
  }

  private static String story(Run.Result run) {
    return "seed %d: %s%n%s%n"
        .formatted(run.seed(), run.violation().orElse(""), String.join("\n", run.log()));
  }
}
