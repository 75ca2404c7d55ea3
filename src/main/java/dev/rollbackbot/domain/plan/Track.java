package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.health.Figures.Load;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.plan.Facts.Spell;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is on record of a revision's time with users.
 *
 * @param lastServed until when it had the largest share; empty when the record does not say
 * @param served for how long in all
 * @param longest its longest spell
 * @param tried how the last rollback to it came to rest; empty when there was none
 * @param counted users' requests of its last spell; empty when they were not counted
 */
public record Track(
    RevisionName revision,
    Optional<Instant> lastServed,
    Duration served,
    Duration longest,
    Optional<PastRollback> tried,
    Optional<Counted> counted) {

  /** Served for less, a revision has not shown that it is good. */
  public static final Duration PROVEN_SPELL = Duration.ofHours(1);

  /**
   * Requests of one spell.
   *
   * @param complete false when there were more than were read; then these are the newest
   */
  public record Counted(Load load, boolean complete) {}

  /** What the record says of it as a target. */
  public enum Worth {
    /** A rollback to it was verified. */
    VERIFIED,
    /** It served for an hour, and its errors stayed under the limit. */
    SERVED_WELL,
    /** It served for an hour, with too few requests, or none that could be counted, to judge. */
    SERVED,
    /** It answered too many requests with errors, or a rollback to it did not help. */
    UNWELL,
    /** It did not serve for an hour. */
    TOO_SHORT,
    /** The record says nothing. */
    UNKNOWN;

    /** Whether it may be taken for {@code previous} without a person naming it. */
    public boolean proven() {
      return this == VERIFIED || this == SERVED_WELL;
    }
  }

  /** The track of one revision. */
  static Track of(
      RevisionName revision,
      List<Spell> spells,
      List<PastRollback> rollbacks,
      Optional<Counted> counted) {
    List<Duration> lengths =
        spells.stream()
            .filter(s -> s.revision().equals(revision))
            .map(s -> Duration.between(s.from(), s.to()))
            .toList();
    return new Track(
        revision,
        spells.stream()
            .filter(s -> s.revision().equals(revision))
            .map(Spell::to)
            .max(Comparator.naturalOrder()),
        lengths.stream().reduce(Duration.ZERO, Duration::plus),
        lengths.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO),
        rollbacks.stream()
            .filter(r -> r.target().equals(revision))
            .max(Comparator.comparing(PastRollback::at)),
        counted);
  }

  /** What it is worth, where a service wants so many requests and at most this share of 5xx. */
  public Worth worth(int enoughRequests, double mostErrors) {
    Optional<Ending> ending = tried.map(PastRollback::ending);
    if (ending.filter(e -> e == Ending.VERIFIED).isPresent()) {
      return Worth.VERIFIED;
    }
    boolean enough = counted.filter(c -> c.load().requests() >= enoughRequests).isPresent();
    boolean failing = enough && counted.filter(c -> c.load().errorShare() > mostErrors).isPresent();
    if (failing || ending.filter(e -> e == Ending.BAD || e == Ending.REVERTED).isPresent()) {
      return Worth.UNWELL;
    }
    if (lastServed.isEmpty()) {
      return Worth.UNKNOWN;
    }
    if (longest.compareTo(PROVEN_SPELL) < 0) {
      return Worth.TOO_SHORT;
    }
    return enough ? Worth.SERVED_WELL : Worth.SERVED;
  }
}
