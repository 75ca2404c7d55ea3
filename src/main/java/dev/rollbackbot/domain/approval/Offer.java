package dev.rollbackbot.domain.approval;

import dev.rollbackbot.domain.command.InSteps;
import dev.rollbackbot.domain.command.Reason;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.Route;
import java.time.Instant;
import java.util.Optional;

/**
 * A plan that was shown, as its button carries it.
 *
 * @param id the same for a command that is delivered again
 * @param service the service's name, as the configuration knows it
 * @param revision that runs the image; empty where there was none
 * @param fingerprint what the plan meant when it was shown
 * @param reason at most 200 code points
 * @param ladder of a canary; empty where all users move at once
 */
public record Offer(
    String id,
    String service,
    String serviceUid,
    Optional<CommitSha> commit,
    Digest digest,
    Route route,
    Optional<RevisionName> revision,
    String requester,
    Instant issued,
    Instant expires,
    String fingerprint,
    Optional<Reason> reason,
    Optional<Ladder> ladder)
    implements Proposal {

  @Override
  public String typed() {
    String target =
        commit
            .map(CommitSha::abbreviated)
            .or(() -> revision.map(RevisionName::value))
            .orElse("<commit>");
    String routed = route == Route.REDEPLOY ? target + " --route " + route.word() : target;
    return ladder.map(steps -> "canary " + routed + InSteps.of(steps).typed()).orElse(routed);
  }
}
