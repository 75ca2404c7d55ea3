package dev.rollbackbot.text;

import static dev.rollbackbot.text.Fixtures.BAD;
import static dev.rollbackbot.text.Fixtures.BAD_COMMIT;
import static dev.rollbackbot.text.Fixtures.BETTER;
import static dev.rollbackbot.text.Fixtures.GOOD_COMMIT;
import static dev.rollbackbot.text.Fixtures.MIGRATIONS;
import static dev.rollbackbot.text.Fixtures.NEXT;
import static dev.rollbackbot.text.Fixtures.OLD;
import static dev.rollbackbot.text.Fixtures.SERVICE;
import static dev.rollbackbot.text.Fixtures.at;
import static dev.rollbackbot.text.Fixtures.commits;

import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Grant;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.plan.Candidate;
import dev.rollbackbot.domain.plan.Caution;
import dev.rollbackbot.domain.plan.Known;
import dev.rollbackbot.domain.plan.Proof;
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

  private final Map<String, Function<Locale, Message>> all = new LinkedHashMap<>();

  private Situations() {
    offers();
    offersOver();
    new JobSituations().all().forEach((name, report) -> add(name, report));
    status();
    desk();
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

  private static Offered offered(PlanMaker plan, Optional<String> reason, Optional<Moved> moved) {
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
        offered(full, Optional.of("KeyError: 'plan_id' in /plans"), Optional.empty()));
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
            new Caution.OwnedByTool("terraform"),
            new Caution.ClosesOpenJob("97bde75"),
            new Caution.AlreadyPinned(),
            new Caution.LeftoverTags(List.of("rb-01234567")));
    add("offer-cautions", offered(careful, Optional.empty(), Optional.empty()));
    var named = new PlanMaker();
    named.commitsKnown = false;
    named.liveText = Optional.empty();
    named.targetText = Optional.empty();
    named.proof = Proof.NAMED;
    named.between = Known.of(List.of());
    add("offer-revision-only", offered(named, Optional.empty(), Optional.empty()));
    add(
        "offer-moved",
        offered(
            new PlanMaker(),
            Optional.empty(),
            Optional.of(new Moved("k-back-00045-old=100", "k-back-00046-zit=100", "ci@kb-prod"))));
    add(
        "offer-terminal",
        new Offered(
            new PlanMaker().make(),
            "aiko@example.com",
            Optional.empty(),
            at("03:01:10"),
            at("03:16:10"),
            Optional.empty(),
            Optional.empty()));
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
            List.of("rb-01234567", "canary")));
  }

  private static DeskReport status(
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
        List.of());
  }

  private void desk() {
    add(
        "targets",
        new DeskReport.Targets(
            SERVICE,
            List.of(
                new Candidate(
                    Optional.of(BAD_COMMIT.sha()),
                    Optional.of(BAD_COMMIT),
                    BAD,
                    Proof.IMAGE,
                    true,
                    Optional.of(at("03:01:00")),
                    Optional.of(Duration.ofMinutes(20))),
                new Candidate(
                    Optional.of(GOOD_COMMIT.sha()),
                    Optional.of(GOOD_COMMIT),
                    OLD,
                    Proof.IMAGE,
                    false,
                    Optional.of(Instant.parse("2026-11-23T17:41:00Z")),
                    Optional.of(Duration.ofHours(77).plusMinutes(4))),
                new Candidate(
                    Optional.of(new CommitSha("97bde75")),
                    Optional.empty(),
                    NEXT,
                    Proof.LABEL,
                    false,
                    Optional.of(Instant.parse("2026-11-19T00:00:00Z")),
                    Optional.empty()),
                new Candidate(
                    Optional.empty(),
                    Optional.empty(),
                    NEXT,
                    Proof.NAMED,
                    false,
                    Optional.empty(),
                    Optional.empty())),
            List.of(
                new Known.Unknown<>("logs", Optional.of(LOGS)),
                new Known.Unknown<>("weather", Optional.empty()))));
    add("targets-none", new DeskReport.Targets(SERVICE, List.of(), List.of()));
    add(
        "history",
        new DeskReport.History(
            SERVICE, Known.of(List.of("2026-11-24 03:05 VERIFIED 930c691 -> 6831359 U0AIKO"))));
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
        "confirm-newest",
        new DeskReport.Confirm(
            JobSituations.open(Ending.VERIFIED).figures(BETTER).make().only(JobAction.NEWEST),
            JobAction.NEWEST));
    add("help", new DeskReport.Help());
    add(
        "not-no-image",
        new DeskReport.Not(
            Problem.refusal(
                Code.NO_IMAGE, Map.of("commit", "97bde75", "nearest", "6831359, 2e9f171"))));
  }
}
