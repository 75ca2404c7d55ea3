package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Grant;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.model.Settings;
import dev.rollbackbot.domain.plan.Facts.CommitFinding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a person should know before saying yes, gravest first. */
final class Cautions {
  private Cautions() {}

  static List<Caution> of(Facts facts, Aimed aimed, Routes routes) {
    var cautions = new ArrayList<Caution>();
    aimed
        .revision()
        .flatMap(Revision::failure)
        .ifPresent(why -> cautions.add(new Caution.TargetWasNotReady(why)));
    migrations(facts, cautions);
    commit(facts, aimed, cautions);
    if (aimed
        .revision()
        .filter(r -> facts.around().worth(facts.track(r.name())) == Track.Worth.UNWELL)
        .isPresent()) {
      cautions.add(new Caution.TargetWasUnwell());
    }
    cautions.addAll(OtherHands.of(facts.state(), facts.around()));
    service(facts, cautions);
    facts.outlook().ifPresent(outlook -> canary(facts, routes, outlook, cautions));
    cautions.addAll(unknowns(facts));
    return cautions;
  }

  private static void migrations(Facts facts, List<Caution> cautions) {
    List<Migration> crossed = facts.migrations().asOptional().orElse(List.of());
    if (!crossed.isEmpty()) {
      long without =
          crossed.stream().filter(m -> m.downgrade() != Migration.Downgrade.PRESENT).count();
      cautions.add(new Caution.MigrationsCrossed(crossed.size(), (int) without));
    }
  }

  private static void commit(Facts facts, Aimed aimed, List<Caution> cautions) {
    if (facts.commit().flatMap(Known::asOptional).orElse(null)
            instanceof CommitFinding.Found(CommitInfo _, boolean onBranch)
        && !onBranch) {
      cautions.add(new Caution.NotOnBranch(facts.branch()));
    }
    Optional<Revision> live = facts.state().live().main().flatMap(facts::revision);
    aimed
        .revision()
        .filter(target -> live.filter(l -> target.created().isAfter(l.created())).isPresent())
        .ifPresent(_ -> cautions.add(new Caution.GoesForward()));
    aimed
        .revision()
        .filter(_ -> aimed.proof() == Proof.LABEL)
        .ifPresent(target -> cautions.add(new Caution.ProvedByLabelOnly(target.name())));
    if (!facts.probeable()) {
      cautions.add(new Caution.CannotProbe("no public address"));
    }
  }

  /** What makes a share of users different from all of them. */
  private static void canary(Facts facts, Routes routes, Outlook outlook, List<Caution> cautions) {
    Settings settings =
        routes.taken() == Route.SHIFT
            ? facts.targetSettings().asOptional().orElseGet(Settings::none)
            : facts.state().template().settings();
    if (settings.others().containsKey(Settings.SESSION_AFFINITY)) {
      cautions.add(new Caution.SessionAffinity());
    }
    String least = settings.figures().getOrDefault(Settings.Figure.MIN_INSTANCES, "0");
    cautions.add(least.equals("0") ? new Caution.ColdStarts() : new Caution.MinInstances(least));
    if (outlook.rate() instanceof Known.Unknown<?>(String source, Optional<Grant> _)) {
      cautions.add(new Caution.FactUnknown(source));
    }
  }

  private static void service(Facts facts, List<Caution> cautions) {
    ServiceState state = facts.state();
    state.failure().ifPresent(why -> cautions.add(new Caution.NewestFailing(why)));
    if (state.failure().isEmpty() && !state.live().equals(state.observedLive())) {
      cautions.add(
          new Caution.NotSettled(state.live().asArgument(), state.observedLive().asArgument()));
    }
    if (facts.journal() instanceof JournalReading.Found(Journal journal)) {
      journal
          .runningCanary()
          .ifPresent(
              canary ->
                  cautions.add(
                      new Caution.TakesOverCanary(journal.aim().called(), canary.percent())));
    }
    boolean open = false;
    if (facts.journal() instanceof JournalReading.Found(Journal journal)
        && journal.state().atRest()) {
      open = true;
      cautions.add(new Caution.ClosesOpenJob(journal.aim().called()));
    }
    boolean ours =
        open
            || (facts.journal() instanceof JournalReading.Found(Journal j)
                && j.runningCanary().isPresent());
    if (state.pinned() && !ours) {
      cautions.add(new Caution.AlreadyPinned());
    }
    if (facts.journal() instanceof JournalReading.Unreadable(String why)) {
      cautions.add(new Caution.RecordUnreadable(why));
    }
    List<String> leftover =
        state.wanted().tags().stream()
            .filter(t -> t.startsWith("rb-") && !t.equals(inUse(facts)))
            .toList();
    if (!leftover.isEmpty()) {
      cautions.add(new Caution.LeftoverTags(leftover));
    }
  }

  /** The tag of a canary under way, which goes with it. */
  private static String inUse(Facts facts) {
    return facts.journal() instanceof JournalReading.Found(Journal journal)
            && journal.runningCanary().isPresent()
        ? journal.tag()
        : "";
  }

  /** Each source and each permission once. */
  private static Set<Caution> unknowns(Facts facts) {
    var unknown = new LinkedHashSet<Caution>();
    var missing = new LinkedHashSet<Caution>();
    Stream.of(
            facts.commit(),
            Optional.of(facts.image()),
            Optional.of(facts.imageExists()),
            Optional.of(facts.between()),
            Optional.of(facts.migrations()),
            Optional.of(facts.spells()),
            Optional.of(facts.around().rollbacks()),
            Optional.of(facts.around().builds()))
        .flatMap(Optional::stream)
        .forEach(
            fact -> {
              if (fact instanceof Known.Unknown<?>(String source, Optional<Grant> grant)) {
                unknown.add(new Caution.FactUnknown(source));
                grant.map(Caution.PermissionMissing::new).ifPresent(missing::add);
              }
            });
    unknown.addAll(missing);
    return unknown;
  }
}
