package dev.rollbackbot.domain.plan;

import static dev.rollbackbot.domain.Samples.K_BACK;
import static dev.rollbackbot.domain.Samples.NEW;
import static dev.rollbackbot.domain.Samples.NEW_COMMIT;
import static dev.rollbackbot.domain.Samples.NEW_DIGEST;
import static dev.rollbackbot.domain.Samples.OLD;
import static dev.rollbackbot.domain.Samples.OLD_COMMIT;
import static dev.rollbackbot.domain.Samples.OLD_DIGEST;
import static dev.rollbackbot.domain.Samples.T0;
import static dev.rollbackbot.domain.Samples.digest;
import static dev.rollbackbot.domain.Samples.fresh;
import static dev.rollbackbot.domain.Samples.job;
import static dev.rollbackbot.domain.Samples.live;
import static dev.rollbackbot.domain.Samples.old;
import static dev.rollbackbot.domain.Samples.revision;
import static dev.rollbackbot.domain.Samples.service;
import static dev.rollbackbot.domain.plan.PlanSamples.commit;
import static dev.rollbackbot.domain.plan.PlanSamples.facts;
import static dev.rollbackbot.domain.plan.PlanSamples.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rollbackbot.domain.command.Target;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.Grant;
import dev.rollbackbot.domain.model.ImageRef;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.plan.Facts.CommitFinding;
import dev.rollbackbot.domain.plan.Facts.Spell;
import dev.rollbackbot.domain.plan.PlanSamples.TheFacts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerTest {
  private static final Target COMMIT = new Target.Commit(OLD_COMMIT);
  private static final Target PREVIOUS = new Target.Previous();
  private static final CommitFinding MISSING = new CommitFinding.Missing();

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource
  void noPlan(String name, Target target, TheFacts facts, String problem) {
    assertThat(planned(target, facts)).isEqualTo(problem);
  }

  static Stream<Arguments> noPlan() {
    var ambiguous = new CommitFinding.Ambiguous(List.of(commit(OLD_COMMIT), commit(NEW_COMMIT)));
    Revision unlabelled = unlabelled(OLD, Optional.of(OLD_DIGEST));
    return Stream.of(
        arguments(
            "git knows no such commit",
            COMMIT,
            facts().commit(Known.of(MISSING)),
            "COMMIT_UNKNOWN"),
        arguments(
            "two commits begin so",
            COMMIT,
            facts().commit(Known.of(ambiguous)),
            "COMMIT_AMBIGUOUS"),
        arguments(
            "git knows no such tag",
            new Target.GitTag("v1"),
            facts().commit(Known.of(MISSING)),
            "REF_UNKNOWN"),
        arguments(
            "git is down, and a branch was named",
            new Target.Branch("main"),
            facts().commit(Known.unknown("git")),
            "REF_UNKNOWN"),
        arguments(
            "the commit was never built",
            COMMIT,
            facts().image(Known.of(Optional.empty())).revisions(fresh(), unlabelled),
            "NO_IMAGE"),
        arguments(
            "no image is tagged with any commit",
            COMMIT,
            facts().onlyLatest().revisions(fresh(), unlabelled),
            "ONLY_LATEST"),
        arguments(
            "the registry is down, and no label says",
            COMMIT,
            facts().image(Known.unknown("registry")).revisions(fresh(), unlabelled),
            "REGISTRY_UNAVAILABLE"),
        arguments(
            "it was built, never deployed, and its image was deleted since",
            COMMIT,
            facts().revisions(fresh()).exists(Known.of(false)),
            "IMAGE_GONE"),
        arguments(
            "the registry may not be read, and no label says",
            COMMIT,
            facts()
                .image(
                    Known.unknown(
                        "registry",
                        Optional.of(new Grant("artifactregistry.tags.get", "gcloud …"))))
                .revisions(fresh(), unlabelled),
            "REGISTRY_DENIED"),
        arguments("its image was deleted", COMMIT, facts().exists(Known.of(false)), "IMAGE_GONE"),
        arguments(
            "no such revision",
            new Target.ByRevision(new RevisionName("k-back-9")),
            facts(),
            "REVISION_UNKNOWN"),
        arguments("it has all users", new Target.ByRevision(NEW), facts(), "ALREADY_LIVE"),
        arguments(
            "a revision that was kept by its tag",
            new Target.ByRevision(OLD),
            facts()
                .image(Known.of(Optional.empty()))
                .revisions(fresh(), unlabelled(OLD, Optional.empty())),
            "DIGEST_UNKNOWN"),
        arguments("nothing served before", PREVIOUS, facts(), "NO_PREVIOUS"),
        arguments(
            "the logs are down", PREVIOUS, facts().spells(Known.unknown("logs")), "NO_PREVIOUS"),
        arguments("a rollback moves", COMMIT, facts().journal(job().build()), "JOB_RUNNING"),
        arguments(
            "a rollback waits for a decision",
            COMMIT,
            facts().journal(job().in(JobState.HELD, Duration.ZERO, Duration.ZERO).build()),
            "JOB_RUNNING"),
        arguments(
            "another bot's journal",
            COMMIT,
            facts().journal(new JournalReading.Foreign("of the bot other")),
            "JOURNAL_FOREIGN"));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource
  void aPlan(String name, Target target, TheFacts facts, String plan) {
    assertThat(planned(target, facts)).isEqualTo(plan);
  }

  static Stream<Arguments> aPlan() {
    var index = digest('c');
    Revision newer = revision("mid", OLD_DIGEST, OLD_COMMIT, 5);
    Revision failed =
        new Revision(
            OLD, old().image(), old().labels(), old().created(), false, Optional.of("no start"));
    return Stream.of(
        arguments("the image proves it", COMMIT, facts(), "old by IMAGE"),
        arguments(
            "it was built, never deployed",
            COMMIT,
            facts().revisions(fresh()),
            "a new one by IMAGE"),
        arguments(
            "no image is tagged with a commit, but a label names it",
            COMMIT,
            facts().onlyLatest(),
            "old by LABEL: ProvedByLabelOnly"),
        arguments("a tag", new Target.GitTag("v1"), facts(), "old by IMAGE"),
        arguments("a branch", new Target.Branch("main"), facts(), "old by IMAGE"),
        arguments("a revision by its name", new Target.ByRevision(OLD), facts(), "old by NAMED"),
        arguments(
            "the revision runs an index's child",
            COMMIT,
            facts().image(Known.of(Optional.of(image(index, index, OLD_DIGEST)))),
            "old by IMAGE"),
        arguments(
            "the image goes before the label",
            COMMIT,
            facts().revisions(revision("liar", NEW_DIGEST, OLD_COMMIT, 1), fresh(), old()),
            "old by IMAGE"),
        arguments(
            "the newest of two revisions of one image",
            COMMIT,
            facts().revisions(fresh(), newer, old()),
            "mid by IMAGE"),
        arguments(
            "without its image the label is taken, and said",
            COMMIT,
            facts().image(Known.of(Optional.empty())),
            "old by LABEL: ProvedByLabelOnly"),
        arguments(
            "git is down",
            COMMIT,
            facts().commit(Known.unknown("git")),
            "old by IMAGE: FactUnknown[source=git]"),
        arguments(
            "the registry is down",
            COMMIT,
            facts().image(Known.unknown("registry")).exists(Known.unknown("registry")),
            "old by LABEL: ProvedByLabelOnly FactUnknown[source=registry]"),
        arguments(
            "the logs are down",
            COMMIT,
            facts().spells(Known.unknown("logs")),
            "old by IMAGE: FactUnknown[source=logs]"),
        arguments(
            "the last one that served an hour",
            PREVIOUS,
            facts().spells(Known.of(List.of(spell(OLD, 60), spell("mid", 59), spell(NEW, 600)))),
            "old by NAMED"),
        arguments(
            "a bad one that was not ready",
            COMMIT,
            facts().revisions(fresh(), failed),
            "old by IMAGE: TargetWasNotReady"),
        arguments(
            "a target with some of the users",
            COMMIT,
            facts().service(service().wanted("old=10 new=90")),
            "old by IMAGE: AlreadyPinned"),
        arguments(
            "a closed rollback does not matter",
            COMMIT,
            facts().journal(job().closed(Ending.STOPPED).build()),
            "old by IMAGE"),
        arguments(
            "a damaged journal is not guessed, and not in the way",
            COMMIT,
            facts().journal(new JournalReading.Unreadable("not a journal")),
            "old by IMAGE: RecordUnreadable"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource
  void aCaution(String name, TheFacts facts, String caution) {
    assertThat(planned(COMMIT, facts)).isEqualTo("old by IMAGE: " + caution);
  }

  static Stream<Arguments> aCaution() {
    var off = new CommitFinding.Found(commit(OLD_COMMIT), false);
    var migrations =
        List.of(
            new Migration("0042", Migration.Downgrade.PRESENT),
            new Migration("0043", Migration.Downgrade.EMPTY),
            new Migration("0044", Migration.Downgrade.UNKNOWN));
    return Stream.of(
        arguments(
            "migrations lie between",
            facts().migrations(Known.of(migrations)),
            "MigrationsCrossed[count=3, withoutDowngrade=2]"),
        arguments(
            "nobody knows of migrations",
            facts().migrations(Known.unknown("git")),
            "FactUnknown[source=git]"),
        arguments("not on the branch", facts().commit(Known.of(off)), "NotOnBranch"),
        arguments(
            "newer than live",
            facts().revisions(fresh(), revision("old", OLD_DIGEST, OLD_COMMIT, 0)),
            "GoesForward"),
        arguments("no public address", facts().unprobeable(), "CannotProbe"),
        arguments(
            "the newest fails", facts().service(service().failing("no start")), "NewestFailing"),
        arguments("not settled", facts().service(service().observed("old=100")), "NotSettled"),
        arguments("pinned already", facts().service(service().wanted("new=100")), "AlreadyPinned"),
        arguments(
            "it closes an open one",
            facts()
                .service(service().wanted("new=100"))
                .journal(job().rested(Ending.VERIFIED).build()),
            "ClosesOpenJob"),
        arguments(
            "a tag of ours was left",
            facts().service(service().wanted("LATEST=100 old#rb-1=0")),
            "LeftoverTags"));
  }

  @Test
  void thePlanSaysHowToDoAndUndoItByHand() {
    Plan plan = PlanSamples.plan();

    assertThat(plan.doCommand())
        .isEqualTo(
            "gcloud run services update-traffic k-back --to-revisions=old=100"
                + " --region=asia-northeast1 --project=demo-proj");
    assertThat(plan.undoCommand()).contains("--to-latest");
    assertThat(plan.beforeLatest()).contains(NEW);
    assertThat(PlanSamples.plan("mid=90 new=10").undoCommand())
        .contains("--to-revisions=mid=90,new=10");
    assertThat(PlanSamples.plan("mid=90 new=10").before()).isEqualTo(live("mid=90 new=10"));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource
  void aWay(String name, Optional<Route> asked, TheFacts facts, String way) {
    String planned =
        switch (Planner.plan(new Wish(K_BACK, COMMIT, asked), facts.build())) {
          case Planned.Impossible(var problem) -> problem.code().name();
          case Planned.Ready(Plan plan) -> {
            Routes routes = plan.routes();
            yield routes.taken()
                + ", "
                + routes.why()
                + (routes.otherToo() ? ", or the other" : "");
          }
        };
    assertThat(planned).isEqualTo(way);
  }

  static Stream<Arguments> aWay() {
    Optional<Route> any = Optional.empty();
    Optional<Route> shift = Optional.of(Route.SHIFT);
    Optional<Route> redeploy = Optional.of(Route.REDEPLOY);
    return Stream.of(
        arguments("the fast one", any, facts(), "SHIFT, REVISION_THERE, or the other"),
        arguments("the fast one, named", shift, facts(), "SHIFT, ASKED, or the other"),
        arguments("today's settings", redeploy, facts(), "REDEPLOY, ASKED, or the other"),
        arguments("the only one", any, facts().revisions(fresh()), "REDEPLOY, NO_REVISION"),
        arguments("one that is not there", shift, facts().revisions(fresh()), "NO_REVISION"),
        arguments(
            "users have it by its own revision, with old settings",
            redeploy,
            facts().service(service().wanted("old=100")),
            "REDEPLOY, ASKED, or the other"),
        arguments(
            "users have it, made of today's template",
            redeploy,
            facts().service(service().wanted("old=100").created("old")),
            "ALREADY_LIVE"));
  }

  @Test
  void aRedeployIsDoneByADeployWithoutTrafficAndUndoneByNames() {
    Plan plan = redeploy(facts());

    assertThat(plan.doCommand())
        .isEqualTo(
            "gcloud run deploy k-back --image=repo/k-back@"
                + OLD_DIGEST.value()
                + " --no-traffic --region=asia-northeast1 --project=demo-proj"
                + " && gcloud run services update-traffic k-back --to-latest"
                + " --region=asia-northeast1 --project=demo-proj");
    assertThat(plan.undoCommand()).contains("--to-revisions=new=100");
  }

  @Test
  void whatARedeployMeansHangsOnTheTemplateAndNotOnTheOldRevision() {
    String fingerprint = redeploy(facts()).fingerprint();

    assertThat(fingerprint).isNotEqualTo(PlanSamples.plan().fingerprint());
    assertThat(redeploy(facts().revisions(fresh())).fingerprint()).isEqualTo(fingerprint);
    assertThat(redeploy(facts().service(service().etag("2"))).fingerprint()).isEqualTo(fingerprint);
    assertThat(redeploy(facts().service(service().template("t2"))).fingerprint())
        .isNotEqualTo(fingerprint);
    assertThat(redeploy(facts().service(service().wanted("mid=100"))).fingerprint())
        .isNotEqualTo(fingerprint);
    assertThat(ready(facts().service(service().template("t2"))).fingerprint())
        .as("a shift does not touch the template")
        .isEqualTo(PlanSamples.plan().fingerprint());
  }

  private static Plan redeploy(TheFacts facts) {
    var wish = new Wish(K_BACK, COMMIT, Optional.of(Route.REDEPLOY));
    return switch (Planner.plan(wish, facts.build())) {
      case Planned.Ready(Plan plan) -> plan;
      case Planned.Impossible(var problem) -> throw new AssertionError(problem.toString());
    };
  }

  @Test
  void theFingerprintMovesWithTheMeaningAndWithNothingElse() {
    String fingerprint = PlanSamples.plan().fingerprint();

    assertThat(fingerprint).hasSize(16);
    assertThat(PlanSamples.plan("new=100").fingerprint())
        .as("LATEST and its name mean the same")
        .isEqualTo(fingerprint);
    assertThat(PlanSamples.plan("LATEST=100 mid#preview=0").fingerprint()).isEqualTo(fingerprint);
    assertThat(PlanSamples.plan("mid=10 new=90").fingerprint()).isNotEqualTo(fingerprint);
    assertThat(ready(facts().service(service().uid("uid-2"))).fingerprint())
        .isNotEqualTo(fingerprint);
    assertThat(ready(facts().service(service().etag("2"))).fingerprint()).isEqualTo(fingerprint);
  }

  private static Plan ready(TheFacts facts) {
    return switch (Planner.plan(new Wish(K_BACK, COMMIT, Optional.empty()), facts.build())) {
      case Planned.Ready(Plan plan) -> plan;
      case Planned.Impossible(var problem) -> throw new AssertionError(problem.toString());
    };
  }

  /**
   * A plan is {@code revision by proof: cautions}; a caution's values only where they are words.
   */
  private static String planned(Target target, TheFacts facts) {
    return switch (Planner.plan(new Wish(K_BACK, target, Optional.empty()), facts.build())) {
      case Planned.Impossible(var problem) -> problem.code().name();
      case Planned.Ready(Plan plan) -> {
        String cautions =
            String.join(" ", plan.cautions().stream().map(PlannerTest::text).toList());
        yield (plan.routes().taken() == Route.SHIFT
                ? plan.target().revision().orElseThrow().value()
                : "a new one")
            + " by "
            + plan.proof()
            + (cautions.isEmpty() ? "" : ": " + cautions);
      }
    };
  }

  private static String text(Caution caution) {
    return caution instanceof Caution.MigrationsCrossed || caution instanceof Caution.FactUnknown
        ? caution.toString()
        : caution.getClass().getSimpleName();
  }

  private static Revision unlabelled(RevisionName name, Optional<Digest> digest) {
    return new Revision(
        name,
        new ImageRef("repo/k-back", Optional.empty(), digest),
        Map.of(),
        T0.minus(Duration.ofDays(9)),
        true,
        Optional.empty());
  }

  private static Spell spell(RevisionName revision, int minutes) {
    return new Spell(revision, T0.minus(Duration.ofMinutes(minutes)), T0);
  }

  private static Spell spell(String revision, int minutes) {
    return spell(new RevisionName(revision), minutes);
  }

  @Test
  void aCommitAgreesWithItsBeginning() {
    Target seven = new Target.Commit(new CommitSha(OLD_COMMIT.abbreviated()));

    assertThat(planned(seven, facts())).isEqualTo("old by IMAGE");
    assertThat(
            planned(seven, facts().commit(Known.unknown("git")).image(Known.unknown("registry"))))
        .startsWith("old by LABEL");
  }
}
