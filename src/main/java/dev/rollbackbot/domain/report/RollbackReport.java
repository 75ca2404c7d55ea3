package dev.rollbackbot.domain.report;

import dev.rollbackbot.domain.health.ErrorMessage;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What there is to tell of one rollback, from the offer to its end. */
public sealed interface RollbackReport {

  /**
   * The offer: the whole plan with its button.
   *
   * @param value what the button carries; empty when the offer can no longer be taken
   * @param moved what moved since the offer that this one replaces
   */
  record Offered(
      Plan plan,
      String requester,
      Optional<String> reason,
      Instant at,
      Instant expires,
      Optional<String> value,
      Optional<Moved> moved)
      implements RollbackReport {}

  /** The service is not as the offer said; splits by name. */
  record Moved(String was, String now, String by) {}

  /** The offer's card once it is over without effect; buttons gone. */
  record OfferOver(Plan plan, String requester, Problem why) implements RollbackReport {}

  /** The one card, whatever the state. */
  record Card(JobView view) implements RollbackReport {}

  /** One line in the card's thread for the state just reached. */
  record Line(JobView view) implements RollbackReport {}

  /** What errors said, where the service opted in; told once, in the card's thread. */
  record Messages(JobView view, List<ErrorMessage> messages) implements RollbackReport {
    public Messages {
      messages = List.copyOf(messages);
    }
  }

  /** The one message in the incident channel, whatever the state. */
  record Incident(JobView view) implements RollbackReport {}

  /** A deploy made a revision that gets no users because of the pin. */
  record DeployGotNothing(JobView view, RevisionName revision, Optional<CommitSha> commit)
      implements RollbackReport {}

  /** A driver stopped without a write: journal or service gone, or made anew. */
  record Lost(JobView view, String by) implements RollbackReport {}
}
