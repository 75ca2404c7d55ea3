package dev.rollbackbot.domain.plan;

import static dev.rollbackbot.domain.Samples.K_BACK;
import static dev.rollbackbot.domain.Samples.NEW_COMMIT;
import static dev.rollbackbot.domain.Samples.NEW_DIGEST;
import static dev.rollbackbot.domain.Samples.OLD_COMMIT;
import static dev.rollbackbot.domain.Samples.OLD_DIGEST;
import static dev.rollbackbot.domain.Samples.T0;
import static dev.rollbackbot.domain.Samples.fresh;
import static dev.rollbackbot.domain.Samples.old;
import static dev.rollbackbot.domain.Samples.service;

import dev.rollbackbot.domain.Samples;
import dev.rollbackbot.domain.Samples.AService;
import dev.rollbackbot.domain.command.Target;
import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Change;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.Settings;
import dev.rollbackbot.domain.plan.Facts.CommitFinding;
import dev.rollbackbot.domain.plan.Facts.Spell;
import dev.rollbackbot.domain.plan.Facts.TargetImage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Facts to vary: all is known, {@code new} is live, and {@code old} is proved by its image. */
public final class PlanSamples {
  private PlanSamples() {}

  /** The plan that the facts make. */
  public static Plan plan() {
    return plan("LATEST=100");
  }

  /** The same while users have another split. */
  public static Plan plan(String split) {
    Wish wish = new Wish(K_BACK, new Target.Commit(OLD_COMMIT), Optional.empty());
    return switch (Planner.plan(wish, facts().service(service().wanted(split)).build())) {
      case Planned.Ready(Plan plan) -> plan;
      case Planned.Impossible(var problem) -> throw new AssertionError(problem.toString());
    };
  }

  public static TheFacts facts() {
    return new TheFacts();
  }

  static CommitInfo commit(CommitSha sha) {
    return new CommitInfo(sha, "Change the plan", "Aiko", T0.minus(Duration.ofDays(9)));
  }

  static TargetImage image(Digest tagged, Digest... runnable) {
    return new TargetImage(OLD_COMMIT, tagged, Set.of(runnable));
  }

  /** Facts to vary. */
  public static final class TheFacts {
    private AService service = Samples.service();
    private JournalReading journal = new JournalReading.Absent();
    private List<Revision> revisions = List.of(fresh(), old());
    private Known<CommitFinding> commit =
        Known.of(new CommitFinding.Found(PlanSamples.commit(OLD_COMMIT), true));
    private Known<Optional<TargetImage>> image =
        Known.of(Optional.of(PlanSamples.image(OLD_DIGEST, OLD_DIGEST)));
    private Known<Boolean> exists = Known.of(true);
    private Known<List<Migration>> migrations = Known.of(List.of());
    private Known<List<Spell>> spells = Known.of(List.of());
    private Known<Settings> settings = Known.of(Settings.none());
    private Map<Digest, CommitSha> tagged = Map.of(OLD_DIGEST, OLD_COMMIT, NEW_DIGEST, NEW_COMMIT);
    private boolean probeable = true;
    private Optional<Outlook> outlook = Optional.empty();

    private Known<List<RunningBuild>> builds = Known.of(List.of());
    private List<Change> changes = List.of();
    private Known<List<PastRollback>> rollbacks = Known.of(List.of());
    private final Map<RevisionName, Track.Counted> counted = new HashMap<>();

    TheFacts builds(Known<List<RunningBuild>> running) {
      builds = running;
      return this;
    }

    TheFacts changes(Change... oldestFirst) {
      changes = List.of(oldestFirst);
      return this;
    }

    TheFacts rolledBack(RevisionName target, Ending ending) {
      rollbacks = Known.of(List.of(new PastRollback(target, ending, T0.minusSeconds(9))));
      return this;
    }

    /** Its last spell had so many requests, and so many of them failed. */
    TheFacts counted(RevisionName revision, int requests, int errors) {
      counted.put(revision, new Track.Counted(new Figures.Load(requests, errors, 80, 400), true));
      return this;
    }

    public TheFacts service(AService newService) {
      service = newService;
      return this;
    }

    public TheFacts journal(Journal found) {
      return journal(new JournalReading.Found(found));
    }

    public TheFacts journal(JournalReading reading) {
      journal = reading;
      return this;
    }

    TheFacts revisions(Revision... newestFirst) {
      revisions = List.of(newestFirst);
      return this;
    }

    TheFacts commit(Known<CommitFinding> finding) {
      commit = finding;
      return this;
    }

    TheFacts image(Known<Optional<TargetImage>> found) {
      image = found;
      return this;
    }

    TheFacts exists(Known<Boolean> known) {
      exists = known;
      return this;
    }

    TheFacts migrations(Known<List<Migration>> known) {
      migrations = known;
      return this;
    }

    TheFacts spells(Known<List<Spell>> known) {
      spells = known;
      return this;
    }

    /** How the target's revision is configured. */
    TheFacts settings(Known<Settings> known) {
      settings = known;
      return this;
    }

    /** No image carries a commit's tag. */
    TheFacts onlyLatest() {
      tagged = Map.of();
      image = Known.of(Optional.empty());
      return this;
    }

    TheFacts outlook(Outlook ahead) {
      outlook = Optional.of(ahead);
      return this;
    }

    TheFacts unprobeable() {
      probeable = false;
      return this;
    }

    public Facts build() {
      return new Facts(
          service.build(),
          journal,
          revisions,
          Optional.of(commit),
          image,
          exists,
          settings,
          Optional.of(PlanSamples.commit(NEW_COMMIT)),
          Optional.of(NEW_COMMIT),
          Known.of(List.of(PlanSamples.commit(NEW_COMMIT))),
          migrations,
          spells,
          List.of(new CommitSha("784145a")),
          tagged,
          "main",
          "repo/k-back",
          probeable,
          new Around(builds, changes, rollbacks, counted, 20, 0.05),
          outlook);
    }
  }
}
