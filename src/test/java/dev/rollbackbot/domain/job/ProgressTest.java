package dev.rollbackbot.domain.job;

import static dev.rollbackbot.domain.Samples.LIMITS;
import static dev.rollbackbot.domain.Samples.ME;
import static dev.rollbackbot.domain.Samples.T0;
import static dev.rollbackbot.domain.Samples.job;
import static dev.rollbackbot.domain.Samples.old;
import static dev.rollbackbot.domain.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rollbackbot.domain.Samples.AJournal;
import dev.rollbackbot.domain.Samples.AService;
import dev.rollbackbot.domain.health.ErrorChanges;
import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.health.Health;
import dev.rollbackbot.domain.health.LogGap;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.ProbeResult;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.ServiceState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Rollback table of the states, row by row: state and event to the next move. */
class ProgressTest {
  private static final Progress PROGRESS = new Progress(LIMITS);
  private static final ProbeResult GOOD = new ProbeResult(5, 5, 120, "");
  private static final ProbeResult BAD = new ProbeResult(1, 5, 900, "HTTP 500");
  private static final Readings NOTHING = Readings.none();
  private static final String TAGGED = "LATEST=100 old#rb-01234567=0";
  private static final String SHIFTED = "old=100 old#rb-01234567=0";

  @ParameterizedTest(name = "preparing: {0}")
  @MethodSource
  void preparing(
      String name,
      AService service,
      Optional<Revision> target,
      Readings readings,
      int at,
      String move) {
    assertThat(next(job().build(), service, target, readings, at, ME)).isEqualTo(move);
  }

  static Stream<Arguments> preparing() {
    Optional<Revision> ready = Optional.of(old());
    Optional<Revision> failed = Optional.of(not(true));
    Optional<Revision> starting = Optional.of(not(false));
    AService tagged = service().wanted(TAGGED);
    AService hidden = service().wanted(TAGGED).observed("LATEST=100");
    AService failing = service().wanted(TAGGED).observed("LATEST=100").failing("cannot start");
    return Stream.of(
        arguments("the address is not there yet", hidden, ready, NOTHING, 2, "wait to 3s"),
        arguments("the address is there", tagged, ready, NOTHING, 5, "measure PROBES"),
        arguments("the probe is good", tagged, ready, probed(GOOD), 9, "SWITCHING: users old=100"),
        arguments("the probe fails", tagged, ready, probed(BAD), 9, "HELD: note"),
        arguments("the target cannot start", tagged, failed, NOTHING, 5, "FAILED: tag off"),
        arguments(
            "the target was deleted", tagged, Optional.empty(), NOTHING, 5, "FAILED: tag off"),
        arguments("not up in four minutes", hidden, starting, NOTHING, 240, "FAILED: tag off"),
        arguments("it runs, its address never came", hidden, ready, NOTHING, 240, "HELD: note"),
        arguments("a failing deploy, a short wait", failing, ready, NOTHING, 9, "wait to 10s"),
        arguments("a failing deploy hides the address", failing, ready, NOTHING, 30, "HELD: note"),
        arguments("and the target still starts", failing, starting, NOTHING, 30, "wait to 31s"),
        arguments(
            "a deploy went live",
            service().wanted(TAGGED).latest("newer"),
            ready,
            NOTHING,
            5,
            "MOVED by ken@example.com: tag off"),
        arguments(
            "a deploy from before went live",
            service().wanted(TAGGED).latest("newer").writtenBy("rollback-bot"),
            ready,
            NOTHING,
            5,
            "MOVED: tag off"),
        arguments(
            "somebody set traffic",
            service().wanted("old=50 new=50 old#rb-01234567=0"),
            ready,
            probed(GOOD),
            5,
            "MOVED by ken@example.com: tag off"),
        arguments(
            "somebody pinned what was live",
            service().wanted("new=100 old#rb-01234567=0"),
            ready,
            NOTHING,
            5,
            "measure PROBES"));
  }

  @ParameterizedTest(name = "preparing what cannot be probed: {0}")
  @MethodSource
  void unprobed(String name, AService service, int at, String move) {
    Journal journal = job().unprobeable().build();
    assertThat(next(journal, service, Optional.of(old()), NOTHING, at, ME)).isEqualTo(move);
  }

  static Stream<Arguments> unprobed() {
    return Stream.of(
        arguments("its tag is there", service().wanted(TAGGED), 2, "SWITCHING: users old=100"),
        arguments(
            "its tag is wanted, and has no address",
            service().wanted(TAGGED).observed("LATEST=100"),
            2,
            "SWITCHING: users old=100"),
        arguments("its tag is gone", service().wanted("LATEST=100"), 2, "wait to 3s"));
  }

  @ParameterizedTest(name = "held: {0}")
  @MethodSource
  void held(String name, AService service, int at, String move) {
    Journal journal =
        job().in(JobState.HELD, Duration.ofSeconds(20), Duration.ofSeconds(580)).build();
    assertThat(next(journal, service, Optional.empty(), NOTHING, at, ME)).isEqualTo(move);
  }

  static Stream<Arguments> held() {
    return Stream.of(
        arguments("a person decides", service().wanted(TAGGED), 30, "wait to 10m"),
        arguments("nobody decided", service().wanted(TAGGED), 600, "STOPPED: tag off"),
        arguments(
            "moved meanwhile",
            service().wanted("newer=100 old#rb-01234567=0"),
            30,
            "MOVED by ken@example.com: tag off"));
  }

  @ParameterizedTest(name = "switching: {0}")
  @MethodSource
  void switching(
      String name, AJournal job, AService service, Readings readings, int at, String move) {
    Journal journal =
        job.in(JobState.SWITCHING, Duration.ofSeconds(10), LIMITS.settle()).live("old=100").build();
    assertThat(next(journal, service, Optional.empty(), readings, at, ME)).isEqualTo(move);
  }

  static Stream<Arguments> switching() {
    AService lagging = service().wanted(SHIFTED).observed(TAGGED);
    AService canary = service().wanted(SHIFTED).observed("old=10 new=90");
    return Stream.of(
        arguments("the platform lags", job(), lagging, NOTHING, 12, "wait to 13s"),
        arguments(
            "the platform says so",
            job(),
            service().wanted(SHIFTED),
            NOTHING,
            14,
            "VERIFYING: note"),
        arguments("it says nothing for long", job(), lagging, NOTHING, 20, "measure SERVED"),
        arguments(
            "the target served a user",
            job(),
            lagging,
            NOTHING.withServed(true),
            20,
            "VERIFYING: note"),
        arguments(
            "it has served nobody", job(), lagging, NOTHING.withServed(false), 20, "wait to 25s"),
        arguments(
            "a target with users before proves nothing by serving",
            job().before("old=10 new=90"),
            canary,
            NOTHING,
            20,
            "wait to 25s"),
        arguments(
            "no proof in three minutes", job(), lagging, NOTHING, 190, "open UNKNOWN: tag off"),
        arguments(
            "taken over",
            job(),
            service().wanted("new=100 old#rb-01234567=0"),
            NOTHING,
            14,
            "TAKEN_OVER by ken@example.com: tag off"),
        arguments(
            "touched, and the target still has all",
            job(),
            service().wanted("old=60 old=40 old#rb-01234567=0 new#x=0"),
            NOTHING,
            14,
            "VERIFYING: note"));
  }

  @ParameterizedTest(name = "verifying: {0}")
  @MethodSource
  void verifying(String name, AService service, Readings readings, int at, String move) {
    Journal journal =
        job()
            .in(JobState.VERIFYING, Duration.ofSeconds(20), Duration.ofMinutes(3))
            .live("old=100")
            .build();
    assertThat(next(journal, service, Optional.empty(), readings, at, ME)).isEqualTo(move);
  }

  static Stream<Arguments> verifying() {
    AService shifted = service().wanted(SHIFTED);
    return Stream.of(
        arguments("evidence gathers", shifted, NOTHING, 60, "wait to 3m20s"),
        arguments("the time is over", shifted, NOTHING, 200, "measure ASSESSMENT"),
        arguments("healthy", shifted, assessed(Health.HEALTHY), 200, "open VERIFIED: tag off"),
        arguments(
            "too little said",
            shifted,
            assessed(Health.NOT_ENOUGH_DATA),
            200,
            "open UNPROVEN: tag off"),
        arguments(
            "no help, no flip back", shifted, assessed(Health.UNHEALTHY), 200, "open BAD: tag off"),
        arguments("logs are late", shifted, lacking(late()), 200, "wait to 3m30s"),
        arguments("late logs are waited for", shifted, lacking(late()), 255, "wait to 4m20s"),
        arguments(
            "but no longer than a minute", shifted, lacking(late()), 260, "open UNPROVEN: tag off"),
        arguments(
            "no reads left in this minute",
            shifted,
            lacking(new LogGap.Unread(LogGap.Reason.QUOTA)),
            200,
            "wait to 3m30s"),
        arguments(
            "a permission will not come by waiting",
            shifted,
            lacking(new LogGap.Unread(LogGap.Reason.DENIED)),
            200,
            "open UNPROVEN: tag off"),
        arguments("a deploy gets 0 %", shifted.latest("newer"), NOTHING, 60, "wait to 3m20s"),
        arguments(
            "taken over",
            service().wanted("LATEST=100 old#rb-01234567=0"),
            NOTHING,
            60,
            "TAKEN_OVER by ken@example.com: tag off"));
  }

  @ParameterizedTest(name = "open: {0}")
  @MethodSource
  void open(String name, AService service, String move) {
    Journal journal = job().rested(Ending.VERIFIED).build();
    assertThat(next(journal, service, Optional.empty(), NOTHING, 900, ME)).isEqualTo(move);
  }

  static Stream<Arguments> open() {
    return Stream.of(
        arguments("nothing happens", service().wanted("old=100"), "wait for a change"),
        arguments(
            "a deploy gets 0 %",
            service().wanted("old=100").latest("newer"), "open VERIFIED: note"),
        arguments(
            "somebody moves traffic",
            service().wanted("LATEST=100"),
            "TAKEN_OVER by ken@example.com: tag off"));
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource
  void onTheWayBack(
      String name, JobState state, AService service, Readings readings, int at, String move) {
    Journal journal =
        job().in(state, Duration.ofSeconds(10), LIMITS.settle()).closedBy("U-ann").build();
    assertThat(next(journal, service, Optional.empty(), readings, at, ME)).isEqualTo(move);
  }

  static Stream<Arguments> onTheWayBack() {
    AService back = service().wanted("new=100");
    AService lagging = service().wanted("new=100").observed("old=100");
    return Stream.of(
        arguments("the platform lags", JobState.UNDOING, lagging, NOTHING, 12, "wait to 13s"),
        arguments("live is probed", JobState.UNDOING, back, NOTHING, 14, "measure LIVE_PROBE"),
        arguments(
            "well again",
            JobState.UNDOING,
            back,
            NOTHING.withLive(GOOD),
            14,
            "UNDONE by U-ann: tag off"),
        arguments(
            "ill, and told so",
            JobState.UNDOING,
            back,
            NOTHING.withLive(BAD),
            14,
            "UNDONE by U-ann: tag off"),
        arguments(
            "not settled",
            JobState.UNDOING,
            lagging,
            NOTHING,
            190,
            "open UNKNOWN by U-ann: tag off"),
        arguments(
            "moved",
            JobState.UNDOING,
            service().wanted("newer=100"),
            NOTHING,
            14,
            "TAKEN_OVER by ken@example.com: tag off"),
        arguments(
            "moved by nobody known",
            JobState.UNDOING,
            service().latest("newer").writtenBy("rollback-bot"),
            NOTHING,
            14,
            "TAKEN_OVER: tag off"),
        arguments("the platform lags", JobState.RETURNING, lagging, NOTHING, 12, "wait to 13s"),
        arguments(
            "on newest",
            JobState.RETURNING,
            service(),
            NOTHING.withLive(GOOD),
            14,
            "RETURNED by U-ann: tag off"));
  }

  @ParameterizedTest(name = "before the return to newest: {0}")
  @MethodSource
  void preparingTheReturn(String name, AService service, Readings readings, int at, String move) {
    Journal journal =
        job()
            .in(JobState.RETURN_PREPARING, Duration.ofSeconds(10), LIMITS.prepare())
            .live("old=100")
            .build();
    assertThat(next(journal, service, Optional.empty(), readings, at, ME)).isEqualTo(move);
  }

  static Stream<Arguments> preparingTheReturn() {
    String tagged = "old=100 new#rb-01234567=0";
    AService there = service().wanted(tagged);
    AService hidden = service().wanted(tagged).observed("old=100");
    return Stream.of(
        arguments("its address is awaited", hidden, NOTHING, 12, "wait to 13s"),
        arguments("it is probed first", there, NOTHING, 14, "measure PROBES"),
        arguments("it is well", there, probed(GOOD), 14, "RETURNING: users LATEST"),
        arguments("it is not", there, probed(BAD), 14, "open NEWEST_UNWELL: tag off"),
        arguments("no address in time", hidden, NOTHING, 250, "open NEWEST_UNWELL: tag off"),
        arguments(
            "it is not the newest any more",
            service().wanted(tagged).latest("newer"),
            probed(GOOD),
            14,
            "open NEWEST_UNWELL: tag off"),
        arguments(
            "moved",
            service().wanted("new=100"),
            NOTHING,
            14,
            "TAKEN_OVER by ken@example.com: tag off"));
  }

  @ParameterizedTest(name = "another driver, {0} since {1} s, until {2} s: waits to {3}")
  @MethodSource
  void anotherDriverWaits(JobState state, int since, int lasts, String until) {
    Journal journal =
        job()
            .drivenBy("w2")
            .in(state, Duration.ofSeconds(since), Duration.ofSeconds(lasts))
            .build();
    assertThat(next(journal, service(), Optional.of(old()), NOTHING, since + 1, ME))
        .isEqualTo(until);
  }

  static Stream<Arguments> anotherDriverWaits() {
    return Stream.of(
        arguments(JobState.PREPARING, 0, 240, "wait to 30s"),
        arguments(JobState.RETURN_PREPARING, 0, 240, "wait to 30s"),
        arguments(JobState.SWITCHING, 10, 180, "wait to 25s"),
        arguments(JobState.UNDOING, 10, 180, "wait to 25s"),
        arguments(JobState.RETURNING, 10, 180, "wait to 25s"),
        arguments(JobState.VERIFYING, 20, 180, "wait to 3m35s"),
        arguments(JobState.HELD, 20, 580, "wait to 10m15s"));
  }

  @ParameterizedTest(name = "a stale {0} is carried on by another driver")
  @MethodSource("anotherDriverWaits")
  void anotherDriverJoins(JobState state, int since, int lasts, String until) {
    Journal journal =
        job()
            .drivenBy("w2")
            .in(state, Duration.ofSeconds(since), Duration.ofSeconds(lasts))
            .build();
    assertThat(next(journal, service(), Optional.empty(), NOTHING, since + lasts + 15, ME))
        .doesNotStartWith("wait");
  }

  @ParameterizedTest(name = "{0} is over")
  @MethodSource
  void overIsOver(JobState state) {
    Journal journal = job().in(state, Duration.ofMinutes(5), Duration.ZERO).build();
    assertThat(next(journal, service().wanted("x=100"), Optional.empty(), NOTHING, 900, ME))
        .isEqualTo("wait for a change");
  }

  static Stream<JobState> overIsOver() {
    return Stream.of(JobState.CLOSED, JobState.STUCK);
  }

  private static String next(
      Journal journal,
      AService service,
      Optional<Revision> target,
      Readings readings,
      int seconds,
      String driver) {
    ServiceState state = service.build();
    Move move =
        PROGRESS.next(
            new Observed(state, journal, target), readings, T0.plusSeconds(seconds), driver);
    if (move instanceof Move.Write(var _, Journal next)) {
      assertThat(next.seq()).isEqualTo(journal.seq() + 1);
      assertThat(next.driver()).isEqualTo(driver);
    }
    return Moves.text(move);
  }

  private static Revision not(boolean failed) {
    Revision old = old();
    return new Revision(
        old.name(),
        old.image(),
        Map.of(),
        old.created(),
        false,
        failed ? Optional.of("The container failed to start.") : Optional.empty());
  }

  private static Readings probed(ProbeResult target) {
    return NOTHING.withProbes(target, Optional.of(BAD));
  }

  private static LogGap late() {
    return new LogGap.Late(T0);
  }

  private static Readings lacking(LogGap gap) {
    Figures.Load load = new Figures.Load(50, 0, 80, 90);
    return NOTHING.withAssessment(
        new Readings.Assessment(
            Health.NOT_ENOUGH_DATA,
            Optional.of(new Figures(load, load, ErrorChanges.none(), true, Optional.of(gap))),
            List.of()));
  }

  private static Readings assessed(Health health) {
    return NOTHING.withAssessment(new Readings.Assessment(health, Optional.empty(), List.of()));
  }
}
