package dev.rollbackbot.engine;

import static dev.rollbackbot.domain.Samples.K_BACK;
import static dev.rollbackbot.domain.Samples.LIMITS;
import static dev.rollbackbot.domain.Samples.T0;
import static dev.rollbackbot.domain.Samples.job;
import static dev.rollbackbot.domain.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.rollbackbot.domain.approval.ApprovalPolicy;
import dev.rollbackbot.domain.approval.ApprovalPolicy.Rule;
import dev.rollbackbot.domain.health.HealthJudge;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.port.ChatRoom;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.statistics.CommonsChances;
import dev.rollbackbot.text.ChartComposer;
import dev.rollbackbot.text.Message;
import dev.rollbackbot.text.RollbackComposer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

/** What is told, and told again, while the chat product comes and goes. */
class CardsTest {
  private static final ServiceSettings SETTINGS =
      new ServiceSettings(
          K_BACK,
          "repo",
          "main",
          true,
          new ApprovalPolicy(Rule.CONFIRM, Set.of(), Set.of(), Duration.ofMinutes(5)),
          new HealthJudge(20, 0.05),
          LIMITS,
          new CanaryTerms(Ladder.standard(), 20, 0.05),
          Duration.ofMinutes(15),
          Optional.empty(),
          Optional.of("C-home"));
  private static final Card CARD = new Card("C1", "m1");
  private static final ServiceState STATE = service().build();

  private final ChatRoom chat = mock(ChatRoom.class);
  private final Deque<Runnable> tellings = new ArrayDeque<>();
  private Instant now = T0;
  private final Cards cards =
      new Cards(
          chat,
          new RollbackComposer(ZoneOffset.UTC),
          new Views(new Seal(new byte[32]), Map.of(), new Verdicts(new CommonsChances(), Map.of())),
          new Charts(_ -> Optional.empty(), new ChartComposer(ZoneOffset.UTC)),
          () -> now,
          tellings::addLast);

  @BeforeEach
  void chatIsThere() {
    lenient().when(chat.present()).thenReturn(true);
  }

  @Test
  void aCardNeverGoesBackToAnOlderState() {
    Journal older = job().seq(3).in(JobState.VERIFYING, Duration.ZERO, LIMITS.window()).build();
    Journal newer = job().seq(4).rested(Ending.VERIFIED).build();
    cards.sync(STATE, newer, SETTINGS);
    tell();

    cards.sync(STATE, older, SETTINGS);
    tell();

    assertThat(lastEdit(1)).contains("Verified");
  }

  @Test
  void aLineIsSaidOnceHoweverOftenItIsAskedFor() {
    Journal open = job().rested(Ending.VERIFIED).owing(Journal.News.STATE, Duration.ZERO).build();
    cards.wrote(STATE, open, SETTINGS);
    cards.wrote(STATE, open, SETTINGS);
    assertThat(cards.said(open)).isFalse();

    tell();

    verify(chat, times(1)).line(any(), any(), eq(true));
    assertThat(cards.said(open)).isTrue();
  }

  @Test
  void theLinesOfAThousandRollbacksAreRemembered() {
    for (int seq = 1; seq <= 3_000; seq++) {
      cards.wrote(STATE, open(seq), SETTINGS);
      tell();
    }
    cards.wrote(STATE, open(1), SETTINGS);
    tell();

    assertThat(cards.said(open(1))).isTrue();
    verify(chat, times(3_000)).line(any(), any(), eq(true));
  }

  @Test
  void aLineWaitsForTheChatProduct() {
    Journal open = job().rested(Ending.VERIFIED).owing(Journal.News.STATE, Duration.ZERO).build();
    doThrow(new WorldException(WorldException.Kind.UNAVAILABLE, "out"))
        .doNothing()
        .when(chat)
        .line(any(), any(), anyBoolean());
    cards.wrote(STATE, open, SETTINGS);
    tell();
    assertThat(cards.said(open)).isFalse();

    cards.catchUp();
    tell();

    assertThat(cards.said(open)).isTrue();
  }

  @Test
  void whatATerminalDidIsTold() {
    Journal open =
        job()
            .rested(Ending.VERIFIED)
            .atATerminal()
            .owing(Journal.News.STATE, Duration.ZERO)
            .build();
    cards.wrote(STATE, open, SETTINGS);
    tell();

    verify(chat).post(eq("C-home"), any());
    assertThat(cards.said(open)).isTrue();
  }

  @Test
  void atATerminalNobodyIsToldAndNothingIsMarked() {
    when(chat.present()).thenReturn(false);
    Journal open = job().rested(Ending.VERIFIED).owing(Journal.News.STATE, Duration.ZERO).build();
    cards.wrote(STATE, open, SETTINGS);
    tell();

    verify(chat, never()).edit(any(), any());
    assertThat(cards.said(open)).isFalse();
    assertThat(cards.reaches(open, SETTINGS)).isFalse();
  }

  @Test
  void theRollbackThatWasClosedSaysSoOnItsOwnCard() {
    var earlier =
        new Journal.Ended(
            Optional.of(new Card("C1", "m0")), Optional.of(new Card("C9", "i0")), "2e9f171");
    Journal journal =
        job()
            .build()
            .withCards(
                new Journal.Cards(
                    Optional.of(CARD), Optional.empty(), Optional.of(earlier), Locale.ENGLISH));
    cards.sync(STATE, journal, SETTINGS);
    tell();

    var told = ArgumentCaptor.forClass(Message.class);
    verify(chat).edit(eq(new Card("C1", "m0")), told.capture());
    verify(chat).edit(eq(new Card("C9", "i0")), any());
    assertThat(told.getValue().summary()).contains("Superseded");
  }

  @Test
  void aVanishedRecordIsToldOnceOnCardAndThread() {
    Journal open = job().rested(Ending.VERIFIED).build();
    cards.lost(STATE, open, Optional.of("ken@example.com"), SETTINGS);
    cards.lost(STATE, open, Optional.of("ken@example.com"), SETTINGS);
    tell();

    assertThat(lastEdit(1)).contains("Record lost");
    verify(chat, times(1)).line(any(), any(), eq(true));
  }

  @Test
  void whatNobodyCarriedOnIsShownAsStuck() {
    Journal switching = job().in(JobState.SWITCHING, Duration.ZERO, Duration.ofMinutes(3)).build();
    cards.sync(STATE, switching, SETTINGS);
    tell();
    now = T0.plus(Duration.ofMinutes(6));

    cards.sync(STATE, switching, SETTINGS);
    tell();

    assertThat(lastEdit(2)).contains("Stuck");
  }

  private static Journal open(int seq) {
    return job().seq(seq).rested(Ending.VERIFIED).owing(Journal.News.STATE, Duration.ZERO).build();
  }

  private void tell() {
    while (!tellings.isEmpty()) {
      tellings.removeFirst().run();
    }
  }

  /** The summary of the newest of so many edits of the card. */
  private String lastEdit(int edits) {
    var told = ArgumentCaptor.forClass(Message.class);
    verify(chat, times(edits)).edit(eq(CARD), told.capture());
    return told.getValue().summary();
  }
}
