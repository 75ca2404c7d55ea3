package dev.rollbackbot.simulation;

import dev.rollbackbot.domain.health.CanaryVerdict;
import dev.rollbackbot.domain.health.CanaryVerdict.Advice;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.simulation.Promises.Written;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What must be true of the writes of a canary. */
final class CanaryPromises {
  private final KBack kBack;
  private final Consumer<String> violated;

  CanaryPromises(KBack kBack, Consumer<String> violated) {
    this.kBack = kBack;
    this.violated = violated;
  }

  /** A look, which nobody need be told. */
  static boolean isLook(Journal earlier, Journal journal) {
    return earlier.canary().isPresent()
        && journal.canary().isPresent()
        && earlier
            .looked(journal.canary().get(), "-")
            .withCards(journal.cards())
            .equals(journal.looked(journal.canary().get(), "-"));
  }

  void check(Written write, ServiceState state) {
    Journal journal = write.journal();
    takenOver(write);
    if (journal.canary().isEmpty()) {
      return;
    }
    Canary canary = journal.canary().get();
    Optional<Journal> earlier =
        write.earlier().filter(before -> before.jobId().equals(journal.jobId()));
    share(journal, canary, state);
    boolean worse = verdict(canary).filter(v -> v.word() == CanaryVerdict.Word.WORSE).isPresent();
    must(
        !worse || (journal.state() != JobState.WATCHING && journal.state() != JobState.HOLDING),
        "users stay on a target that was seen to be worse");
    earlier.ifPresent(
        before -> {
          looks(write.at(), before.canary().orElseThrow(), canary);
          steps(before, journal, canary);
        });
    if (journal.state() == JobState.UNDOING && journal.ending() == Ending.REVERTED) {
      must(
          verdict(canary).map(CanaryVerdict::word).equals(Optional.of(CanaryVerdict.Word.WORSE)),
          "users go back although nothing says that the target is worse");
    }
  }

  /** Whoever takes a canary over leads back to before it. */
  private void takenOver(Written write) {
    Optional<Journal> over =
        write
            .earlier()
            .filter(before -> before.state().splits())
            .filter(before -> !before.jobId().equals(write.journal().jobId()));
    must(
        over.filter(before -> !before.before().equals(write.journal().before())).isEmpty(),
        "a canary was taken over, and its undo leads elsewhere");
  }

  /** What it says users have is what they are given, and is said to be so only when it is. */
  private void share(Journal journal, Canary canary, ServiceState state) {
    if (!journal.state().splits()) {
      return;
    }
    int wanted = state.live().percents().getOrDefault(journal.aim().target(), 0);
    must(
        wanted == canary.percent(),
        "a step of " + canary.percent() + " % gives the target " + wanted + " %");
    must(
        journal.state() != JobState.WATCHING
            || canary.doubt().isPresent()
            || kBack.users(journal.aim().target()) == canary.percent()
            || state.observedLive().equals(journal.live()),
        "a share of users is said to be on the target, and is not");
  }

  /** One by one, each by somebody's word or by a verdict that allows it. */
  private void steps(Journal before, Journal journal, Canary canary) {
    int was = before.canary().orElseThrow().rung();
    if (canary.rung() == was) {
      return;
    }
    must(canary.rung() == was + 1, "a step was left out");
    boolean byWord =
        journal.actors().closer().isPresent()
            && (before.state() == JobState.HOLDING || before.state() == JobState.HELD);
    boolean byItself =
        before.state() == JobState.WATCHING
            && canary.ladder().advance() == Ladder.Advance.AUTO
            && verdict(canary)
                .filter(v -> v.advice(canary.direction()) == Advice.GO_ON)
                .isPresent();
    must(
        byWord || byItself || before.state() == JobState.PREPARING,
        "a step was taken from " + before.state() + " that nothing allows");
  }

  /** No look is taken twice, none is lost, none is of the future. */
  private void looks(Instant at, Canary before, Canary now) {
    List<Canary.Seen> old = before.seen();
    boolean kept = now.seen().size() >= old.size() && now.seen().subList(0, old.size()).equals(old);
    must(kept && now.seen().size() <= old.size() + 1, "the looks are not those from before");
    if (now.seen().size() > old.size() && !old.isEmpty()) {
      must(now.seen().getLast().end().isAfter(old.getLast().end()), "a time was looked at twice");
    }
    if (now.seen().size() > old.size()) {
      must(!now.seen().getLast().end().isAfter(at.plus(Run.SKEW)), "a look sees the future");
    }
  }

  private static Optional<CanaryVerdict> verdict(Canary canary) {
    return Stage.VERDICTS.of(KBack.ID.name(), canary);
  }

  private void must(boolean holds, String otherwise) {
    if (!holds) {
      violated.accept(otherwise);
    }
  }
}
