package dev.rollbackbot.domain.job;

import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.ServiceState;
import java.util.Optional;

/**
 * A rollback beside what its service really is.
 *
 * @param target the revision that is being prepared, maybe under another name than was wanted, or
 *     for a word the one that the way back needs; empty when it was deleted, is not there yet, or
 *     was not asked for
 */
public record Observed(ServiceState state, Journal journal, Optional<Revision> target) {

  /** The platform says that users have what our last write told. */
  boolean arrived() {
    return state.observedLive().equals(journal.live());
  }

  /** Users are told to have something else than our last write told. */
  boolean moved() {
    return !state.live().equals(journal.live());
  }
}
