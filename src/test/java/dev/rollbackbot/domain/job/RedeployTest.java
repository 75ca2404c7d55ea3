package dev.rollbackbot.domain.job;

import static dev.rollbackbot.domain.Samples.LIMITS;
import static dev.rollbackbot.domain.Samples.ME;
import static dev.rollbackbot.domain.Samples.OLD_COMMIT;
import static dev.rollbackbot.domain.Samples.OLD_DIGEST;
import static dev.rollbackbot.domain.Samples.T0;
import static dev.rollbackbot.domain.Samples.job;
import static dev.rollbackbot.domain.Samples.revision;
import static dev.rollbackbot.domain.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rollbackbot.domain.Samples.AJournal;
import dev.rollbackbot.domain.Samples.AService;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal.ProbeResult;
import dev.rollbackbot.domain.model.ImageRef;
import dev.rollbackbot.domain.model.Revision;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A rollback by a new revision, {@code old}; {@code new} held the template before, and {@code back}
 * is the one that puts it back.
 */
class RedeployTest {
  private static final Progress PROGRESS = new Progress(LIMITS);
  private static final Intervention INTERVENTION = new Intervention(PROGRESS);
  private static final Readings NOTHING = Readings.none();
  private static final Readings GOOD =
      NOTHING.withProbes(new ProbeResult(5, 5, 120, ""), Optional.empty());
  private static final Readings BAD =
      NOTHING.withProbes(new ProbeResult(1, 5, 900, "HTTP 500"), Optional.empty());
  private static final String MADE = "new=100 old#rb-01234567=0";
  private static final String RESTORED = "old=100 back#rb-01234567=0";

  @ParameterizedTest(name = "preparing: {0}")
  @MethodSource
  void preparing(
      String name, AService service, Optional<Revision> made, Readings readings, int at, String m) {
    assertThat(next(job().redeploys(), service, made, readings, at)).isEqualTo(m);
  }

  static Stream<Arguments> preparing() {
    AService hidden = service().wanted(MADE).observed("LATEST=100");
    AService shown = service().wanted(MADE);
    return Stream.of(
        arguments("not made yet", hidden, none(), NOTHING, 2, "wait to 3s"),
        arguments("never made", hidden, none(), NOTHING, 240, "FAILED: tag off"),
        arguments("starting", hidden, starting("old"), NOTHING, 5, "wait to 6s"),
        arguments("starting for ever", hidden, starting("old"), NOTHING, 240, "FAILED: tag off"),
        arguments("it cannot start", hidden, failed("old"), NOTHING, 9, "FAILED: tag off"),
        arguments("ready, its address awaited", hidden, ready("old"), NOTHING, 9, "wait to 10s"),
        arguments("its address is there", shown, ready("old"), NOTHING, 9, "measure PROBES"),
        arguments("the probe is good", shown, ready("old"), GOOD, 9, "SWITCHING: users old=100"),
        arguments("the probe fails", shown, ready("old"), BAD, 9, "HELD: note"),
        arguments(
            "the platform called it otherwise",
            service().wanted("new=100"),
            starting("k-back-00043-xyz"),
            NOTHING,
            3,
            "PREPARING: tag k-back-00043-xyz"),
        arguments(
            "a deploy comes, and gets nothing",
            service().wanted(MADE).latest("newer"),
            ready("old"),
            GOOD,
            9,
            "SWITCHING: users old=100"),
        arguments(
            "somebody set traffic",
            service().wanted("old=50 new=50"),
            ready("old"),
            GOOD,
            9,
            "MOVED by ken@example.com: tag off"));
  }

  @Test
  void aNameThatIsLearntAfterAnOutageStillGetsItsAddress() {
    Revision made = starting("k-back-00043-xyz").orElseThrow();

    assertThat(ends(job().redeploys(), service().wanted("new=100"), made)).isEqualTo("8m");
    assertThat(
            ends(
                job()
                    .redeploys()
                    .restoredBy("back")
                    .live("old=100")
                    .in(JobState.RETURN_PREPARING, Duration.ZERO, LIMITS.prepare()),
                service().wanted("old=100").created("k-back-00043-xyz"),
                made))
        .isEqualTo("8m");
  }

  /** Until when the state waits that follows five minutes after the first write. */
  private static String ends(AJournal job, AService service, Revision made) {
    Move move =
        PROGRESS.next(
            new Observed(service.build(), job.build(), Optional.of(made)),
            NOTHING,
            T0.plus(Duration.ofMinutes(5)),
            ME);
    return move instanceof Move.Write(var _, var next) ? Moves.text(next.until()) : "no write";
  }

  @Test
  void whatCannotBeProbedIsSwitchedToOnlyOnceItIsReady() {
    AJournal blind = job().redeploys().unprobeable();
    AService hidden = service().wanted(MADE).observed("LATEST=100");

    assertThat(next(blind, hidden, starting("old"), NOTHING, 5)).isEqualTo("wait to 6s");
    assertThat(next(blind, hidden, ready("old"), NOTHING, 9)).isEqualTo("SWITCHING: users old=100");
  }

  @Test
  void itsOwnRevisionIsNoDeploy() {
    AJournal open = job().redeploys().rested(Ending.VERIFIED);

    assertThat(next(open, service().wanted("old=100").latest("old"), none(), NOTHING, 400))
        .isEqualTo("wait for a change");
    assertThat(next(open, service().wanted("old=100").latest("newer"), none(), NOTHING, 400))
        .isEqualTo("open VERIFIED: note");
  }

  @ParameterizedTest(name = "putting the template back: {0}")
  @MethodSource
  void restoring(
      String name, AService service, Optional<Revision> made, Readings readings, int at, String m) {
    AJournal job =
        job()
            .redeploys()
            .restoredBy("back")
            .live("old=100")
            .in(JobState.RETURN_PREPARING, Duration.ZERO, LIMITS.prepare());
    assertThat(next(job, service, made, readings, at)).isEqualTo(m);
  }

  static Stream<Arguments> restoring() {
    AService hidden =
        service().wanted(RESTORED).observed("old=100").latest("old").deploying("back");
    AService late = service().wanted(RESTORED).latest("old").deploying("back");
    AService shown = service().wanted(RESTORED).latest("back");
    return Stream.of(
        arguments("not made yet", hidden, none(), NOTHING, 2, "wait to 3s"),
        arguments("starting", hidden, starting("back"), NOTHING, 2, "wait to 3s"),
        arguments("ready, not yet LATEST", late, ready("back"), NOTHING, 9, "wait to 10s"),
        arguments("probed", shown, ready("back"), NOTHING, 9, "measure PROBES"),
        arguments("well", shown, ready("back"), GOOD, 9, "RETURNING: users LATEST"),
        arguments("not well", shown, ready("back"), BAD, 9, "open NEWEST_UNWELL: tag off"),
        arguments(
            "it cannot start", hidden, failed("back"), NOTHING, 9, "open NEWEST_UNWELL: tag off"),
        arguments("never made", hidden, none(), NOTHING, 240, "open NEWEST_UNWELL: tag off"),
        arguments(
            "a deploy came in between",
            service().wanted(RESTORED).latest("newer"),
            ready("back"),
            GOOD,
            9,
            "open NEWEST_UNWELL: tag off"),
        arguments(
            "the platform called it otherwise",
            hidden,
            starting("k-back-00044-xyz"),
            NOTHING,
            3,
            "RETURN_PREPARING: tag k-back-00044-xyz"),
        arguments(
            "somebody set traffic",
            service().wanted("new=100").latest("back"),
            ready("back"),
            GOOD,
            9,
            "TAKEN_OVER by ken@example.com: tag off"));
  }

  @Test
  void whereUsersNeverLeftAFailedRestoreEndsIt() {
    AJournal job =
        job()
            .redeploys()
            .closed(Ending.UNDONE)
            .restoredBy("back")
            .in(JobState.RETURN_PREPARING, Duration.ZERO, LIMITS.prepare());
    AService service = service().wanted("new=100 back#rb-01234567=0").deploying("back");

    assertThat(next(job, service, failed("back"), NOTHING, 9)).isEqualTo("NEWEST_UNWELL: tag off");
    assertThat(decide(JobAction.STOP, job, service, none())).isEqualTo("UNDONE by U-bob: tag off");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void whatMayBeDone(String name, AJournal job, AService service, String actions) {
    assertThat(Intervention.possible(service.build(), job.build()).toString()).isEqualTo(actions);
  }

  static Stream<Arguments> whatMayBeDone() {
    AService ours = service().wanted("old=100").latest("old");
    AService before = service().wanted("new=100").deploying("old");
    AService deployed = service().wanted("new=100").latest("newer");
    return Stream.of(
        arguments(
            "the template is the old code",
            job().redeploys().rested(Ending.VERIFIED),
            ours,
            "[KEEP, UNDO, RESTORE]"),
        arguments(
            "somebody deployed over it",
            job().redeploys().rested(Ending.VERIFIED),
            service().wanted("old=100").latest("newer"),
            "[KEEP, UNDO, NEWEST]"),
        arguments("a shift", job().rested(Ending.VERIFIED), ours, "[KEEP, UNDO, NEWEST]"),
        arguments("kept", job().redeploys().closed(Ending.KEPT), ours, "[RESTORE]"),
        arguments("it failed", job().redeploys().closed(Ending.FAILED), before, "[RESTORE]"),
        arguments("stopped", job().redeploys().closed(Ending.STOPPED), before, "[RESTORE]"),
        arguments("undone", job().redeploys().closed(Ending.UNDONE), before, "[RESTORE]"),
        arguments(
            "it failed, then a deploy got nothing",
            job().redeploys().closed(Ending.FAILED),
            deployed,
            "[NEWEST]"),
        arguments(
            "users follow LATEST again",
            job().redeploys().closed(Ending.UNDONE),
            service().latest("newer"),
            "[]"),
        arguments("returned", job().redeploys().closed(Ending.RETURNED), ours, "[]"),
        arguments("a shift that failed", job().closed(Ending.FAILED), before, "[]"));
  }

  @Test
  void theTemplateIsPutBackFromTheRevisionThatHeldItAndByDigestAlone() {
    AJournal open = job().redeploys().rested(Ending.VERIFIED);
    AService ours = service().wanted("old=100").latest("old");
    var byTag = ready("new").map(r -> with(r, "repo/k-back:latest"));

    assertThat(decide(JobAction.RESTORE, open, ours, ready("new")))
        .isEqualTo("RETURN_PREPARING by U-bob: make as new, users old=100");
    assertThat(decide(JobAction.RESTORE, open, ours, none())).isEqualTo("no: BEFORE_GONE");
    assertThat(decide(JobAction.RESTORE, open, ours, byTag)).isEqualTo("no: DIGEST_UNKNOWN");
    assertThat(decide(JobAction.NEWEST, open, ours, none())).isEqualTo("no: NO_OPEN_JOB");
  }

  @Test
  void undoGivesNamesBackEvenWhereThePlatformStillShowsTheOldLatest() {
    AJournal open = job().redeploys().rested(Ending.BAD);

    assertThat(decide(JobAction.UNDO, open, service().wanted("old=100").latest("new"), none()))
        .isEqualTo("UNDOING by U-bob: users new=100");
  }

  private static String next(
      AJournal job, AService service, Optional<Revision> made, Readings readings, int seconds) {
    return Moves.text(
        PROGRESS.next(
            new Observed(service.build(), job.build(), made),
            readings,
            T0.plusSeconds(seconds),
            ME));
  }

  private static String decide(
      JobAction action, AJournal job, AService service, Optional<Revision> needed) {
    Observed observed = new Observed(service.build(), job.build(), needed);
    return switch (INTERVENTION.decide(action, observed, "U-bob", T0, ME)) {
      case Intervention.Decision.Act(Move.Write write) -> Moves.text(write);
      case Intervention.Decision.No(var problem) -> "no: " + problem.code();
    };
  }

  private static Optional<Revision> none() {
    return Optional.empty();
  }

  private static Optional<Revision> ready(String name) {
    return Optional.of(revision(name, OLD_DIGEST, OLD_COMMIT, 0));
  }

  private static Optional<Revision> starting(String name) {
    return ready(name).map(r -> notReady(r, Optional.empty()));
  }

  private static Optional<Revision> failed(String name) {
    return ready(name).map(r -> notReady(r, Optional.of("The container failed to start.")));
  }

  private static Revision notReady(Revision revision, Optional<String> failure) {
    return new Revision(
        revision.name(), revision.image(), Map.of(), revision.created(), false, failure);
  }

  private static Revision with(Revision revision, String image) {
    return new Revision(
        revision.name(),
        ImageRef.parse(image),
        revision.labels(),
        revision.created(),
        true,
        Optional.empty());
  }
}
