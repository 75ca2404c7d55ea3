package dev.rollbackbot.domain.approval;

import dev.rollbackbot.domain.command.Reason;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.RevisionName;
import java.time.Instant;
import java.util.Optional;

/**
 * A plan that was shown, as its button carries it.
 *
 * @param id the same for a command that is delivered again
 * @param service the service's name, as the configuration knows it
 * @param fingerprint what the plan meant when it was shown
 * @param reason at most 200 code points
 */
public record Offer(
    String id,
    String service,
    String serviceUid,
    Optional<CommitSha> commit,
    Digest digest,
    RevisionName revision,
    String requester,
    Instant issued,
    Instant expires,
    String fingerprint,
    Optional<Reason> reason)
    implements Proposal {

  @Override
  public String typed() {
    return commit.map(CommitSha::abbreviated).orElse(revision.value());
  }
}
