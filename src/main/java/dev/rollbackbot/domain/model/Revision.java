package dev.rollbackbot.domain.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A revision of a service: one image with one configuration.
 *
 * @param failure why it is not ready, as the platform says it; empty when ready or still starting
 */
public record Revision(
    RevisionName name,
    ImageRef image,
    Map<String, String> labels,
    Instant created,
    boolean ready,
    Optional<String> failure) {

  /** The label under which build pipelines note the commit. */
  public static final String COMMIT_LABEL = "commit-sha";

  /**
   * The label of a revision that the bot made: under which name it wanted it. So it is found again
   * where the platform gave it another one.
   */
  public static final String MADE_AS_LABEL = "rollback-bot-made-as";

  public Revision {
    labels = Map.copyOf(labels);
  }

  /** Whether the bot made it to be called so. */
  public boolean madeAs(RevisionName wanted) {
    return name.equals(wanted) || wanted.value().equals(labels.get(MADE_AS_LABEL));
  }

  /** The commit its label claims, when it is one. */
  public Optional<CommitSha> labelledCommit() {
    return Optional.ofNullable(labels.get(COMMIT_LABEL))
        .filter(CommitSha::isSha)
        .map(CommitSha::new);
  }
}
