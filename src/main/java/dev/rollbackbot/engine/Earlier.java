package dev.rollbackbot.engine;

import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.AcceptedOffer;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.plan.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a new journal takes over from the one that stands where it is written.
 *
 * @param accepted the offers that must still be remembered
 * @param seq the sequence of the next write
 * @param tag the earlier rollback's, which may have been left behind
 */
record Earlier(List<AcceptedOffer> accepted, int seq, Optional<String> tag) {

  static Earlier of(JournalReading reading, Instant now) {
    return reading instanceof JournalReading.Found(Journal found)
        ? new Earlier(found.fresh(now), found.seq() + 1, Optional.of(found.tag()))
        : new Earlier(List.of(), 1, Optional.empty());
  }

  /** The first step of the new rollback, which also takes the earlier one's tag away. */
  Step first(Step step) {
    return tag.<Step>map(old -> new Step.Both(new Step.DropTag(old), step)).orElse(step);
  }
}
