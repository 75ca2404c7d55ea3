package dev.rollbackbot.text;

import static dev.rollbackbot.text.Fixtures.BAD;
import static dev.rollbackbot.text.Fixtures.BAD_COMMIT;
import static dev.rollbackbot.text.Fixtures.BETTER;
import static dev.rollbackbot.text.Fixtures.GOOD_COMMIT;
import static dev.rollbackbot.text.Fixtures.MIGRATIONS;
import static dev.rollbackbot.text.Fixtures.NEXT;
import static dev.rollbackbot.text.Fixtures.OLD;
import static dev.rollbackbot.text.Fixtures.SAME;
import static dev.rollbackbot.text.Fixtures.SERVICE;
import static dev.rollbackbot.text.Fixtures.at;
import static dev.rollbackbot.text.Fixtures.commits;

import dev.rollbackbot.domain.command.Reason;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Grant;
import dev.rollbackbot.domain.model.Hand;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.plan.Candidate;
import dev.rollbackbot.domain.plan.Caution;
import dev.rollbackbot.domain.plan.CommitInfo;
import dev.rollbackbot.domain.plan.Known;
import dev.rollbackbot.domain.plan.PastRollback;
import dev.rollbackbot.domain.plan.Proof;
import dev.rollbackbot.domain.plan.Routes;
import dev.rollbackbot.domain.plan.RunningBuild;
import dev.rollbackbot.domain.plan.Track;
import dev.rollbackbot.domain.plan.Track.Worth;
import dev.rollbackbot.domain.report.Deed;
import dev.rollbackbot.domain.report.DeskReport;
import dev.rollbackbot.domain.report.JobView;
import dev.rollbackbot.domain.report.RollbackReport;
import dev.rollbackbot.domain.report.RollbackReport.Moved;
import dev.rollbackbot.domain.report.RollbackReport.OfferOver;
import dev.rollbackbot.domain.report.RollbackReport.Offered;
import dev.rollbackbot.text.Fixtures.JobMaker;
import dev.rollbackbot.text.Fixtures.PlanMaker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Every situation people meet, by the name of its golden files. */
final class Situations {
  private static final Grant LOGS =
      new Grant(
          "logging.logEntries.list",
          "gcloud projects add-iam-policy-binding kb-prod --role=roles/logging.viewer"
              + " --member=serviceAccount:rollback-bot@kb-prod.iam.gserviceaccount.com");

  private static final RollbackComposer ROLLBACK = new RollbackComposer();
  private static final DeskComposer DESK = new DeskComposer();
  private static final WatchComposer WATCH = new WatchComposer();

  private final Map<String, Function<Locale, Message>> all = new LinkedHashMap<>();

  private Situations() {
    offers();
    offersOver();
    new JobSituations().all().forEach((name, report) -> add(name, report));
    new CanarySituations().all().forEach((name, report) -> add(name, report));
    status();
    desk();
    new WatchSituations()
        .all()
        .forEach((name, report) -> all.put(name, locale -> WATCH.compose(report, locale)));
    all.put(
        "watch-rolled-back-elsewhere",
        locale -> WATCH.withoutButtons(WatchSituations.rolledBack(true), locale));
    all.putAll(new TerminalSituations().all());
  }

  static Map<String, Function<Locale, Message>> all() {
    return new Situations().all;
  }

  private void add(String name, RollbackReport report) {
    all.put(name, locale -> ROLLBACK.compose(report, locale));
  }

  private void add(String name, DeskReport report) {
    all.put(name, locale -> DESK.compose(report, locale));
  }

  private static Offered offered(PlanMaker plan, Optional<Reason> reason, Optional<Moved> moved) {
    return new Offered(
        plan.make(), "U0AIKO", reason, at("03:01:10"), at("03:16:10"), Optional.of("v"), moved);
  }

  private void offers() {
    add("offer-plain", offered(new PlanMaker(), Optional.empty(), Optional.empty()));
    var full = new PlanMaker();
    full.between = Known.of(commits(12));
    full.migrations = Known.of(MIGRATIONS);
    full.cautions = List.of(new Caution.MigrationsCrossed(3, 2), new Caution.NotOnBranch("main"));
    add(
        "offer-migrations",
        offered(
            full,
            Optional.of(new Reason("KeyError: 'plan_id' in /plans", false)),
            Optional.empty()));
    var blind = new PlanMaker();
    blind.liveText = Optional.empty();
    blind.targetText = Optional.empty();
    blind.liveSince = Optional.empty();
    blind.targetSince = Optional.empty();
    blind.proof = Proof.LABEL;
    blind.between = Known.unknown("git");
    blind.migrations = Known.unknown("git");
    blind.cautions =
        List.of(
            new Caution.FactUnknown("git"),
            new Caution.FactUnknown("registry"),
            new Caution.FactUnknown("logs"),
            new Caution.FactUnknown("revisions"),
            new Caution.PermissionMissing(LOGS));
    add("offer-unknowns", offered(blind, Optional.empty(), Optional.empty()));
    var careful = new PlanMaker();
    careful.before = LiveSplit.of(Map.of(BAD, 90, OLD, 10));
    careful.between = Known.of(commits(50));
    careful.probeable = false;
    careful.cautions =
        List.of(
            new Caution.TargetWasNotReady("HealthCheckContainerError: port 8080"),
            new Caution.GoesForward(),
            new Caution.ProvedByLabelOnly(OLD),
            new Caution.CannotProbe("no public address"),
            new Caution.NewestFailing("The container failed to start"),
            new Caution.NotSettled("k-back-00046-zit=100", "k-back-00042-gox=100"),
            new Caution.KeptBy(Hand.TERRAFORM),
            new Caution.ClosesOpenJob("97bde75"),
            new Caution.AlreadyPinned(),
            new Caution.LeftoverTags(List.of("rb-01234567")));
    add("offer-cautions", offered(careful, Optional.empty(), Optional.empty()));
    var hands = new PlanMaker();
    var kept = new ArrayList<Caution>();
    kept.add(new Caution.TargetWasUnwell());
    kept.add(
        new Caution.BuildRunning("k-back-main", Optional.of(BAD_COMMIT.sha()), at("02:58:00")));
    for (Hand hand :
        List.of(
            Hand.TERRAFORM,
            Hand.CONFIG_CONNECTOR,
            Hand.CLOUD_DEPLOY,
            Hand.FIREBASE,
            Hand.CLOUD_FUNCTIONS,
            Hand.CLOUD_BUILD,
            Hand.GITHUB_ACTIONS,
            Hand.CONSOLE)) {
      kept.add(new Caution.KeptBy(hand));
    }
    kept.add(new Caution.UnknownTool("deployer-9"));
    kept.add(
        new Caution.PinCleared(
            "ci@kb-prod.iam.gserviceaccount.com",
            "gcloud run services update-traffic",
            at("02:41:00")));
    kept.add(new Caution.DeployInFlight(NEXT));
    kept.add(new Caution.RecordUnreadable("not JSON at 17"));
    kept.add(new Caution.FactUnknown("builds"));
    hands.cautions = List.copyOf(kept);
    hands.track = Fixtures.track("2026-11-23T17:41:00Z", 77, Fixtures.counted(2000, 160, false));
    hands.worth = Worth.UNWELL;
    add("offer-other-hands", offered(hands, Optional.empty(), Optional.empty()));
    var proven = new PlanMaker();
    proven.track = Fixtures.track("2026-11-23T17:41:00Z", 77, Fixtures.counted(1204, 1, true));
    proven.worth = Worth.SERVED_WELL;
    add("offer-previous", offered(proven, Optional.empty(), Optional.empty()));
    var named = new PlanMaker();
    named.commitsKnown = false;
    named.liveText = Optional.empty();
    named.targetText = Optional.empty();
    named.proof = Proof.NAMED;
    named.between = Known.of(List.of());
    add("offer-revision-only", offered(named, Optional.empty(), Optional.empty()));
    add(
        "offer-alone",
        offered(
            new PlanMaker(),
            Optional.of(new Reason("nobody else is awake", true)),
            Optional.empty()));
    add(
        "offer-moved",
        offered(
            new PlanMaker(),
            Optional.empty(),
            Optional.of(new Moved("k-back-00046-zit=100", "ci@kb-prod"))));
    var redeploy = new PlanMaker();
    redeploy.routes = new Routes(Route.REDEPLOY, Routes.Why.ASKED, true, Known.of(SAME));
    add("offer-redeploy", offered(redeploy, Optional.empty(), Optional.empty()));
    var only = new PlanMaker();
    only.there = false;
    only.targetSince = Optional.empty();
    only.probeable = false;
    only.routes =
        new Routes(Route.REDEPLOY, Routes.Why.NO_REVISION, false, Known.unknown("revisions"));
    add("offer-redeploy-only", offered(only, Optional.empty(), Optional.empty()));
    var unread = new PlanMaker();
    unread.routes =
        new Routes(Route.SHIFT, Routes.Why.REVISION_THERE, true, Known.unknown("revisions"));
    add("offer-unread", offered(unread, Optional.empty(), Optional.empty()));
  }

  private void offersOver() {
    over("offer-expired", Problem.refusal(Code.OFFER_EXPIRED));
    over(
        "offer-overtaken",
        Problem.refusal(
            Code.SERVICE_MOVED, Map.of("was", "-", "now", "k-back-00047-mav=100", "by", "ci@kb")));
    over(
        "offer-refused",
        Problem.failure(
            Code.CLOUD_RUN_DENIED,
            Map.of(
                "detail",
                "Permission 'run.services.update' denied on resource 'k-back'",
                "permission",
                "run.services.update",
                "command",
                "gcloud run services add-iam-policy-binding k-back --region=asia-northeast1"
                    + " --project=kb-prod --role=roles/run.developer"
                    + " --member=serviceAccount:rollback-bot@kb-prod.iam.gserviceaccount.com")));
  }

  private void over(String name, Problem why) {
    add(name, new OfferOver(new PlanMaker().make(), "U0AIKO", why));
  }

  private void status() {
    add("status-newest", status(new JournalReading.Absent(), Optional.empty(), false, true));
    JobView view = JobSituations.open(Ending.VERIFIED).figures(BETTER).make();
    add(
        "status-open",
        status(new JournalReading.Found(view.journal()), Optional.of(view), true, true));
    add("status-pinned", status(new JournalReading.Absent(), Optional.empty(), true, true));
    add(
        "status-foreign",
        status(new JournalReading.Foreign("bot staging-bot"), Optional.empty(), false, false));
    add(
        "status-unreadable",
        new DeskReport.Status(
            SERVICE,
            LiveSplit.of(Map.of()),
            false,
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "aiko@example.com",
            "",
            Optional.empty(),
            new JournalReading.Unreadable("not JSON at 17"),
            Optional.empty(),
            List.of("rb-01234567", "canary"),
            List.of(),
            "9f3c07ab"));
  }

  static DeskReport status(
      JournalReading journal, Optional<JobView> job, boolean pinned, boolean settled) {
    return new DeskReport.Status(
        SERVICE,
        LiveSplit.all(OLD),
        pinned,
        settled,
        Optional.of(GOOD_COMMIT),
        Optional.of(GOOD_COMMIT.sha().value()),
        Optional.of(at("03:02:44")),
        "rollback-bot@kb-prod.iam.gserviceaccount.com",
        "rollback-bot",
        Optional.of(BAD.value()),
        journal,
        job,
        List.of(),
        pinned
            ? List.of(new Caution.KeptBy(Hand.TERRAFORM), new Caution.DeployInFlight(NEXT))
            : List.of(),
        "9f3c07ab");
  }

  private static Candidate row(
      Optional<CommitSha> sha,
      Optional<CommitInfo> text,
      RevisionName revision,
      Proof proof,
      Track track,
      Worth worth) {
    return new Candidate(sha, text, revision, proof, revision.equals(BAD), track, worth);
  }

  private void desk() {
    add("targets", targets());
    add(
        "targets-no-commits",
        new DeskReport.Targets(
            SERVICE,
            List.of(
                row(
                    Optional.empty(),
                    Optional.empty(),
                    OLD,
                    Proof.NAMED,
                    Fixtures.track("2026-11-23T17:41:00Z", 77, Optional.empty()),
                    Worth.SERVED)),
            List.of(),
            Optional.empty(),
            List.of()));
    add(
        "targets-none",
        new DeskReport.Targets(SERVICE, List.of(), List.of(), Optional.empty(), List.of()));
    add(
        "history",
        new DeskReport.History(
            SERVICE,
            Known.of(
                List.of(
                    new Deed(at("03:20:11"), Ending.KEPT, "6831359", "U0AIKO", "U0BEN"),
                    new Deed(
                        at("03:05:50"),
                        Ending.REVERTED,
                        "k-back-00042-gox",
                        "U0AIKO",
                        "U0AIKO")))));
    add("history-none", new DeskReport.History(SERVICE, Known.of(List.of())));
    add("history-unknown", new DeskReport.History(SERVICE, Known.unknown("logs")));
    add(
        "history-denied",
        new DeskReport.History(SERVICE, Known.unknown("logs", Optional.of(LOGS))));
    for (JobAction action : JobAction.values()) {
      add("done-" + action.id(), new DeskReport.Done(SERVICE, action));
    }
    add(
        "you-approved",
        new DeskReport.YouApproved(
            new JobMaker(JobState.PREPARING, Ending.NONE)
                .stillOnBad()
                .actions(JobAction.STOP)
                .make()));
    add(
        "you-approved-elsewhere",
        new DeskReport.YouApproved(
            new JobMaker(JobState.PREPARING, Ending.NONE).stillOnBad().make()));
    add(
        "you-approved-undo",
        new DeskReport.YouApproved(
            new JobMaker(JobState.UNDOING, Ending.NONE).stillOnBad().closedBy("U0BEN").make()));
    add(
        "not-alone",
        new DeskReport.Not(
            Problem.refusal(
                Code.SECOND_PERSON_NEEDED, Map.of("approvers", "*", "typed", "6831359"))));
    add(
        "confirm-newest",
        new DeskReport.Confirm(
            JobSituations.open(Ending.VERIFIED).figures(BETTER).make().only(JobAction.NEWEST),
            JobAction.NEWEST));
    add(
        "confirm-restore",
        new DeskReport.Confirm(
            new JobMaker(JobState.OPEN, Ending.VERIFIED)
                .redeployed()
                .actions(JobAction.KEEP, JobAction.UNDO, JobAction.RESTORE)
                .make()
                .only(JobAction.RESTORE),
            JobAction.RESTORE));
    add("help", new DeskReport.Help());
    add(
        "not-only-latest",
        new DeskReport.Not(Problem.refusal(Code.ONLY_LATEST, Map.of("commit", "97bde75"))));
    add(
        "not-no-revision",
        new DeskReport.Not(
            Problem.refusal(
                Code.NO_REVISION, Map.of("commit", "97bde75", "nearest", "6831359, 2e9f171"))));
    add(
        "not-no-image",
        new DeskReport.Not(
            Problem.refusal(
                Code.NO_IMAGE, Map.of("commit", "97bde75", "nearest", "6831359, 2e9f171"))));
  }

  static DeskReport targets() {
    return new DeskReport.Targets(
        SERVICE,
        List.of(
            row(
                Optional.of(BAD_COMMIT.sha()),
                Optional.of(BAD_COMMIT),
                BAD,
                Proof.IMAGE,
                Fixtures.track("2026-11-23T18:01:00Z", 0, Fixtures.counted(1204, 401, true)),
                Worth.UNWELL),
            row(
                Optional.of(GOOD_COMMIT.sha()),
                Optional.of(GOOD_COMMIT),
                OLD,
                Proof.IMAGE,
                Fixtures.track("2026-11-23T17:41:00Z", 77, Fixtures.counted(2000, 2, false)),
                Worth.SERVED_WELL),
            row(
                Optional.of(new CommitSha("97bde75")),
                Optional.empty(),
                NEXT,
                Proof.LABEL,
                new Track(
                    NEXT,
                    Optional.of(Instant.parse("2026-11-19T00:00:00Z")),
                    Duration.ofHours(3),
                    Duration.ofHours(3),
                    Optional.of(
                        new PastRollback(
                            NEXT, Ending.VERIFIED, Instant.parse("2026-11-18T00:00:00Z"))),
                    Optional.empty()),
                Worth.VERIFIED),
            row(
                Optional.of(new CommitSha("2e9f171")),
                Optional.empty(),
                NEXT,
                Proof.IMAGE,
                Fixtures.track("2026-11-18T17:41:00Z", 0, Optional.empty()),
                Worth.TOO_SHORT),
            row(
                Optional.empty(),
                Optional.empty(),
                NEXT,
                Proof.NAMED,
                Fixtures.track("", 0, Optional.empty()),
                Worth.UNKNOWN)),
        List.of(
            new Known.Unknown<>("logs", Optional.of(LOGS)),
            new Known.Unknown<>("weather", Optional.empty())),
        Optional.of(NEXT),
        List.of(new RunningBuild("k-back-main", Optional.of(BAD_COMMIT.sha()), at("02:58:00"))));
  }
}
