package dev.rollbackbot.domain.approval;

import dev.rollbackbot.domain.command.Reason;
import java.time.Instant;
import java.util.Optional;

/** What was shown and waits for somebody's yes. */
public sealed interface Proposal permits Offer, ActionOffer {
  /** The same for a command that is delivered again. */
  String id();

  /** Who asked. */
  String requester();

  /** From then on nobody can say yes any more. */
  Instant expires();

  /** Why, in the words of whoever asked. */
  Optional<Reason> reason();

  /** What one types to ask for the same. */
  String typed();

  /** Whether who asked also wants to be the one who says yes. */
  default boolean alone() {
    return reason().filter(Reason::alone).isPresent();
  }
}
