package dev.rollbackbot.domain.approval;

import dev.rollbackbot.domain.command.Reason;
import dev.rollbackbot.domain.job.JobAction;
import java.time.Instant;
import java.util.Optional;

/**
 * A way on from where a service stands, as its button carries it: undo, return to newest, or switch
 * anyway.
 *
 * @param service the service's name, as the configuration knows it
 * @param fingerprint what it meant when it was shown
 * @param reason at most 200 code points
 */
public record ActionOffer(
    String id,
    JobAction action,
    String service,
    String requester,
    Instant issued,
    Instant expires,
    String fingerprint,
    Optional<Reason> reason)
    implements Proposal {

  @Override
  public String typed() {
    return switch (action) {
      case STOP, KEEP, UNDO, NEWEST, GO_ON, HOLD_HERE, WAIT -> action.id();
      // One word means the way to the newest, whichever it is.
      case RESTORE -> JobAction.NEWEST.id();
      // There is no word for it: the rollback itself must have been asked for alone.
      case SWITCH_ANYWAY -> "<commit>";
    };
  }
}
