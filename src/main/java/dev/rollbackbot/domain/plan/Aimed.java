package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import java.util.Optional;

/**
 * What a target turned out to be.
 *
 * @param revision that runs its image; empty where there is only the image
 * @param digest of its image; empty where a revision was kept by its tag and no tag tells
 * @param repository of its image, without tag
 */
public record Aimed(
    Optional<Revision> revision,
    Proof proof,
    Optional<CommitSha> commit,
    Optional<Digest> digest,
    String repository) {

  /** As people call it. */
  String called() {
    return commit
        .map(CommitSha::abbreviated)
        .or(() -> revision.map(Revision::name).map(RevisionName::value))
        .orElse(repository);
  }
}
