package dev.rollbackbot.engine;

import dev.rollbackbot.domain.journal.JobState;
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
 * @param ended its messages, where it was not over yet
 */
record Earlier(
    List<AcceptedOffer> accepted, int seq, Optional<String> tag, Optional<Journal.Ended> ended) {

  static Earlier of(JournalReading reading, Instant now) {
    return reading instanceof JournalReading.Found(Journal found)
        ? new Earlier(found.fresh(now), found.seq() + 1, Optional.of(found.tag()), ended(found))
        : new Earlier(List.of(), 1, Optional.empty(), Optional.empty());
  }

  /** One that was over has had its last word. */
  private static Optional<Journal.Ended> ended(Journal found) {
    return found.state() == JobState.CLOSED
        ? Optional.empty()
        : Optional.of(
            new Journal.Ended(
                found.cards().main(), found.cards().incident(), found.aim().called()));
  }

  /** The first step of the new rollback, which also takes the earlier one's tag away. */
  Step first(Step step) {
    return tag.<Step>map(old -> new Step.Both(new Step.DropTag(old), step)).orElse(step);
  }
}
