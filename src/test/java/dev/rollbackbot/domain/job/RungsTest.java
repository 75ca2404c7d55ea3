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
import dev.rollbackbot.domain.health.CanaryVerdict;
import dev.rollbackbot.domain.health.CanaryVerdict.Reason.TooFewRequests;
import dev.rollbackbot.domain.health.CanaryVerdict.Word;
import dev.rollbackbot.domain.health.Direction;
import dev.rollbackbot.domain.health.Look;
import dev.rollbackbot.domain.health.Side;
import dev.rollbackbot.domain.job.Readings.Watched;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.Canary.Doubt;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.Ladder.Advance;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Canary table of the states, row by row: steps of 10, 50 and 100 %, five minutes each. */
class RungsTest {
  private static final Progress PROGRESS = new Progress(LIMITS);
  private static final Readings NOTHING = Readings.none();
  private static final String SPLIT = "old=10 new=90 old#rb-01234567=0";
  private static final String HALF = "old=50 new=50 old#rb-01234567=0";
  private static final String OTHER = "another";

  @ParameterizedTest(name = "a step is ordered: {0}")
  @MethodSource
  void settling(String name, int rung, AService service, Readings readings, int at, String move) {
    Journal journal =
        canary(rung, Advance.ASK).in(JobState.SETTLING, Duration.ZERO, LIMITS.settle()).build();
    assertThat(next(journal, service, readings, at, ME)).isEqualTo(move);
  }

  static Stream<Arguments> settling() {
    AService shown = service().wanted(SPLIT);
    AService lagging = service().wanted(SPLIT).observed("LATEST=100");
    AService half = service().wanted(HALF).observed("old=10 new=90");
    return Stream.of(
        arguments("the platform shows it", 0, shown, NOTHING, 4, "WATCHING: note"),
        arguments("not yet", 0, lagging, NOTHING, 2, "wait to 3s"),
        arguments("for long not yet", 0, lagging, NOTHING, 12, "measure SERVED"),
        arguments(
            "the target has answered a user",
            0,
            lagging,
            NOTHING.withServed(true),
            12,
            "WATCHING: note"),
        arguments(
            "which proves nothing once it had users before", 1, half, NOTHING, 12, "wait to 13s"),
        arguments("never", 0, lagging, NOTHING, 180, "HOLDING: note"),
        arguments(
            "somebody sets traffic",
            0,
            service().wanted("new=100"),
            NOTHING,
            4,
            "TAKEN_OVER by ken@example.com: tag off"));
  }

  @ParameterizedTest(name = "watching: {0}")
  @MethodSource
  void watching(
      String name, AJournal canary, AService service, Readings readings, int at, String move) {
    Journal journal = canary.in(JobState.WATCHING, Duration.ZERO, Duration.ofMinutes(5)).build();
    assertThat(next(journal, service, readings, at, ME)).isEqualTo(move);
  }

  static Stream<Arguments> watching() {
    AService there = service().wanted(SPLIT);
    AJournal asks = canary(0, Advance.ASK);
    AJournal goes = canary(0, Advance.AUTO);
    AJournal last = canary(1, Advance.AUTO).live("old=50 new=50");
    AService half = service().wanted(HALF);
    return Stream.of(
        arguments("before the first look is readable", asks, there, NOTHING, 70, "wait to 1m15s"),
        arguments("when it is", asks, there, NOTHING, 75, "measure LOOK"),
        arguments("nothing found yet", asks, there, saw(Word.SAME, 60), 76, "WATCHING: note"),
        arguments(
            "worse: back at once", asks, there, saw(Word.WORSE, 60), 76, "UNDOING: users LATEST"),
        arguments(
            "worse, and LATEST is another by now",
            asks,
            service().wanted(SPLIT).latest("newer").observed("old=10 new=90"),
            saw(Word.WORSE, 60),
            76,
            "WATCHING: note"),
        arguments("blind for now", asks, there, blind(), 76, "wait to 1m26s"),
        arguments("blind at the end", lookedUpTo(240), there, blind(), 316, "wait to 5m26s"),
        arguments("blind all along: once more", asks, there, blind(), 316, "wait to 6m15s"),
        arguments("and a minute later", asks, there, blind(), 375, "HOLDING: note"),
        arguments(
            "blind for half a look: not before as long again",
            asks,
            there,
            blind(Doubt.LATE),
            105,
            "wait to 2m15s"),
        arguments(
            "blind for longer: at the next look",
            asks,
            there,
            blind(Doubt.LATE),
            140,
            "wait to 3m15s"),
        arguments(
            "blind on a fast ladder: not at every look",
            fast(),
            there,
            blind(Doubt.LATE),
            19,
            "wait to 29s"),
        arguments(
            "not its turn: it asks again soon",
            asks,
            there,
            blind(Doubt.BUDGET),
            140,
            "wait to 2m30s"),
        arguments(
            "not its turn for a minute after the end",
            goes,
            there,
            blind(Doubt.BUDGET),
            375,
            "HOLDING: note"),
        arguments(
            "better at the end: asked", asks, there, saw(Word.BETTER, 300), 316, "HOLDING: note"),
        arguments(
            "better at the end: by itself",
            goes,
            there,
            saw(Word.BETTER, 300),
            316,
            "SETTLING: users new=50,old=50"),
        arguments(
            "better before the end: it waits",
            goes,
            there,
            saw(Word.BETTER, 240),
            256,
            "WATCHING: note"),
        arguments(
            "the same is not enough on the way back",
            goes,
            there,
            saw(Word.SAME, 300),
            316,
            "HOLDING: note"),
        arguments(
            "it is on the way forward",
            forward(),
            there,
            saw(Word.SAME, 300),
            316,
            "SETTLING: users new=50,old=50"),
        arguments(
            "too few to judge", goes, there, saw(Word.NOT_ENOUGH_DATA, 300), 316, "HOLDING: note"),
        arguments("both are bad", goes, there, saw(Word.BOTH_BAD, 300), 316, "HOLDING: note"),
        arguments(
            "the last step", last, half, saw(Word.BETTER, 300), 316, "SWITCHING: users old=100"),
        arguments(
            "a deploy gets nothing",
            asks,
            service().wanted(SPLIT).latest("newer").observed("old=10 new=90"),
            NOTHING,
            10,
            "WATCHING: note"),
        arguments(
            "somebody sets traffic",
            asks,
            service().wanted("old=20 new=80"),
            NOTHING,
            10,
            "TAKEN_OVER by ken@example.com: tag off"));
  }

  @ParameterizedTest(name = "held: {0}")
  @MethodSource
  void holding(String name, Readings readings, int at, String move) {
    Journal journal =
        canary(0, Advance.AUTO)
            .in(JobState.HOLDING, Duration.ofSeconds(316), Rungs.REMINDER)
            .build();
    Journal seen =
        journal.looked(journal.canary().orElseThrow().saw(look(), T0.plusSeconds(300)), ME);
    assertThat(next(seen, service().wanted(SPLIT), readings, at, ME)).isEqualTo(move);
  }

  static Stream<Arguments> holding() {
    return Stream.of(
        arguments("looked at ever more rarely", NOTHING, 400, "wait to 10m15s"),
        arguments("the next look", NOTHING, 615, "measure LOOK"),
        arguments("better: it stays all the same", saw(Word.BETTER, 600), 616, "HOLDING: note"),
        arguments("worse: back at once", saw(Word.WORSE, 600), 616, "UNDOING: users LATEST"),
        arguments("blind: until the next look", blind(), 616, "wait to 20m15s"),
        arguments("not its turn: it asks again soon", blind(Doubt.BUDGET), 616, "wait to 10m26s"),
        arguments("a day later: reminded", NOTHING, 316 + 24 * 3600, "HOLDING: note"));
  }

  @Test
  void aRemindedCanaryIsHeldAndToldAgain() {
    Journal held =
        canary(0, Advance.ASK).in(JobState.HOLDING, Duration.ZERO, Rungs.REMINDER).build();

    var write =
        (Move.Write)
            PROGRESS.next(
                new Observed(service().wanted(SPLIT).build(), held, Optional.empty()),
                NOTHING,
                T0.plus(Rungs.REMINDER),
                ME);

    assertThat(write.next().untold()).isPresent();
    assertThat(write.next().until()).isEqualTo(T0.plus(Rungs.REMINDER.multipliedBy(2)));
  }

  @Test
  void aLookIsNoNewsAndOutdatesNoButton() {
    Journal watching =
        canary(0, Advance.ASK).in(JobState.WATCHING, Duration.ZERO, Duration.ofMinutes(5)).build();

    var write =
        (Move.Write)
            PROGRESS.next(
                new Observed(service().wanted(SPLIT).build(), watching, Optional.empty()),
                saw(Word.SAME, 60),
                T0.plusSeconds(76),
                ME);

    assertThat(write.next().seq()).isEqualTo(watching.seq());
    assertThat(write.next().untold()).isEqualTo(watching.untold());
    assertThat(write.next().canary().orElseThrow().seen()).hasSize(1);
  }

  @ParameterizedTest(name = "another worker looks: {0}")
  @MethodSource
  void joining(String name, int at, String move) {
    Journal journal =
        canary(0, Advance.ASK).in(JobState.WATCHING, Duration.ZERO, Duration.ofMinutes(5)).build();
    assertThat(next(journal, service().wanted(SPLIT), NOTHING, at, OTHER)).isEqualTo(move);
  }

  static Stream<Arguments> joining() {
    return Stream.of(
        arguments("not while the first one may", 80, "wait to 2m30s"),
        arguments("once it surely is not there", 150, "measure LOOK"));
  }

  @ParameterizedTest(name = "{0} in {1}")
  @MethodSource
  void words(JobAction action, JobState state, Advance advance, String decision) {
    Journal journal = canary(0, advance).in(state, Duration.ZERO, Duration.ofMinutes(5)).build();
    Observed observed = new Observed(service().wanted(SPLIT).build(), journal, Optional.empty());
    String decided =
        switch (new Intervention(PROGRESS)
            .decide(action, observed, "U-bob", T0.plusSeconds(400), ME)) {
          case Intervention.Decision.Act(Move.Write write) -> Moves.text(write);
          case Intervention.Decision.No(var problem) -> "no: " + problem.code();
        };
    assertThat(decided).isEqualTo(decision);
  }

  static Stream<Arguments> words() {
    return Stream.of(
        arguments(
            JobAction.GO_ON,
            JobState.HOLDING,
            Advance.ASK,
            "SETTLING by U-bob: users new=50,old=50"),
        arguments(JobAction.GO_ON, JobState.WATCHING, Advance.ASK, "no: NO_CANARY"),
        arguments(JobAction.WAIT, JobState.HOLDING, Advance.ASK, "WATCHING by U-bob: note"),
        arguments(JobAction.WAIT, JobState.WATCHING, Advance.ASK, "no: NO_CANARY"),
        arguments(JobAction.HOLD_HERE, JobState.WATCHING, Advance.AUTO, "HOLDING by U-bob: note"),
        arguments(JobAction.HOLD_HERE, JobState.HOLDING, Advance.AUTO, "no: NO_CANARY"),
        arguments(JobAction.STOP, JobState.SETTLING, Advance.ASK, "UNDOING by U-bob: users LATEST"),
        arguments(
            JobAction.STOP, JobState.WATCHING, Advance.AUTO, "UNDOING by U-bob: users LATEST"),
        arguments(JobAction.STOP, JobState.HOLDING, Advance.ASK, "UNDOING by U-bob: users LATEST"),
        arguments(JobAction.UNDO, JobState.HOLDING, Advance.ASK, "UNDOING by U-bob: users LATEST"),
        arguments(JobAction.KEEP, JobState.HOLDING, Advance.ASK, "no: NO_OPEN_JOB"),
        arguments(JobAction.KEEP, JobState.STUCK, Advance.ASK, "no: NO_OPEN_JOB"),
        arguments(JobAction.UNDO, JobState.STUCK, Advance.ASK, "UNDOING by U-bob: users LATEST"));
  }

  @Test
  void whatWasWorseEndsAsRevertedOnceUsersAreBack() {
    AJournal undoing = canary(0, Advance.ASK).in(JobState.UNDOING, Duration.ZERO, LIMITS.settle());
    Journal reverting = undoing.live("new=100").ending(Ending.REVERTED).build();

    assertThat(
            next(
                reverting,
                service().wanted("LATEST=100"),
                NOTHING.withLive(new Journal.ProbeResult(5, 5, 120, "")),
                9,
                ME))
        .isEqualTo("REVERTED: tag off");
  }

  private static AJournal lookedUpTo(int second) {
    return first(
        Canary.of(Ladder.standard(), Direction.BACK, Optional.empty())
            .higher(T0)
            .saw(look(), T0.plusSeconds(second)));
  }

  private static AJournal fast() {
    var ladder = new Ladder(List.of(10, 100), Duration.ofSeconds(20), Advance.AUTO);
    return first(Canary.of(ladder, Direction.BACK, Optional.empty()).higher(T0));
  }

  private static AJournal first(Canary canary) {
    return job().live("old=10 new=90").canary(canary);
  }

  private static AJournal canary(int rung, Advance advance) {
    return canary(rung, advance, Direction.BACK);
  }

  private static AJournal forward() {
    return canary(0, Advance.AUTO, Direction.FORWARD);
  }

  private static AJournal canary(int rung, Advance advance, Direction direction) {
    return job()
        .live(rung == 0 ? "old=10 new=90" : "old=50 new=50")
        .canary(
            new Canary(
                Ladder.standard().with(advance),
                direction,
                Optional.empty(),
                Collections.nCopies(rung + 1, T0),
                List.of(),
                Optional.empty()));
  }

  private static Look look() {
    return new Look(0, new Side(20, 0, 0), new Side(180, 60, 0));
  }

  private static Readings saw(Word word, int end) {
    return NOTHING.withWatched(
        new Watched.Seen(
            look(),
            T0.plusSeconds(end),
            new CanaryVerdict(word, List.of(new TooFewRequests(1, 1, 20)))));
  }

  private static Readings blind() {
    return blind(Doubt.UNREAD);
  }

  private static Readings blind(Doubt why) {
    return NOTHING.withWatched(new Watched.Blind(why));
  }

  private static String next(
      Journal journal, AService service, Readings readings, int at, String driver) {
    return Moves.text(
        PROGRESS.next(
            new Observed(service.build(), journal, Optional.empty()),
            readings,
            T0.plusSeconds(at),
            driver));
  }
}
