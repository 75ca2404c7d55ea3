package dev.rollbackbot.domain.job;

import static dev.rollbackbot.domain.Samples.LIMITS;
import static dev.rollbackbot.domain.Samples.ME;
import static dev.rollbackbot.domain.Samples.T0;
import static dev.rollbackbot.domain.Samples.job;
import static dev.rollbackbot.domain.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rollbackbot.domain.Samples.AJournal;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.News;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A line that somebody must hear is said at least once, whoever dies. */
class TellingTest {
  private static final Readings NOTHING = Readings.none();
  private static final Readings TOLD = NOTHING.withTold(true);
  private static final Readings NOT_YET = NOTHING.withTold(false);
  private static final Readings CHAT = NOTHING.withChat(true);
  private static final Readings NO_CHAT = NOTHING.withChat(false);

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void owing(String name, AJournal job, Readings readings, int at, String move) {
    assertThat(Moves.text(next(job.build(), readings, at))).isEqualTo(move);
  }

  static Stream<Arguments> owing() {
    return Stream.of(
        arguments("my line, is it said?", open(), NOTHING, 301, "measure TOLD"),
        arguments("my line waits for the chat", open(), NOT_YET, 301, "wait to 5m3s"),
        arguments("my line was said", open(), TOLD, 301, "open VERIFIED: note"),
        arguments("another's line, just now", others(), NOTHING, 301, "wait to 5m15s"),
        arguments("another's line is overdue", others(), NOTHING, 315, "measure CHAT"),
        arguments("and people can be told", others(), CHAT, 315, "open VERIFIED: note"),
        arguments("and nobody can be told", others(), NO_CHAT, 315, "wait to 5m45s"),
        arguments("the end of it is owed too", closed(), TOLD, 301, "KEPT: note"),
        arguments("a decision is owed", held().drivenBy("w2"), CHAT, 75, "HELD: note"),
        arguments(
            "at a terminal they are asked there",
            held().drivenBy("w2").atATerminal(),
            CHAT,
            75,
            "wait to 11m15s"),
        arguments(
            "the end of a terminal's is told",
            others().atATerminal(),
            CHAT,
            315,
            "open VERIFIED: note"),
        arguments(
            "nothing is owed", job().rested(Ending.VERIFIED), NOTHING, 900, "wait for a change"));
  }

  @Test
  void aMarkChangesNothingButWhatIsOwedAndWhoOwesIt() {
    Journal open = open().build();
    Journal told = ((Move.Write) next(open, TOLD, 301)).next();
    assertThat(told).isEqualTo(open.told());
    assertThat(told.seq()).isEqualTo(open.seq());

    Journal others = others().build();
    Journal mine = ((Move.Write) next(others, CHAT, 315)).next();
    assertThat(mine.driver()).isEqualTo(ME);
    assertThat(mine.untold())
        .contains(new Journal.Untold(News.STATE, T0.plus(Duration.ofSeconds(315))));
    assertThat(mine.told().takenOver("w2", T0)).isEqualTo(others.told());
  }

  private static AJournal open() {
    return job().rested(Ending.VERIFIED).owing(News.STATE, Duration.ofMinutes(5));
  }

  private static AJournal others() {
    return open().drivenBy("w2");
  }

  private static AJournal closed() {
    return job().closed(Ending.KEPT).owing(News.STATE, Duration.ofMinutes(5));
  }

  private static AJournal held() {
    return job()
        .in(JobState.HELD, Duration.ofMinutes(1), Duration.ofMinutes(10))
        .owing(News.STATE, Duration.ofMinutes(1));
  }

  private static Move next(Journal journal, Readings readings, int seconds) {
    String users = journal.state() == JobState.OPEN ? "old=100" : "new=100";
    return new Progress(LIMITS)
        .next(
            new Observed(service().wanted(users).build(), journal, Optional.empty()),
            readings,
            T0.plusSeconds(seconds),
            ME);
  }
}
