package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.plan.Facts.Spell;
import dev.rollbackbot.domain.plan.Track.Worth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which revision {@code previous} means: the last one that proved good.
 *
 * <p>Proved is what a rollback verified, or what served for an hour with few errors. Where nothing
 * is proved, the last one that served for an hour and is not known to be bad is taken, and the card
 * says that much and no more.
 */
public final class Previous {
  private Previous() {}

  /** The revisions whose requests decide, last served first; never what is live. */
  public static List<RevisionName> candidates(Facts facts) {
    Set<RevisionName> live = facts.state().live().percents().keySet();
    List<RevisionName> served =
        facts.spells().asOptional().orElse(List.<Spell>of()).reversed().stream()
            .map(Spell::revision)
            .distinct()
            .toList();
    List<RevisionName> verified =
        facts.around().rollbacks().asOptional().orElse(List.<PastRollback>of()).stream()
            .map(PastRollback::target)
            .filter(target -> !served.contains(target))
            .distinct()
            .toList();
    return Stream.concat(served.stream(), verified.stream())
        .filter(revision -> !live.contains(revision))
        .filter(revision -> facts.revisions().stream().anyMatch(r -> r.name().equals(revision)))
        .toList();
  }

  static Optional<RevisionName> of(Facts facts) {
    List<RevisionName> candidates = candidates(facts);
    return candidates.stream()
        .filter(revision -> worth(facts, revision).proven())
        .findFirst()
        .or(
            () ->
                candidates.stream()
                    .filter(revision -> worth(facts, revision) == Worth.SERVED)
                    .findFirst());
  }

  private static Worth worth(Facts facts, RevisionName revision) {
    return facts.around().worth(facts.track(revision));
  }
}
