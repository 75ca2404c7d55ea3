package dev.rollbackbot.domain.report;

import dev.rollbackbot.domain.command.Reason;
import dev.rollbackbot.domain.health.ErrorMessage;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.Journal.AcceptedOffer;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
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
      Optional<Reason> reason,
      Instant at,
      Instant expires,
      Optional<String> value,
      Optional<Moved> moved)
      implements RollbackReport {}

  /** The service is not as the offer said: who serves now, by name, and who changed it last. */
  record Moved(String now, String by) {}

  /** The offer's card once it is over without effect; buttons gone. */
  record OfferOver(Plan plan, String requester, Problem why) implements RollbackReport {}

  /**
   * A way on from where the service stands, with its button.
   *
   * @param view of the rollback it is about, with this button alone
   * @param renewed it replaces an offer that meant something else
   */
  record ActionOffered(
      JobView view,
      JobAction action,
      String requester,
      Optional<Reason> reason,
      Instant at,
      Instant expires,
      boolean renewed)
      implements RollbackReport {}

  /** The same once somebody has said yes; buttons gone, the rollback's card goes on. */
  record ActionTaken(JobView view, JobAction action, String requester, AcceptedOffer accepted)
      implements RollbackReport {}

  /** The same once it is over without effect. */
  record ActionOver(ServiceId service, String requester, Problem why) implements RollbackReport {}

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

  /** The last word of a rollback that the next one closed: {@code view} is the next one's. */
  record Superseded(JobView view, String target) implements RollbackReport {}

  /**
   * A driver stopped without a write: the journal is gone, or the service was made anew.
   *
   * @param by who wrote last; empty when the service itself is gone
   */
  record Lost(JobView view, Optional<String> by) implements RollbackReport {}
}
