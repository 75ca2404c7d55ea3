package dev.rollbackbot.text;

import static dev.rollbackbot.text.Fixtures.BAD;
import static dev.rollbackbot.text.Fixtures.BETTER;
import static dev.rollbackbot.text.Fixtures.LATE;
import static dev.rollbackbot.text.Fixtures.NEXT;
import static dev.rollbackbot.text.Fixtures.OLD;
import static dev.rollbackbot.text.Fixtures.PASSED;
import static dev.rollbackbot.text.Fixtures.SICK;
import static dev.rollbackbot.text.Fixtures.TOO_FEW;
import static dev.rollbackbot.text.Fixtures.WORSE;
import static dev.rollbackbot.text.Fixtures.at;
import static dev.rollbackbot.text.Fixtures.times;

import dev.rollbackbot.domain.command.Reason;
import dev.rollbackbot.domain.health.ErrorMessage;
import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.health.LogGap;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal.AcceptedOffer;
import dev.rollbackbot.domain.journal.Journal.Aim;
import dev.rollbackbot.domain.journal.Journal.Evidence;
import dev.rollbackbot.domain.journal.Journal.ProbeResult;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.report.JobView;
import dev.rollbackbot.domain.report.RollbackReport;
import dev.rollbackbot.text.Fixtures.JobMaker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A rollback in each of its states, as its card, its thread and other places tell it. */
final class JobSituations {
  private final Map<String, RollbackReport> all = new LinkedHashMap<>();

  JobSituations() {
    beforeUsersMove();
    afterUsersMoved();
    ended();
    redeployed();
    elsewhere();
    pins();
    offered();
  }

  /** The return from a pin that no rollback of this bot's had made. */
  private void pins() {
    var checking = back(JobState.RETURN_PREPARING, Ending.NONE).ofAPin();
    checking.times = times("", "", "", "");
    checking.evidence = new Evidence(Optional.empty(), Optional.empty(), Optional.empty());
    card("pin-checking", checking.actions(JobAction.STOP).make());
    var unwell = new JobMaker(JobState.OPEN, Ending.NEWEST_UNWELL).ofAPin().closedBy("U0BEN");
    unwell.times = times("", "", "", "");
    card(
        "pin-unwell",
        unwell
            .evidence(Optional.of(SICK), Optional.of(PASSED))
            .actions(JobAction.KEEP, JobAction.NEWEST)
            .make());
    var returned = new JobMaker(JobState.CLOSED, Ending.RETURNED).ofAPin().closedBy("U0BEN");
    returned.times = times("", "", "", "03:05:50");
    returned.live = LiveSplit.all(NEXT);
    JobView view = returned.evidence(Optional.of(PASSED), Optional.of(PASSED)).make();
    card("pin-returned", view);
    add("incident-pin-returned", new RollbackReport.Incident(view));
  }

  /** What needs somebody's yes besides a plan. */
  private void offered() {
    JobView open = open(Ending.BAD).figures(WORSE).make();
    Optional<Reason> none = Optional.empty();
    ask("undo", open, JobAction.UNDO, none, false);
    ask(
        "undo-alone",
        open,
        JobAction.UNDO,
        Optional.of(new Reason("nobody else is awake", true)),
        false);
    var newest = open(Ending.VERIFIED).figures(BETTER);
    newest.newest = Optional.of(NEXT);
    ask("newest", newest.make(), JobAction.NEWEST, none, false);
    JobView pin =
        new JobMaker(JobState.RETURN_PREPARING, Ending.NONE)
            .ofAPin()
            .actions(JobAction.NEWEST)
            .make();
    ask("newest-of-a-pin", pin, JobAction.NEWEST, none, true);
    ask("switch", held(SICK).make(), JobAction.SWITCH_ANYWAY, none, false);
    ask(
        "restore",
        new JobMaker(JobState.OPEN, Ending.VERIFIED).redeployed().actions(JobAction.RESTORE).make(),
        JobAction.RESTORE,
        Optional.empty(),
        false);
    add(
        "action-taken",
        new RollbackReport.ActionTaken(
            back(JobState.UNDOING, Ending.NONE).stillOnBad().make(),
            JobAction.UNDO,
            "U0AIKO",
            new AcceptedOffer("0123456789abcdef", at("03:20:11"), "U0BEN")));
    add(
        "action-over",
        new RollbackReport.ActionOver(
            Fixtures.SERVICE, "U0AIKO", Problem.refusal(Problem.Code.NO_OPEN_JOB)));
  }

  private void ask(
      String name, JobView view, JobAction action, Optional<Reason> reason, boolean renewed) {
    add(
        "action-" + name,
        new RollbackReport.ActionOffered(
            view.only(action), action, "U0AIKO", reason, at("03:18:40"), at("03:33:40"), renewed));
  }

  Map<String, RollbackReport> all() {
    return all;
  }

  private void add(String name, RollbackReport report) {
    all.put(name, report);
  }

  /** The card and the line of one state. */
  private void card(String name, JobView view) {
    add("card-" + name, new RollbackReport.Card(view));
    add("line-" + name, new RollbackReport.Line(view));
  }

  private void beforeUsersMove() {
    var preparing = new JobMaker(JobState.PREPARING, Ending.NONE).stillOnBad();
    preparing.times = times("", "", "", "");
    preparing.evidence(Optional.empty(), Optional.empty());
    preparing.until = at("03:06:05");
    card("preparing", preparing.reason("KeyError in /plans").actions(JobAction.STOP).make());
    card("held", held(SICK).make());
    card("held-alike", held(new ProbeResult(0, 5, 0, "HTTP 500 /healthz")).make());
    var failed = new JobMaker(JobState.CLOSED, Ending.FAILED).stillOnBad();
    failed.times = times("", "", "", "");
    failed.evidence(
        Optional.of(new ProbeResult(0, 0, 0, "HealthCheckContainerError: port 8080")),
        Optional.empty());
    card("failed", failed.make());
    var moved = new JobMaker(JobState.CLOSED, Ending.MOVED).closedBy("ci@kb-prod");
    moved.times = times("", "", "", "");
    moved.live = LiveSplit.all(NEXT);
    card("moved", moved.make());
    card("stopped", untouched(Ending.STOPPED).closedBy("U0BEN").make());
    card("stopped-nobody", untouched(Ending.STOPPED).make());
  }

  private static JobMaker held(ProbeResult target) {
    var held = new JobMaker(JobState.HELD, Ending.NONE).stillOnBad();
    held.times = times("03:02:31", "", "", "");
    return held.evidence(
            Optional.of(target), Optional.of(new ProbeResult(2, 5, 410, "HTTP 500 /healthz")))
        .actions(JobAction.STOP, JobAction.SWITCH_ANYWAY);
  }

  private static JobMaker untouched(Ending ending) {
    var untouched = new JobMaker(JobState.CLOSED, ending).stillOnBad();
    untouched.times = times("03:02:31", "", "", "");
    return untouched;
  }

  private void afterUsersMoved() {
    var switching = new JobMaker(JobState.SWITCHING, Ending.NONE);
    switching.times = times("03:02:31", "03:02:40", "", "");
    card("switching", switching.actions(JobAction.STOP).make());
    var unprobed = new JobMaker(JobState.SWITCHING, Ending.NONE);
    unprobed.times = times("", "03:02:40", "", "");
    unprobed.aim =
        new Aim(
            OLD,
            unprobed.aim.digest(),
            Optional.empty(),
            Optional.of(BAD),
            Optional.empty(),
            false);
    unprobed.target = Optional.empty();
    unprobed.from = Optional.empty();
    unprobed.evidence(Optional.empty(), Optional.empty());
    card("switching-unprobed", unprobed.make());
    var verifying = new JobMaker(JobState.VERIFYING, Ending.NONE);
    verifying.times = times("03:02:31", "03:02:40", "03:02:44", "");
    verifying.until = at("03:05:44");
    card("verifying", verifying.actions(JobAction.STOP).make());
    card("verified", open(Ending.VERIFIED).figures(BETTER).make());
    card("unproven", open(Ending.UNPROVEN).figures(TOO_FEW).make());
    card("unproven-late", open(Ending.UNPROVEN).figures(LATE).make());
    for (LogGap.Reason reason : LogGap.Reason.values()) {
      card(
          "unproven-" + reason.name().toLowerCase(Locale.ROOT),
          open(Ending.UNPROVEN).figures(Figures.unread(reason)).make());
    }
    card("bad", open(Ending.BAD).figures(WORSE).make());
    card("unknown", open(Ending.UNKNOWN).make());
    card(
        "newest-unwell",
        open(Ending.NEWEST_UNWELL)
            .figures(BETTER)
            .evidence(Optional.of(SICK), Optional.of(PASSED))
            .closedBy("U0AIKO")
            .make());
    card(
        "stuck",
        new JobMaker(JobState.STUCK, Ending.NONE)
            .actions(JobAction.KEEP, JobAction.UNDO, JobAction.NEWEST)
            .make());
  }

  static JobMaker open(Ending ending) {
    return new JobMaker(JobState.OPEN, ending)
        .actions(JobAction.KEEP, JobAction.UNDO, JobAction.NEWEST);
  }

  private void ended() {
    card("undoing", back(JobState.UNDOING, Ending.NONE).stillOnBad().make());
    card("undone", back(JobState.CLOSED, Ending.UNDONE).stillOnBad().make());
    var pinned = back(JobState.CLOSED, Ending.UNDONE).stillOnBad();
    pinned.newest = Optional.of(NEXT);
    card("undone-pinned", pinned.make());
    var checking = back(JobState.RETURN_PREPARING, Ending.NONE).actions(JobAction.STOP);
    checking.newest = Optional.of(NEXT);
    card("return-preparing", checking.make());
    var returning = back(JobState.RETURNING, Ending.NONE);
    returning.newest = Optional.of(NEXT);
    returning.live = LiveSplit.all(NEXT);
    card("returning", returning.make());
    var returned = back(JobState.CLOSED, Ending.RETURNED);
    returned.newest = Optional.of(NEXT);
    returned.live = LiveSplit.all(NEXT);
    card("returned", returned.evidence(Optional.of(PASSED), Optional.of(PASSED)).make());
    card("kept", back(JobState.CLOSED, Ending.KEPT).make());
    var taken = back(JobState.CLOSED, Ending.TAKEN_OVER).closedBy("ci@kb-prod");
    taken.live = LiveSplit.all(NEXT);
    card("taken-over", taken.make());
  }

  private static JobMaker back(JobState state, Ending ending) {
    var back = new JobMaker(state, ending).figures(BETTER).closedBy("U0AIKO");
    back.since = at("03:20:11");
    back.until = at("03:23:11");
    return back;
  }

  private void redeployed() {
    var preparing = new JobMaker(JobState.PREPARING, Ending.NONE).redeployed().stillOnBad();
    preparing.times = times("", "", "", "");
    preparing.evidence(Optional.empty(), Optional.empty());
    card("redeploy-preparing", preparing.actions(JobAction.STOP).make());
    card(
        "redeploy-verified",
        new JobMaker(JobState.OPEN, Ending.VERIFIED)
            .redeployed()
            .figures(BETTER)
            .actions(JobAction.KEEP, JobAction.UNDO, JobAction.RESTORE)
            .make());
    var failed = new JobMaker(JobState.CLOSED, Ending.FAILED).redeployed().stillOnBad();
    failed.times = times("", "", "", "");
    failed.evidence(
        Optional.of(new ProbeResult(0, 0, 0, "the revision did not get ready in time")),
        Optional.empty());
    card("redeploy-failed", failed.actions(JobAction.RESTORE).make());
    card(
        "redeploy-undone",
        back(JobState.CLOSED, Ending.UNDONE)
            .redeployed()
            .stillOnBad()
            .actions(JobAction.RESTORE)
            .make());
    card(
        "redeploy-restoring",
        back(JobState.RETURN_PREPARING, Ending.NONE)
            .redeployed()
            .restoring()
            .actions(JobAction.STOP)
            .make());
    var unwell = new JobMaker(JobState.CLOSED, Ending.NEWEST_UNWELL).redeployed().restoring();
    unwell.evidence(
        Optional.of(new ProbeResult(0, 0, 0, "HealthCheckContainerError: port 8080")),
        Optional.empty());
    card("redeploy-unwell", unwell.stillOnBad().actions(JobAction.NEWEST).make());
    var returned = back(JobState.CLOSED, Ending.RETURNED).redeployed().restoring();
    returned.live = LiveSplit.all(Fixtures.RESTORED);
    card("redeploy-returned", returned.make());
  }

  private void elsewhere() {
    var verifying = new JobMaker(JobState.VERIFYING, Ending.NONE);
    verifying.times = times("03:02:31", "03:02:40", "03:02:44", "");
    add("incident-verifying", new RollbackReport.Incident(verifying.make()));
    add(
        "incident-verified",
        new RollbackReport.Incident(open(Ending.VERIFIED).figures(BETTER).make()));
    add("incident-failed", new RollbackReport.Incident(untouched(Ending.FAILED).make()));
    var pinned = open(Ending.VERIFIED);
    pinned.newest = Optional.of(NEXT);
    add(
        "deploy-got-nothing",
        new RollbackReport.DeployGotNothing(
            pinned.make(), NEXT, Optional.of(new CommitSha("2e9f171"))));
    var lost = open(Ending.VERIFIED);
    lost.live = LiveSplit.all(NEXT);
    add(
        "messages",
        new RollbackReport.Messages(
            open(Ending.BAD).figures(WORSE).make(),
            List.of(
                new ErrorMessage("KeyError app/plans.py read_plan", "'plan_id'"),
                new ErrorMessage(
                    "OperationalError app/db.py connect",
                    "connection to server at [address], port 5432 failed: <!channel> *down*"))));
    add("lost", new RollbackReport.Lost(lost.make(), Optional.of("deployer@example.com")));
    add("lost-service", new RollbackReport.Lost(lost.make(), Optional.empty()));
    add("superseded", new RollbackReport.Superseded(untouched(Ending.NONE).make(), "2e9f171"));
  }
}
