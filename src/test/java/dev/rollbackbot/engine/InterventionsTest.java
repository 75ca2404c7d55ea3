package dev.rollbackbot.engine;

import static dev.rollbackbot.domain.Samples.JOB;
import static dev.rollbackbot.domain.Samples.K_BACK;
import static dev.rollbackbot.domain.Samples.LIMITS;
import static dev.rollbackbot.domain.Samples.ME;
import static dev.rollbackbot.domain.Samples.T0;
import static dev.rollbackbot.domain.Samples.job;
import static dev.rollbackbot.domain.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.rollbackbot.domain.Samples.AJournal;
import dev.rollbackbot.domain.approval.ApprovalPolicy;
import dev.rollbackbot.domain.health.HealthJudge;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.port.ChatRoom;
import dev.rollbackbot.port.CloudRun;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.statistics.CommonsChances;
import dev.rollbackbot.text.ChartComposer;
import dev.rollbackbot.text.RollbackComposer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a word meets before the rules: another rollback, an old button, a service that moved. */
class InterventionsTest {
  private static final ServiceSettings SETTINGS =
      new ServiceSettings(
          K_BACK,
          "repo",
          "main",
          true,
          new ApprovalPolicy(
              ApprovalPolicy.Rule.CONFIRM, Set.of(), Set.of(), Duration.ofMinutes(5)),
          new HealthJudge(20, 0.05),
          LIMITS,
          new CanaryTerms(Ladder.standard(), 20, 0.05),
          Duration.ofMinutes(15),
          Optional.empty(),
          Optional.empty());

  private final CloudRun cloudRun = mock(CloudRun.class);
  private final Cards cards =
      new Cards(
          mock(ChatRoom.class),
          new RollbackComposer(ZoneOffset.UTC),
          new Views(new Seal(new byte[32]), Map.of(), new Verdicts(new CommonsChances(), Map.of())),
          new Charts(_ -> Optional.empty(), new ChartComposer(ZoneOffset.UTC)),
          () -> T0,
          _ -> {});
  private final Interventions interventions =
      new Interventions(
          cloudRun,
          new StepRunner(cloudRun, "bot", () -> T0, _ -> {}, _ -> {}),
          cards,
          () -> T0,
          "bot",
          ME);

  @ParameterizedTest(name = "{0}: {5}")
  @MethodSource
  void aWord(
      String name, JobAction action, AJournal job, String users, int boundTo, String result) {
    stands(job, users);

    assertThat(act(action, Optional.of(new Interventions.Bound(JOB, boundTo)))).isEqualTo(result);
  }

  static Stream<Arguments> aWord() {
    AJournal open = job().seq(5).rested(Ending.VERIFIED);
    AJournal kept = job().seq(5).closed(Ending.KEPT).live("old=100");
    AJournal held = job().seq(5).in(JobState.HELD, Duration.ZERO, Duration.ofMinutes(10));
    // Its end is long before the clock of these words.
    AJournal stuck =
        job().seq(5).in(JobState.PREPARING, Duration.ofMinutes(-20), Duration.ofMinutes(4));
    return Stream.of(
        arguments("undo", JobAction.UNDO, open, "old=100", 5, "did UNDOING"),
        arguments("an old undo means the same", JobAction.UNDO, open, "old=100", 3, "did UNDOING"),
        arguments("undo what is moved", JobAction.UNDO, open, "new=100", 5, "SERVICE_MOVED"),
        arguments("keep what is moved", JobAction.KEEP, open, "new=100", 5, "did CLOSED"),
        arguments("newest", JobAction.NEWEST, open, "old=100", 5, "did RETURN_PREPARING"),
        arguments("an old newest", JobAction.NEWEST, open, "old=100", 4, "BUTTON_OUTDATED"),
        arguments(
            "newest after keep", JobAction.NEWEST, kept, "old=100", 5, "did RETURN_PREPARING"),
        arguments(
            "newest, the pin is moved", JobAction.NEWEST, kept, "mid=100", 5, "SERVICE_MOVED"),
        arguments("undo after keep, moved", JobAction.UNDO, kept, "mid=100", 5, "NO_OPEN_JOB"),
        arguments("switch", JobAction.SWITCH_ANYWAY, held, "new=100", 5, "did SWITCHING"),
        arguments("an old switch", JobAction.SWITCH_ANYWAY, held, "new=100", 4, "BUTTON_OUTDATED"),
        arguments("undo what is stuck", JobAction.UNDO, stuck, "new=100", 5, "did UNDOING"),
        arguments("keep what is stuck", JobAction.KEEP, stuck, "new=100", 5, "did CLOSED"),
        arguments("stop what is stuck", JobAction.STOP, stuck, "new=100", 5, "JOB_NOT_STOPPABLE"),
        arguments("switch, moved", JobAction.SWITCH_ANYWAY, held, "mid=100", 5, "SERVICE_MOVED"));
  }

  @ParameterizedTest
  @EnumSource(JobAction.class)
  void anotherBotsRollbackIsNamedAndLeftAlone(JobAction action) {
    when(cloudRun.read(K_BACK)).thenReturn(service().wanted("old=100").build());
    when(cloudRun.journal(any(), any())).thenReturn(new JournalReading.Foreign("of the bot other"));

    assertThat(act(action, Optional.empty())).isEqualTo("JOURNAL_FOREIGN");
    assertThat(act(action, Optional.of(new Interventions.Bound(JOB, 1))))
        .isEqualTo("JOURNAL_FOREIGN");
    verify(cloudRun, never()).write(any(), any(), any());
  }

  @Test
  void anotherRollbacksButtonDoesNothing() {
    stands(job().rested(Ending.VERIFIED), "old=100");

    assertThat(act(JobAction.UNDO, Optional.of(new Interventions.Bound("another", 1))))
        .isEqualTo("BUTTON_OUTDATED");
    verify(cloudRun, never()).write(any(), any(), any());
  }

  @ParameterizedTest(name = "{0}: {5}")
  @MethodSource
  void aLateClick(
      String name, JobAction action, AJournal job, String users, int boundTo, String result) {
    stands(job, users);

    assertThat(
            text(
                interventions.press(
                    action,
                    SETTINGS,
                    new Interventions.Bound(JOB, boundTo),
                    "U-bob",
                    Optional.of(Problem.refusal(Problem.Code.CLICK_TOO_LATE)))))
        .isEqualTo(result);
    verify(cloudRun, never()).write(any(), any(), any());
  }

  static Stream<Arguments> aLateClick() {
    AJournal open = job().seq(5).rested(Ending.VERIFIED);
    AJournal kept = job().seq(6).closed(Ending.KEPT).live("old=100").closedBy("U-bob");
    AJournal keptByAnn = job().seq(6).closed(Ending.KEPT).live("old=100").closedBy("U-ann");
    return Stream.of(
        arguments("acts no more", JobAction.KEEP, open, "old=100", 5, "CLICK_TOO_LATE"),
        arguments("has acted already", JobAction.KEEP, kept, "old=100", 5, "did CLOSED"),
        arguments("moved since", JobAction.KEEP, kept, "mid=100", 5, "did CLOSED"),
        arguments(
            "somebody else's deed", JobAction.KEEP, keptByAnn, "old=100", 5, "CLICK_TOO_LATE"),
        arguments("another deed", JobAction.UNDO, kept, "old=100", 5, "CLICK_TOO_LATE"));
  }

  @Test
  void withoutARollbackThereIsNothingToDo() {
    when(cloudRun.read(K_BACK)).thenReturn(service().build());
    when(cloudRun.journal(any(), any())).thenReturn(new JournalReading.Absent());

    assertThat(act(JobAction.STOP, Optional.empty())).isEqualTo("NO_OPEN_JOB");
  }

  @Test
  void whereNobodyAnswersNothingIsSaidToBeDone() {
    stands(job().rested(Ending.VERIFIED), "old=100");
    doThrow(new WorldException(WorldException.Kind.UNAVAILABLE, "out"))
        .when(cloudRun)
        .write(any(), any(), any());

    assertThatThrownBy(() -> act(JobAction.UNDO, Optional.empty()))
        .isInstanceOf(WorldException.class);
  }

  private void stands(AJournal job, String users) {
    when(cloudRun.read(K_BACK)).thenReturn(service().wanted(users).build());
    when(cloudRun.journal(any(), any())).thenReturn(new JournalReading.Found(job.build()));
  }

  private String act(JobAction action, Optional<Interventions.Bound> bound) {
    return text(interventions.act(action, SETTINGS, bound, "U-bob"));
  }

  private static String text(Interventions.Result result) {
    return switch (result) {
      case Interventions.Result.Did(var _, var journal) -> "did " + journal.state();
      case Interventions.Result.Not(var problem) -> problem.code().name();
    };
  }
}
