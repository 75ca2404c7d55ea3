package dev.rollbackbot.sandbox.cloudrun;

import java.time.Duration;

/**
 * How long things take, and what is chosen where nobody has seen the real behaviour.
 *
 * @param startUp from the making of a revision to its being ready, or known to be failed
 * @param routeLag from a wanted split to requests being routed so and {@code traffic_statuses}
 *     saying so; docs: "traffic routing adjustments are not instantaneous"
 * @param statusesAfterFailure see {@link StatusesAfterFailure}
 * @param missingRevision see {@link MissingRevision}
 * @param statusMovesEtag whether a change that Cloud Run makes itself (a revision gets ready) is a
 *     new etag too, as a resource version of Kubernetes would be; unproved
 * @param bodyNeedsTemplate whether an UpdateService body without a template is refused although the
 *     mask does not name it; unproved
 */
public record ModelSettings(
    Duration startUp,
    Duration routeLag,
    StatusesAfterFailure statusesAfterFailure,
    MissingRevision missingRevision,
    boolean statusMovesEtag,
    boolean bodyNeedsTemplate) {

  /** What {@code traffic_statuses} shows once a reconciliation failed. */
  public enum StatusesAfterFailure {
    /**
     * The last serving state, although requests follow the wanted split where its revisions can
     * serve. Source: the comment on {@code Service.reconciling}.
     */
    KEEP_LAST_SERVING,
    /** The split that requests follow, as Knative's routes do. */
    FOLLOW
  }

  /** What a traffic target that names a missing revision does. */
  public enum MissingRevision {
    /** The call is refused with INVALID_ARGUMENT. */
    REFUSED,
    /**
     * The call is taken and its operation fails with code 13. Seen with CreateService:
     * terraform-docs-samples pull request 269, 2023.
     */
    FAILS_OPERATION
  }

  public ModelSettings {
    if (startUp.isNegative() || routeLag.isNegative()) {
      throw new IllegalArgumentException("times must not be negative");
    }
  }

  /** Times of the size seen in production, and the documented behaviour where there is any. */
  public static ModelSettings likeProduction() {
    return new ModelSettings(
        Duration.ofSeconds(8),
        Duration.ofSeconds(2),
        StatusesAfterFailure.KEEP_LAST_SERVING,
        MissingRevision.REFUSED,
        true,
        false);
  }

  /** The same with other times. */
  public ModelSettings withTimes(Duration newStartUp, Duration newRouteLag) {
    return new ModelSettings(
        newStartUp,
        newRouteLag,
        statusesAfterFailure,
        missingRevision,
        statusMovesEtag,
        bodyNeedsTemplate);
  }

  /** The same with another {@link StatusesAfterFailure}. */
  public ModelSettings with(StatusesAfterFailure choice) {
    return new ModelSettings(
        startUp, routeLag, choice, missingRevision, statusMovesEtag, bodyNeedsTemplate);
  }

  /** The same with another {@link MissingRevision}. */
  public ModelSettings with(MissingRevision choice) {
    return new ModelSettings(
        startUp, routeLag, statusesAfterFailure, choice, statusMovesEtag, bodyNeedsTemplate);
  }

  /** The same with {@code bodyNeedsTemplate}. */
  public ModelSettings refusingBodiesWithoutTemplate() {
    return new ModelSettings(
        startUp, routeLag, statusesAfterFailure, missingRevision, statusMovesEtag, true);
  }
}
