package dev.rollbackbot.text;

import dev.rollbackbot.domain.health.CanaryVerdict;
import dev.rollbackbot.domain.health.ErrorChanges;
import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.health.LogGap;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.Actors;
import dev.rollbackbot.domain.journal.Journal.Aim;
import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.domain.journal.Journal.Cards;
import dev.rollbackbot.domain.journal.Journal.Evidence;
import dev.rollbackbot.domain.journal.Journal.ProbeResult;
import dev.rollbackbot.domain.journal.Journal.Redeployment;
import dev.rollbackbot.domain.journal.Journal.Times;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.ImageRef;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.model.Settings.Figure;
import dev.rollbackbot.domain.plan.Caution;
import dev.rollbackbot.domain.plan.CommitInfo;
import dev.rollbackbot.domain.plan.Differences;
import dev.rollbackbot.domain.plan.GcloudCommands;
import dev.rollbackbot.domain.plan.Known;
import dev.rollbackbot.domain.plan.Migration;
import dev.rollbackbot.domain.plan.Plan;
import dev.rollbackbot.domain.plan.Proof;
import dev.rollbackbot.domain.plan.Routes;
import dev.rollbackbot.domain.plan.Track;
import dev.rollbackbot.domain.plan.Track.Counted;
import dev.rollbackbot.domain.plan.Track.Worth;
import dev.rollbackbot.domain.report.JobView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The bad night of 24 November: k-back is sick since 02:50 in Tokyo, and Aiko goes back. */
final class Fixtures {
  static final ServiceId SERVICE = new ServiceId("kb-prod", "asia-northeast1", "k-back");
  static final RevisionName OLD = new RevisionName("k-back-00042-gox");
  static final RevisionName BAD = new RevisionName("k-back-00046-zit");
  static final RevisionName MADE = new RevisionName("k-back-rb-5f3a91c2");
  static final RevisionName RESTORED = new RevisionName("k-back-rb-0c77e41b");
  static final RevisionName NEXT = new RevisionName("k-back-00047-mav");
  static final CommitInfo GOOD_COMMIT =
      commit(
          "6831359d2c7b6a5f4e3d2c1b0a99887766554433",
          "fix/issue-バッチ処理_スケール問題の修正",
          "Aiko Tanaka",
          "2026-11-20T04:10:00Z");
  static final CommitInfo BAD_COMMIT =
      commit(
          "930c69146d4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b",
          "feat: 個別支援計画に plan_id を追加",
          "Ben Sato",
          "2026-11-23T17:30:00Z");

  static final CommitInfo NEXT_COMMIT =
      commit(
          "2e9f171a2b3c4d5e6f708192a3b4c5d6e7f80912",
          "fix: plan_id がない計画を読めるようにする",
          "Mika Ito",
          "2026-11-23T18:20:00Z");

  private Fixtures() {}

  static CommitInfo commit(String sha, String subject, String author, String at) {
    return new CommitInfo(new CommitSha(sha), subject, author, Instant.parse(at));
  }

  /** A moment of the night, as the clock in Tokyo shows it. */
  static Instant at(String time) {
    return Instant.parse("2026-11-24T" + time + "+09:00");
  }

  static List<CommitInfo> commits(int count) {
    var commits = new ArrayList<CommitInfo>();
    commits.add(BAD_COMMIT);
    for (int i = 1; i < count; i++) {
      commits.add(
          commit(
              "%07x".formatted(0x2e9f171 + i * 7919),
              "chore: 依存ライブラリの更新 " + i,
              i % 2 == 0 ? "Ben Sato" : "Mika Ito",
              "2026-11-22T01:00:00Z"));
    }
    return commits;
  }

  static final List<Migration> MIGRATIONS =
      List.of(
          new Migration("a1f3_add_plan_id.py", Migration.Downgrade.PRESENT),
          new Migration("b77c_drop_legacy_status.py", Migration.Downgrade.EMPTY),
          new Migration("c09d_backfill.sql", Migration.Downgrade.UNKNOWN));

  static final String REPOSITORY = "asia-northeast1-docker.pkg.dev/kb-prod/k-back-repo/k-back";

  /** What has changed in the settings since the old revision was made. */
  static final Differences DIFFERENCES =
      new Differences(
          List.of("PLAN_ID_REQUIRED"),
          List.of("LEGACY_MAIL_HOST"),
          List.of("BATCH_SIZE"),
          List.of(
              new Differences.Change(Figure.MEMORY, Optional.of("512Mi"), Optional.of("1Gi")),
              new Differences.Change(Figure.MIN_INSTANCES, Optional.empty(), Optional.of("1"))),
          List.of("vpc_access"),
          List.of("db-password:latest"),
          List.of("mail-key:3"));

  static final Differences SAME =
      new Differences(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  /** Last served then, so many hours in all, with these requests. */
  static Track track(String last, int hours, Optional<Counted> counted) {
    return new Track(
        OLD,
        last.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(last)),
        Duration.ofHours(hours).plusMinutes(4),
        Duration.ofHours(hours),
        Optional.empty(),
        counted);
  }

  static Optional<Counted> counted(int requests, int errors, boolean complete) {
    return Optional.of(new Counted(new Figures.Load(requests, errors, 85, 240), complete));
  }

  /** A plan, changed by what is set. */
  static final class PlanMaker {
    LiveSplit before = LiveSplit.all(BAD);
    Optional<CommitInfo> liveText = Optional.of(BAD_COMMIT);
    Optional<CommitInfo> targetText = Optional.of(GOOD_COMMIT);
    boolean commitsKnown = true;
    Optional<Instant> liveSince = Optional.of(at("02:41:00"));
    Optional<Instant> targetSince = Optional.of(Instant.parse("2026-11-23T17:41:00Z"));
    Proof proof = Proof.IMAGE;
    Known<List<CommitInfo>> between = Known.of(commits(3));
    Known<List<Migration>> migrations = Known.of(List.of());
    List<Caution> cautions = List.of();
    boolean probeable = true;
    boolean there = true;
    Routes routes = new Routes(Route.SHIFT, Routes.Why.REVISION_THERE, true, Known.of(DIFFERENCES));
    Track track = track("2026-11-23T17:41:00Z", 77, Optional.empty());
    Worth worth = Worth.SERVED;
    Optional<Plan.Steps> steps = Optional.empty();

    Plan make() {
      return new Plan(
          SERVICE,
          "uid-1",
          before,
          Optional.of(BAD),
          side(Optional.of(BAD), BAD_COMMIT, liveText, liveSince),
          side(there ? Optional.of(OLD) : Optional.empty(), GOOD_COMMIT, targetText, targetSince),
          new Digest("sha256:" + "ab".repeat(32)),
          REPOSITORY,
          routes,
          true,
          proof,
          between,
          migrations,
          cautions,
          probeable,
          "fingerprint",
          routes.taken() == Route.SHIFT
              ? GcloudCommands.toRevision(SERVICE, LiveSplit.all(OLD))
              : GcloudCommands.redeploy(
                  SERVICE, ImageRef.pinned(REPOSITORY, new Digest("sha256:" + "ab".repeat(32)))),
          GcloudCommands.toRevision(SERVICE, before),
          Optional.of(track),
          worth,
          steps,
          Optional.empty());
    }

    private Plan.Side side(
        Optional<RevisionName> revision,
        CommitInfo commit,
        Optional<CommitInfo> text,
        Optional<Instant> since) {
      return new Plan.Side(
          revision, commitsKnown ? Optional.of(commit.sha()) : Optional.empty(), text, since);
    }
  }

  static final ProbeResult PASSED = new ProbeResult(5, 5, 180, "");
  static final ProbeResult SICK = new ProbeResult(3, 5, 412, "HTTP 500 /healthz");

  static final Figures BETTER =
      new Figures(
          new Figures.Load(1204, 401, 120, 2310),
          new Figures.Load(1187, 0, 85, 240),
          new ErrorChanges(
              List.of("KeyError app/plans.py read_plan"),
              List.of("TimeoutError app/mail.py send"),
              List.of(),
              List.of(),
              List.of()),
          true,
          Optional.empty());
  static final Figures WORSE =
      new Figures(
          new Figures.Load(1204, 401, 120, 2310),
          new Figures.Load(990, 371, 140, 2900),
          new ErrorChanges(
              List.of(),
              List.of(),
              List.of("KeyError app/plans.py read_plan"),
              List.of("OperationalError app/db.py connect"),
              List.of("ValueError app/mail.py parse")),
          false,
          Optional.empty());
  static final Figures TOO_FEW =
      new Figures(
          new Figures.Load(14, 5, 120, 300),
          Figures.Load.none(),
          ErrorChanges.none(),
          true,
          Optional.empty());
  static final Figures LATE =
      new Figures(
          new Figures.Load(1204, 401, 120, 2310),
          new Figures.Load(240, 0, 85, 240),
          new ErrorChanges(
              List.of(),
              List.of("KeyError app/plans.py read_plan"),
              List.of(),
              List.of(),
              List.of()),
          true,
          Optional.of(new LogGap.Late(at("03:04:12"))));

  /** A rollback, changed by what is set. */
  static final class JobMaker {
    final JobState state;
    final Ending ending;
    Actors actors = new Actors("U0AIKO", "U0BEN", Optional.empty(), Optional.empty());
    Instant since = at("03:05:50");
    Instant until = at("03:12:05");
    Evidence evidence = new Evidence(Optional.of(PASSED), Optional.of(SICK), Optional.empty());
    Times times = times("03:02:31", "03:02:40", "03:02:44", "03:05:50");
    Aim aim =
        new Aim(
            OLD,
            new Digest("sha256:" + "ab".repeat(32)),
            Optional.of(GOOD_COMMIT.sha()),
            Optional.of(BAD),
            Optional.of(BAD_COMMIT.sha()),
            true);
    LiveSplit before = LiveSplit.all(BAD);
    Optional<RevisionName> beforeLatest = Optional.of(BAD);
    LiveSplit live = LiveSplit.all(OLD);
    Optional<RevisionName> newest = Optional.of(BAD);
    List<JobAction> actions = List.of();
    boolean card = true;
    Optional<Canary> canary = Optional.empty();
    Optional<CanaryVerdict> verdict = Optional.empty();
    Optional<CommitInfo> target = Optional.of(GOOD_COMMIT);
    Optional<CommitInfo> from = Optional.of(BAD_COMMIT);

    JobMaker(JobState state, Ending ending) {
      this.state = state;
      this.ending = ending;
    }

    JobMaker closedBy(String who) {
      actors = new Actors(actors.requester(), actors.approver(), actors.reason(), Optional.of(who));
      return this;
    }

    JobMaker reason(String why) {
      actors = new Actors(actors.requester(), actors.approver(), Optional.of(why), actors.closer());
      return this;
    }

    JobMaker evidence(Optional<ProbeResult> target, Optional<ProbeResult> live) {
      evidence = new Evidence(target, live, evidence.figures());
      return this;
    }

    JobMaker figures(Figures figures) {
      evidence = new Evidence(evidence.target(), evidence.live(), Optional.of(figures));
      return this;
    }

    /** By a new revision; the one that users had held the template before. */
    JobMaker redeployed() {
      aim =
          new Aim(
              MADE,
              aim.digest(),
              aim.commit(),
              aim.from(),
              aim.fromCommit(),
              aim.probeable(),
              Optional.of(new Redeployment(BAD, true, Optional.empty())));
      live = LiveSplit.all(MADE);
      newest = Optional.of(BAD);
      return this;
    }

    /** The revision that puts the template back is being made, or was. */
    JobMaker restoring() {
      aim = aim.restoredBy(RESTORED);
      newest = Optional.of(RESTORED);
      return this;
    }

    JobMaker stillOnBad() {
      live = LiveSplit.all(BAD);
      return this;
    }

    /** A return from a pin that was made by hand: the newest never had users. */
    JobMaker ofAPin() {
      before = LiveSplit.all(OLD);
      beforeLatest = Optional.empty();
      newest = Optional.of(NEXT);
      aim =
          new Aim(
              OLD,
              aim.digest(),
              aim.commit(),
              Optional.of(NEXT),
              Optional.of(NEXT_COMMIT.sha()),
              true);
      from = Optional.of(NEXT_COMMIT);
      return this;
    }

    JobMaker actions(JobAction... actions) {
      this.actions = List.of(actions);
      return this;
    }

    JobView make() {
      return new JobView(
          SERVICE,
          new Journal(
              "rollback-bot",
              "0123456789abcdef",
              4,
              "uid-1",
              actors,
              List.of(),
              before,
              beforeLatest,
              live,
              aim,
              state,
              ending,
              since,
              until,
              "worker-1",
              times,
              evidence,
              newest,
              Optional.empty(),
              Cards.of(
                  card ? Optional.of(new Card("C0OPS", "1.2")) : Optional.empty(), Locale.JAPANESE),
              canary),
          live,
          target,
          from,
          actions.stream().map(action -> new JobView.Choice(action, "sealed")).toList(),
          card ? Optional.of("https://example.slack.com/archives/C0OPS/p12") : Optional.empty(),
          verdict);
    }
  }

  /** Asked 03:01:10, approved 03:02:05; the rest as given, empty for not yet. */
  static Times times(String probed, String switched, String moved, String rested) {
    return new Times(
        at("03:01:10"),
        at("03:02:05"),
        moment(probed),
        moment(switched),
        moment(moved),
        moment(rested));
  }

  private static Optional<Instant> moment(String time) {
    return time.isEmpty() ? Optional.empty() : Optional.of(at(time));
  }
}
