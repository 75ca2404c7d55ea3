package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.plan.Facts.CommitFinding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a person should know before saying yes, gravest first. */
final class Cautions {
  private Cautions() {}

  static List<Caution> of(Facts facts, Revision target, Proof proof) {
    var cautions = new ArrayList<Caution>();
    target.failure().ifPresent(why -> cautions.add(new Caution.TargetWasNotReady(why)));
    migrations(facts, cautions);
    commit(facts, target, proof, cautions);
    if (facts.around().worth(facts.track(target.name())) == Track.Worth.UNWELL) {
      cautions.add(new Caution.TargetWasUnwell());
    }
    cautions.addAll(OtherHands.of(facts.state(), facts.around()));
    service(facts, cautions);
    for (String source : unknowns(facts)) {
      cautions.add(new Caution.FactUnknown(source));
    }
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

  private static void commit(Facts facts, Revision target, Proof proof, List<Caution> cautions) {
    if (facts.commit().flatMap(Known::asOptional).orElse(null)
            instanceof CommitFinding.Found(CommitInfo _, boolean onBranch)
        && !onBranch) {
      cautions.add(new Caution.NotOnBranch(facts.branch()));
    }
    facts
        .state()
        .live()
        .main()
        .flatMap(main -> facts.revisions().stream().filter(r -> r.name().equals(main)).findFirst())
        .filter(live -> target.created().isAfter(live.created()))
        .ifPresent(_ -> cautions.add(new Caution.GoesForward()));
    if (proof == Proof.LABEL) {
      cautions.add(new Caution.ProvedByLabelOnly(target.name()));
    }
    if (!facts.probeable()) {
      cautions.add(new Caution.CannotProbe("no public address"));
    }
  }

  private static void service(Facts facts, List<Caution> cautions) {
    ServiceState state = facts.state();
    state.failure().ifPresent(why -> cautions.add(new Caution.NewestFailing(why)));
    if (state.failure().isEmpty() && !state.live().equals(state.observedLive())) {
      cautions.add(
          new Caution.NotSettled(state.live().asArgument(), state.observedLive().asArgument()));
    }
    boolean open = false;
    if (facts.journal() instanceof JournalReading.Found(Journal journal)
        && journal.state().atRest()) {
      open = true;
      cautions.add(
          new Caution.ClosesOpenJob(
              journal
                  .aim()
                  .commit()
                  .map(c -> c.abbreviated())
                  .orElse(journal.aim().target().value())));
    }
    if (state.pinned() && !open) {
      cautions.add(new Caution.AlreadyPinned());
    }
    if (facts.journal() instanceof JournalReading.Unreadable(String why)) {
      cautions.add(new Caution.RecordUnreadable(why));
    }
    List<String> leftover =
        state.wanted().tags().stream().filter(t -> t.startsWith("rb-")).toList();
    if (!leftover.isEmpty()) {
      cautions.add(new Caution.LeftoverTags(leftover));
    }
  }

  private static Set<String> unknowns(Facts facts) {
    var unknown = new LinkedHashSet<String>();
    facts.commit().ifPresent(commit -> note(commit, unknown));
    note(facts.image(), unknown);
    note(facts.imageExists(), unknown);
    note(facts.between(), unknown);
    note(facts.migrations(), unknown);
    note(facts.spells(), unknown);
    note(facts.around().rollbacks(), unknown);
    note(facts.around().builds(), unknown);
    return unknown;
  }

  private static void note(Known<?> fact, Set<String> unknown) {
    if (fact instanceof Known.Unknown<?>(String source)) {
      unknown.add(source);
    }
  }
}
