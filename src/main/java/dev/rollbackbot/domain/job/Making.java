package dev.rollbackbot.domain.job;

import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import java.util.Optional;

/** How far the platform has come with a revision that the bot asked it to make. */
sealed interface Making {

  /** It is not there, or not ready; it is waited for. */
  record Under() implements Making {}

  /** The platform chose its name, and nobody has written it down yet. */
  record Called(RevisionName name) implements Making {}

  /** It will not come. */
  record Failed(String why) implements Making {}

  /** It can be started under the name that is known. */
  record Ready() implements Making {}

  /**
   * How far it is.
   *
   * @param found the revision that was made, when it is there
   * @param known its name as the journal has it
   * @param overdue whether it was waited for long enough
   */
  static Making of(Optional<Revision> found, RevisionName known, boolean overdue) {
    if (found.isEmpty()) {
      return overdue ? new Failed("the platform made no revision") : new Under();
    }
    Revision made = found.get();
    if (made.failure().isPresent()) {
      return new Failed(made.failure().get());
    }
    if (!made.name().equals(known)) {
      return new Called(made.name());
    }
    if (made.ready()) {
      return new Ready();
    }
    return overdue ? new Failed("the revision did not get ready in time") : new Under();
  }
}
