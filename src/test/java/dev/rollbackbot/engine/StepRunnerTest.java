package dev.rollbackbot.engine;

import static dev.rollbackbot.domain.Samples.JOB;
import static dev.rollbackbot.domain.Samples.K_BACK;
import static dev.rollbackbot.domain.Samples.ME;
import static dev.rollbackbot.domain.Samples.NEW;
import static dev.rollbackbot.domain.Samples.OLD;
import static dev.rollbackbot.domain.Samples.T0;
import static dev.rollbackbot.domain.Samples.TAG;
import static dev.rollbackbot.domain.Samples.job;
import static dev.rollbackbot.domain.Samples.live;
import static dev.rollbackbot.domain.Samples.service;
import static dev.rollbackbot.domain.Samples.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.rollbackbot.domain.Samples.AService;
import dev.rollbackbot.domain.job.Move;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.plan.NewRevision;
import dev.rollbackbot.domain.plan.Step;
import dev.rollbackbot.engine.StepRunner.Outcome;
import dev.rollbackbot.port.AuditLog;
import dev.rollbackbot.port.CloudRun;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One write under each kind of answer; journals stand for their text: {@code before}, {@code ours}.
 */
class StepRunnerTest {
  private static final Journal BEFORE = job().seq(3).build();
  private static final Journal OURS =
      BEFORE.next(JobState.SWITCHING, Ending.NONE, T0.plusSeconds(9), T0.plusSeconds(189), ME);
  private static final Move.Write WRITE = new Move.Write(new Step.AddTag(TAG, OLD), OURS);
  private static final Step.Make MAKING =
      new Step.Make(
          new NewRevision(
              OLD, true, new NewRevision.Source.Image("repo/k-back@sha", Optional.empty())),
          TAG,
          live("new=100"));
  private static final Move.Write MAKE = new Move.Write(MAKING, OURS);
  private static final ServiceState BASIS = on("before").build();
  private static final ServiceState LANDED =
      on("ours").wanted("LATEST=100 old#rb-01234567=0").etag("2").build();

  private final CloudRun cloudRun = mock(CloudRun.class);
  private final List<AuditLog.Entry> audit = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private Instant now = T0.plusSeconds(9);
  private final StepRunner runner =
      new StepRunner(cloudRun, "bot", () -> now, this::pause, audit::add);

  private final Map<String, Journal> journals =
      Map.of(
          "before",
          BEFORE,
          "ours",
          OURS,
          "w2's",
          BEFORE.next(JobState.SWITCHING, Ending.NONE, T0.plusSeconds(9), T0, "w2"),
          "of another click",
          OURS.withTimes(
              new Journal.Times(
                  OURS.times().asked(),
                  OURS.times().approved().plusMillis(1),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty())),
          "by Bob",
          OURS.closedBy("U-bob"),
          "carried on",
          BEFORE
              .next(JobState.UNDOING, Ending.NONE, T0.plusSeconds(9), T0, "w2")
              .closedBy("U-bob")
              .next(JobState.CLOSED, Ending.UNDONE, T0.plusSeconds(11), T0, "w2"));

  @BeforeEach
  void journalsAreRead() {
    when(cloudRun.journal(any(), any()))
        .thenAnswer(
            call -> {
              ServiceState state = call.getArgument(0);
              return state
                  .journal()
                  .map(journals::get)
                  .<JournalReading>map(JournalReading.Found::new)
                  .orElseGet(JournalReading.Absent::new);
            });
  }

  @Test
  void aWriteLandsWithItsJournalAndIsNoted() {
    when(cloudRun.read(K_BACK)).thenReturn(LANDED);

    assertThat(runner.run(WRITE, BASIS)).isEqualTo(new Outcome.Landed(LANDED));
    verify(cloudRun).write(BASIS, split("LATEST=100 old#rb-01234567=0"), OURS);
    assertThat(audit).hasSize(1).first().extracting(AuditLog.Entry::what).isEqualTo("SWITCHING");
  }

  @Test
  void aLostAnswerThatLandedIsRecognisedAndNotRepeated() {
    fail(Kind.UNAVAILABLE);
    when(cloudRun.read(K_BACK)).thenReturn(LANDED);

    assertThat(runner.run(WRITE, BASIS)).isEqualTo(new Outcome.Landed(LANDED));
    verifyWrites(1);
    assertThat(audit).hasSize(1);
  }

  @Test
  void aLostAnswerThatDidNotLandIsWrittenAgain() {
    failOnce(Kind.UNAVAILABLE);
    when(cloudRun.read(K_BACK)).thenReturn(BASIS, LANDED);

    assertThat(runner.run(WRITE, BASIS)).isEqualTo(new Outcome.Landed(LANDED));
    verifyWrites(2);
  }

  @Test
  void aConflictOverTheSameBasisIsTriedAgainWithTheNewEtag() {
    ServiceState touched = on("before").etag("1b").build();
    failOnce(Kind.CONFLICT);
    when(cloudRun.read(K_BACK)).thenReturn(touched, LANDED);

    assertThat(runner.run(WRITE, BASIS)).isEqualTo(new Outcome.Landed(LANDED));
    verify(cloudRun).write(touched, split("LATEST=100 old#rb-01234567=0"), OURS);
  }

  @Test
  void tagsThatSomebodyAddedMeanwhileAreKept() {
    ServiceState tagged = on("before").wanted("LATEST=100 new#preview=0").etag("1b").build();
    failOnce(Kind.CONFLICT);
    when(cloudRun.read(K_BACK)).thenReturn(tagged, LANDED);

    assertThat(runner.run(WRITE, BASIS)).isEqualTo(new Outcome.Landed(LANDED));
    verify(cloudRun).write(tagged, split("LATEST=100 new#preview=0 old#rb-01234567=0"), OURS);
  }

  @Test
  void aConflictWithUsersMovedIsTheEnd() {
    moved(on("before").wanted("old=100").build());
  }

  @Test
  void aConflictWithAnotherDriversWriteIsTheEnd() {
    moved(on("w2's").build());
  }

  @Test
  void theSameWriteForAnotherClickOfThePersonIsNotOurs() {
    moved(on("of another click").build());
  }

  @Test
  void theSameWriteForAnotherPersonIsNotOurs() {
    moved(on("by Bob").build());
  }

  @Test
  void aPersonsWriteThatWasCarriedOnAtOnceIsRecognised() {
    ServiceState carriedOn = on("carried on").etag("3").build();
    fail(Kind.UNAVAILABLE);
    when(cloudRun.read(K_BACK)).thenReturn(carriedOn);
    Journal byBob =
        BEFORE
            .next(JobState.UNDOING, Ending.NONE, T0.plusSeconds(9), T0.plusSeconds(189), ME)
            .closedBy("U-bob");

    assertThat(runner.run(new Move.Write(new Step.Note(), byBob), BASIS))
        .isEqualTo(new Outcome.Landed(carriedOn));
  }

  @Test
  void anAcceptanceThatWasCarriedOnAtOnceIsRecognised() {
    ServiceState carriedOn = on("before").etag("3").build();
    fail(Kind.UNAVAILABLE);
    when(cloudRun.read(K_BACK)).thenReturn(carriedOn);
    Move.Write accept = new Move.Write(new Step.AddTag(TAG, OLD), job().build());

    assertThat(runner.run(accept, service().build())).isEqualTo(new Outcome.Landed(carriedOn));
  }

  @Test
  void anotherPersonsAcceptanceIsNotOurs() {
    ServiceState carriedOn = on("before").etag("3").build();
    fail(Kind.CONFLICT);
    when(cloudRun.read(K_BACK)).thenReturn(carriedOn);
    Journal byBob = job().accepted(List.of(new Journal.AcceptedOffer(JOB, T0, "U-bob"))).build();
    Move.Write accept = new Move.Write(new Step.AddTag(TAG, OLD), byBob);

    assertThat(runner.run(accept, service().build())).isEqualTo(new Outcome.Moved(carriedOn));
  }

  @Test
  void aDriversWriteThatWasCarriedOnIsLeftToTheOther() {
    moved(on("carried on").build());
  }

  @Test
  void aConflictWithTheJournalGoneIsTheEnd() {
    moved(service().build());
  }

  @Test
  void anotherBotsRecordThatCameInBetweenIsNotOverwritten() {
    ServiceState free = service().build();
    ServiceState taken = service().journal("another bot's").etag("2").build();
    when(cloudRun.journal(taken, "bot")).thenReturn(new JournalReading.Foreign("of the bot other"));
    fail(Kind.CONFLICT);
    when(cloudRun.read(K_BACK)).thenReturn(taken);

    assertThat(runner.run(WRITE, free)).isEqualTo(new Outcome.Moved(taken));
    verifyWrites(1);
  }

  @Test
  void aServiceMadeAnewIsTheEnd() {
    moved(on("before").uid("uid-2").build());
  }

  @Test
  void usersDoNotFollowLatestWhereItHasComeToMeanAnother() {
    ServiceState basis = on("before").wanted("old=100").build();
    ServiceState deployed = on("before").wanted("old=100").latest("newer").build();
    fail(Kind.CONFLICT);
    when(cloudRun.read(K_BACK)).thenReturn(deployed);

    assertThat(runner.run(new Move.Write(new Step.FollowLatest(), OURS), basis))
        .isEqualTo(new Outcome.Moved(deployed));
    verifyWrites(1);
  }

  @Test
  void aDeployIsNotInTheWayOfAShiftByName() {
    ServiceState basis = on("before").wanted("new=100").build();
    ServiceState deployed = on("before").wanted("new=100").latest("newer").etag("1b").build();
    failOnce(Kind.CONFLICT);
    when(cloudRun.read(K_BACK)).thenReturn(deployed, LANDED);

    assertThat(runner.run(WRITE, basis)).isEqualTo(new Outcome.Landed(LANDED));
  }

  @Test
  void aRevisionIsMadeWithItsTrafficAndItsJournalInOneWrite() {
    when(cloudRun.read(K_BACK)).thenReturn(LANDED);

    assertThat(runner.run(MAKE, BASIS)).isEqualTo(new Outcome.Landed(LANDED));
    verify(cloudRun)
        .writeTemplate(BASIS, split("new=100 old#rb-01234567=0"), MAKING.revision(), OURS);
    verify(cloudRun, never()).write(any(), any(), any());
  }

  @Test
  void noRevisionIsMadeOfATemplateThatSomebodyChanged() {
    ServiceState changed = on("before").template("t2").etag("1b").build();
    doThrow(new WorldException(Kind.CONFLICT, "no"))
        .when(cloudRun)
        .writeTemplate(any(), any(), any(), any());
    when(cloudRun.read(K_BACK)).thenReturn(changed);

    assertThat(runner.run(MAKE, BASIS)).isEqualTo(new Outcome.Moved(changed));
  }

  @Test
  void aChangedTemplateIsNotInTheWayOfAShift() {
    failOnce(Kind.CONFLICT);
    when(cloudRun.read(K_BACK)).thenReturn(on("before").template("t2").etag("1b").build(), LANDED);

    assertThat(runner.run(WRITE, BASIS)).isEqualTo(new Outcome.Landed(LANDED));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"DENIED", "NOT_FOUND", "REFUSED"})
  void whatIsRefusedIsNotRepeated(Kind kind) {
    fail(kind);

    assertThat(runner.run(WRITE, BASIS)).isInstanceOf(Outcome.Refused.class);
    verifyWrites(1);
    verify(cloudRun, never()).read(any());
    assertThat(audit).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CONFLICT", "UNAVAILABLE", "QUOTA"})
  void neverMoreThanFiveTries(Kind kind) {
    fail(kind);
    when(cloudRun.read(K_BACK)).thenReturn(BASIS);

    assertThat(runner.run(WRITE, BASIS)).isInstanceOf(Outcome.Unknown.class);
    verifyWrites(5);
  }

  @Test
  void neverMuchLongerThanTenSeconds() {
    doThrow(new WorldException(Kind.UNAVAILABLE, "slow"))
        .doAnswer(
            call -> {
              now = now.plusSeconds(11);
              throw new WorldException(Kind.UNAVAILABLE, "slow");
            })
        .when(cloudRun)
        .write(any(), any(), any());
    when(cloudRun.read(K_BACK)).thenReturn(BASIS);

    assertThat(runner.run(WRITE, BASIS)).isInstanceOf(Outcome.Unknown.class);
    verifyWrites(2);
  }

  @Test
  void withoutALookThereIsNoSecondWrite() {
    fail(Kind.UNAVAILABLE);
    when(cloudRun.read(K_BACK)).thenThrow(new WorldException(Kind.UNAVAILABLE, "out"));

    assertThat(runner.run(WRITE, BASIS)).isInstanceOf(Outcome.Unknown.class);
    verifyWrites(1);
  }

  @Test
  void aLookThatSucceedsLateStillFindsTheWriteLanded() {
    fail(Kind.UNAVAILABLE);
    when(cloudRun.read(K_BACK))
        .thenThrow(new WorldException(Kind.UNAVAILABLE, "out"))
        .thenReturn(LANDED);

    assertThat(runner.run(WRITE, BASIS)).isEqualTo(new Outcome.Landed(LANDED));
    verifyWrites(1);
    assertThat(pauses).isNotEmpty();
  }

  @Test
  void aWriteThatLandedIsNoFailureWhenNobodyCanLookAtIt() {
    when(cloudRun.read(K_BACK)).thenThrow(new WorldException(Kind.UNAVAILABLE, "out"));

    assertThat(runner.run(WRITE, BASIS)).isEqualTo(new Outcome.Landed(BASIS));
  }

  private void moved(ServiceState found) {
    fail(Kind.CONFLICT);
    when(cloudRun.read(K_BACK)).thenReturn(found);

    assertThat(runner.run(WRITE, BASIS)).isEqualTo(new Outcome.Moved(found));
    verifyWrites(1);
    assertThat(audit).isEmpty();
  }

  private static AService on(String journal) {
    return service().journal(journal).latest(NEW.value());
  }

  private void fail(Kind kind) {
    doThrow(new WorldException(kind, "no")).when(cloudRun).write(any(), any(), any());
  }

  private void failOnce(Kind kind) {
    doThrow(new WorldException(kind, "no")).doNothing().when(cloudRun).write(any(), any(), any());
  }

  private void verifyWrites(int number) {
    verify(cloudRun, times(number)).write(any(), any(), any());
  }

  private void pause(Duration duration) {
    pauses.add(duration);
    now = now.plus(duration);
  }
}
