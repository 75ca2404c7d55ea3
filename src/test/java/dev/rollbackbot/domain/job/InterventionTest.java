package dev.rollbackbot.domain.job;

import static dev.rollbackbot.domain.Samples.LIMITS;
import static dev.rollbackbot.domain.Samples.ME;
import static dev.rollbackbot.domain.Samples.T0;
import static dev.rollbackbot.domain.Samples.job;
import static dev.rollbackbot.domain.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rollbackbot.domain.Samples.AJournal;
import dev.rollbackbot.domain.Samples.AService;
import dev.rollbackbot.domain.health.Direction;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.Ladder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each word does in each state, where everything followed LATEST before. */
class InterventionTest {
  private static final Intervention INTERVENTION = new Intervention(new Progress(LIMITS));
  private static final String WHO = "U-bob";

  @ParameterizedTest(name = "{0} in {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          STOP          | PREPARING        | STOPPED by U-bob: tag off
          STOP          | HELD             | STOPPED by U-bob: tag off
          STOP          | SWITCHING        | UNDOING by U-bob: users LATEST
          STOP          | VERIFYING        | UNDOING by U-bob: users LATEST
          STOP          | RETURN_PREPARING | open UNPROVEN by U-bob: tag off
          STOP          | UNDOING          | no: ALREADY_ON_THE_WAY_BACK
          STOP          | RETURNING        | no: ALREADY_ON_THE_WAY_BACK
          STOP          | OPEN             | no: JOB_NOT_STOPPABLE
          STOP          | STUCK            | no: JOB_NOT_STOPPABLE
          STOP          | CLOSED           | no: JOB_NOT_STOPPABLE
          KEEP          | OPEN             | KEPT by U-bob: note
          KEEP          | STUCK            | KEPT by U-bob: tag off
          KEEP          | PREPARING        | no: NO_OPEN_JOB
          KEEP          | VERIFYING        | no: NO_OPEN_JOB
          KEEP          | UNDOING          | no: ALREADY_ON_THE_WAY_BACK
          KEEP          | CLOSED           | no: NO_OPEN_JOB
          UNDO          | OPEN             | UNDOING by U-bob: users LATEST
          UNDO          | STUCK            | UNDOING by U-bob: users LATEST
          UNDO          | SWITCHING        | no: NO_OPEN_JOB
          UNDO          | RETURNING        | no: ALREADY_ON_THE_WAY_BACK
          UNDO          | CLOSED           | no: NO_OPEN_JOB
          NEWEST        | OPEN             | RETURN_PREPARING by U-bob: tag new
          NEWEST        | STUCK            | RETURN_PREPARING by U-bob: tag new
          NEWEST        | HELD             | no: NO_OPEN_JOB
          NEWEST        | UNDOING          | no: ALREADY_ON_THE_WAY_BACK
          NEWEST        | CLOSED           | no: NO_OPEN_JOB
          SWITCH_ANYWAY | HELD             | SWITCHING by U-bob: users old=100
          SWITCH_ANYWAY | PREPARING        | no: BUTTON_OUTDATED
          SWITCH_ANYWAY | OPEN             | no: BUTTON_OUTDATED
          """)
  void aWord(JobAction action, JobState state, String decision) {
    AJournal job = job().in(state, Duration.ZERO, Duration.ZERO).live("old=100");
    assertThat(decide(action, job, pinned())).isEqualTo(decision);
  }

  @Test
  void whatGotStuckBeforeItMovedUsersIsNotKeptButStopped() {
    AJournal stuck = job().in(JobState.STUCK, Duration.ZERO, Duration.ZERO);

    assertThat(decide(JobAction.KEEP, stuck, pinned())).isEqualTo("STOPPED by U-bob: tag off");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void whatUndoGivesBack(String name, AJournal job, AService service, String decision) {
    assertThat(decide(JobAction.UNDO, job, service)).isEqualTo(decision);
  }

  static Stream<Arguments> whatUndoGivesBack() {
    return Stream.of(
        arguments(
            "LATEST, where it still means the same",
            job().rested(Ending.VERIFIED),
            pinned(),
            "UNDOING by U-bob: users LATEST"),
        arguments(
            "the name, where LATEST means a deploy since",
            job().rested(Ending.VERIFIED),
            pinned().latest("newer"),
            "UNDOING by U-bob: users new=100"),
        arguments(
            "the names of a split",
            job().rested(Ending.BAD).before("new=10 mid=90"),
            pinned(),
            "UNDOING by U-bob: users mid=90,new=10"),
        arguments(
            "nothing, where nobody served",
            job().rested(Ending.BAD).before(""),
            pinned(),
            "no: BEFORE_GONE"));
  }

  @Test
  void thereIsNothingNewerWhereUsersFollowLatest() {
    assertThat(decide(JobAction.NEWEST, job().rested(Ending.UNKNOWN), service()))
        .isEqualTo("no: NOTHING_NEWER");
    assertThat(decide(JobAction.NEWEST, job().rested(Ending.UNKNOWN), pinned().latest("")))
        .isEqualTo("no: NOTHING_NEWER");
  }

  @ParameterizedTest(name = "{0} after {1} by {2}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          STOP          | STOPPED          | U-bob | yes
          STOP          | UNDOING          | U-bob | yes
          STOP          | UNDONE           | U-bob | yes
          STOP          | UNPROVEN         | U-bob | yes
          STOP          | STOPPED          | U-ann | no
          STOP          | KEPT             | U-bob | no
          STOP          | VERIFIED         | U-bob | no
          KEEP          | KEPT             | U-bob | yes
          KEEP          | UNDONE           | U-bob | no
          UNDO          | UNDOING          | U-bob | yes
          UNDO          | UNDONE           | U-bob | yes
          UNDO          | RETURNED         | U-bob | no
          NEWEST        | RETURN_PREPARING | U-bob | yes
          NEWEST        | RETURNING        | U-bob | yes
          NEWEST        | RETURNED         | U-bob | yes
          NEWEST        | RETURNED         | U-ann | no
          NEWEST        | NEWEST_UNWELL    | U-bob | no
          SWITCH_ANYWAY | SWITCHING        | U-bob | no
          """)
  void whetherAPersonsClickHasActed(
      JobAction action, String stateOrEnding, String closer, String expected) {
    AJournal job = job().closedBy(closer);
    Stream.of(JobState.values())
        .filter(state -> state.name().equals(stateOrEnding))
        .forEach(state -> job.in(state, Duration.ZERO, Duration.ZERO));
    Stream.of(Ending.values())
        .filter(ending -> ending.name().equals(stateOrEnding))
        .forEach(ending -> rest(job, ending));

    assertThat(Intervention.did(action, job.build(), WHO)).isEqualTo(expected.equals("yes"));
  }

  private static AJournal rest(AJournal job, Ending ending) {
    boolean open =
        Stream.of(Ending.VERIFIED, Ending.UNPROVEN, Ending.NEWEST_UNWELL).anyMatch(ending::equals);
    return open ? job.rested(ending) : job.closed(ending);
  }

  @Test
  void whoSwitchedAnywayIsKnownByTheFailedProbe() {
    Journal switched =
        job().in(JobState.SWITCHING, Duration.ZERO, Duration.ZERO).closedBy(WHO).build();
    switched =
        switched
            .withTimes(switched.times().switchedAt(T0))
            .withEvidence(
                new Journal.Evidence(
                    Optional.of(new Journal.ProbeResult(1, 5, 80, "HTTP 500")),
                    Optional.empty(),
                    Optional.empty()));

    assertThat(Intervention.did(JobAction.SWITCH_ANYWAY, switched, WHO)).isTrue();
    assertThat(Intervention.did(JobAction.SWITCH_ANYWAY, switched, "U-ann")).isFalse();
  }

  @Test
  void aRollbackThatCameOutUnprovenWasNotStopped() {
    Journal unproven = job().rested(Ending.UNPROVEN).closedBy(WHO).build();
    Journal byEvidence = unproven.withTimes(unproven.times().restedAt(unproven.since()));

    assertThat(Intervention.did(JobAction.STOP, byEvidence, WHO)).isFalse();
  }

  @Test
  void theNewestAtTheClickIsTheOneThatIsProbed() {
    assertThat(decide(JobAction.NEWEST, job().rested(Ending.VERIFIED), pinned().latest("newer")))
        .isEqualTo("RETURN_PREPARING by U-bob: tag newer");
  }

  @ParameterizedTest(name = "{0} in {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          STOP          | RETURN_PREPARING | KEPT by U-bob: tag off
          UNDO          | OPEN             | no: NO_OPEN_JOB
          KEEP          | OPEN             | KEPT by U-bob: note
          NEWEST        | OPEN             | RETURN_PREPARING by U-bob: tag new
          """)
  void aWordOnTheReturnFromAPinOfOthers(JobAction action, JobState state, String decision) {
    AJournal job = job().ofAPin().in(state, Duration.ZERO, Duration.ZERO);

    assertThat(decide(action, job, pinned())).isEqualTo(decision);
    assertThat(Intervention.possible(pinned().build(), job.build()).contains(action))
        .isEqualTo(!decision.startsWith("no"));
  }

  @Test
  void whoStoppedTheReturnFromAPinIsKnown() {
    Journal stopped = job().ofAPin().closed(Ending.KEPT).live("old=100").closedBy(WHO).build();

    assertThat(Intervention.did(JobAction.STOP, stopped, WHO)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(JobState.class)
  void everyButtonOfTheCardActsInItsState(JobState state) {
    AJournal job = inSteps(state);
    for (JobAction action : Intervention.possible(pinned().build(), job.build())) {
      assertThat(decide(action, job, pinned()))
          .as("%s in %s", action, state)
          .doesNotStartWith("no");
    }
  }

  @ParameterizedTest
  @EnumSource(JobState.class)
  void everyWordThatActsHasItsButton(JobState state) {
    List<JobAction> acting =
        Stream.of(JobAction.values())
            .filter(
                a ->
                    !decide(a, inSteps(state), pinned()).startsWith("no")
                        // While users are split, the same as a stop, for whoever types it.
                        && !(a == JobAction.UNDO && state.splits()))
            .toList();
    AJournal job = inSteps(state);
    assertThat(Intervention.possible(pinned().build(), job.build()))
        .containsExactlyInAnyOrderElementsOf(acting);
  }

  /** With a canary where the state is one of a canary's, and it goes on by itself. */
  private static AJournal inSteps(JobState state) {
    AJournal job = job().in(state, Duration.ZERO, Duration.ZERO);
    return state.splits()
        ? job.canary(
            Canary.of(Ladder.standard().with(Ladder.Advance.AUTO), Direction.BACK, Optional.empty())
                .higher(T0))
        : job;
  }

  private static AService pinned() {
    return service().wanted("old=100 old#rb-01234567=0");
  }

  private static String decide(JobAction action, AJournal job, AService service) {
    Observed observed = new Observed(service.build(), job.build(), Optional.empty());
    return switch (INTERVENTION.decide(action, observed, WHO, T0, ME)) {
      case Intervention.Decision.Act(Move.Write write) -> Moves.text(write);
      case Intervention.Decision.No(var problem) -> "no: " + problem.code();
    };
  }
}
