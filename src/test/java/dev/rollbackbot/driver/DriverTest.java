package dev.rollbackbot.driver;

import static dev.rollbackbot.domain.Samples.K_BACK;
import static dev.rollbackbot.domain.Samples.LIMITS;
import static dev.rollbackbot.domain.Samples.ME;
import static dev.rollbackbot.domain.Samples.T0;
import static dev.rollbackbot.domain.Samples.job;
import static dev.rollbackbot.domain.Samples.old;
import static dev.rollbackbot.domain.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.rollbackbot.domain.Samples.AJournal;
import dev.rollbackbot.domain.approval.ApprovalPolicy;
import dev.rollbackbot.domain.approval.ApprovalPolicy.Rule;
import dev.rollbackbot.domain.health.HealthJudge;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.engine.CanaryTerms;
import dev.rollbackbot.engine.Cards;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.engine.StepRunner;
import dev.rollbackbot.engine.StepRunner.Outcome;
import dev.rollbackbot.engine.Together;
import dev.rollbackbot.engine.Verdicts;
import dev.rollbackbot.port.CloudRun;
import dev.rollbackbot.port.JournalFullException;
import dev.rollbackbot.port.LogReader;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import dev.rollbackbot.statistics.CommonsChances;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the driver does around the rules: what it believes, whom it tells, what it leaves alone. */
class DriverTest {
  private static final ServiceSettings SETTINGS =
      new ServiceSettings(
          K_BACK,
          "repo",
          "main",
          false,
          new ApprovalPolicy(Rule.CONFIRM, Set.of(), Set.of(), Duration.ofMinutes(5)),
          new HealthJudge(20, 0.05),
          LIMITS,
          new CanaryTerms(Ladder.standard(), 20, 0.05),
          Duration.ofMinutes(15),
          Optional.empty(),
          Optional.empty());
  private static final ServiceState TAGGED =
      service().wanted("LATEST=100 old#rb-01234567=0").build();

  private final CloudRun cloudRun = mock(CloudRun.class);
  private final StepRunner runner = mock(StepRunner.class);
  private final Cards cards = mock(Cards.class);
  private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
  private Instant now = T0.plusSeconds(5);
  private final Driver driver =
      new Driver(
          cloudRun,
          new Gauges(
              Map.of(),
              mock(LogReader.class),
              cards,
              new Together(readers, Duration.ofSeconds(5)),
              new Verdicts(new CommonsChances(), Map.of()),
              () -> now),
          runner,
          cards,
          () -> now,
          new Driver.Identity("bot", ME));

  @BeforeEach
  void marksNothing() {
    when(cards.withIncident(any())).thenAnswer(call -> call.getArgument(0));
    when(cloudRun.revision(any(), any())).thenReturn(Optional.of(old()));
  }

  @AfterEach
  void stop() {
    readers.close();
  }

  @Test
  void whatCouldNotBeLookedAtAfterAWriteIsNotDecidedOnAgain() {
    stands(job().unprobeable());
    // Landed, and then nobody answered: the runner can only show the state from before.
    when(runner.run(any(), any())).thenReturn(new Outcome.Landed(TAGGED));

    Instant again = driver.advance(TAGGED, SETTINGS);

    verify(runner, times(1)).run(any(), any());
    assertThat(again).isAfter(now).isBefore(now.plusSeconds(10));
  }

  @Test
  void aJournalThatIsFullIsTriedAgainWithPausesUntilPeopleAreToldThatItIsStuck() {
    stands(job().unprobeable());
    when(runner.run(any(), any()))
        .thenReturn(new Outcome.Refused(new JournalFullException("exceeds 4 KiB")));

    for (Duration since : List.of(Duration.ofSeconds(5), Duration.ofMinutes(7))) {
      now = T0.plus(since);
      Instant again = driver.advance(TAGGED, SETTINGS);
      assertThat(again).isBetween(now.plusSeconds(1), now.plusSeconds(10));
    }

    verify(runner, times(2)).run(any(), any());
    // The card shows the journal as it is to be seen now: stuck, with what to do by hand.
    verify(cards, times(2)).sync(any(), any(), any());
    assertThat(job().build().seenAt(now).state()).isEqualTo(JobState.STUCK);
  }

  @Test
  void theCardOfAnotherDriversFreshRollbackIsLeftAlone() {
    stands(job().drivenBy("w2").in(JobState.VERIFYING, Duration.ZERO, Duration.ofMinutes(3)));

    driver.advance(service().wanted("new=100").build(), SETTINGS);

    verify(cards, never()).sync(any(), any(), any());
    verify(cards, never()).wrote(any(), any(), any());
  }

  @Test
  void whoComesToARollbackInTheMiddleSaysWhereItStands() {
    stands(job().drivenBy("w2").in(JobState.SWITCHING, Duration.ZERO, Duration.ofMinutes(3)));
    now = T0.plusSeconds(20);
    when(runner.run(any(), any()))
        .thenReturn(new Outcome.Unknown(new WorldException(Kind.UNAVAILABLE, "out")));

    driver.advance(service().wanted("new=100").build(), SETTINGS);

    verify(cards).wrote(any(), any(), eq(SETTINGS));
  }

  @Test
  void aRecordThatVanishedIsToldOnce() {
    ServiceState open = service().wanted("old=100").build();
    stands(job().rested(Ending.VERIFIED));
    driver.advance(open, SETTINGS);
    when(cloudRun.journal(any(), any())).thenReturn(new JournalReading.Absent());

    driver.advance(open, SETTINGS);
    driver.advance(open, SETTINGS);

    verify(cards, times(1)).lost(any(), any(), eq(Optional.of("ken@example.com")), eq(SETTINGS));
  }

  @Test
  void theRecordOfARollbackThatWasOverMayVanish() {
    ServiceState users = service().build();
    stands(job().closed(Ending.STOPPED));
    driver.advance(users, SETTINGS);
    when(cloudRun.journal(any(), any())).thenReturn(new JournalReading.Absent());

    driver.advance(users, SETTINGS);

    verify(cards, never()).lost(any(), any(), any(), any());
  }

  @Test
  void aServiceThatIsGoneTakesItsRollbackAlong() {
    stands(job().rested(Ending.VERIFIED));
    driver.advance(service().wanted("old=100").build(), SETTINGS);
    when(cloudRun.read(K_BACK)).thenThrow(new WorldException(Kind.NOT_FOUND, "gone"));

    driver.missing(SETTINGS);
    driver.missing(SETTINGS);

    verify(cards, times(1)).lost(any(), any(), eq(Optional.empty()), eq(SETTINGS));
  }

  @Test
  void aServiceThatAListForgotIsNotGone() {
    stands(job().rested(Ending.VERIFIED));
    driver.advance(service().wanted("old=100").build(), SETTINGS);
    when(cloudRun.read(K_BACK)).thenReturn(service().build());

    driver.missing(SETTINGS);

    verify(cards, never()).lost(any(), any(), any(), any());
  }

  private void stands(AJournal job) {
    Journal journal = job.build();
    when(cloudRun.journal(any(), any())).thenReturn(new JournalReading.Found(journal));
  }
}
