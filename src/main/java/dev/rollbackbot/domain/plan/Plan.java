package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.plan.Track.Worth;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What would be done, as people are shown it.
 *
 * @param before who serves now, by name
 * @param beforeLatest what LATEST means now, when everything follows it
 * @param repository of the image, without tag
 * @param fingerprint changes when, and only when, the plan means something else
 * @param doCommand the gcloud command that does the same by hand
 * @param undoCommand the gcloud command that takes it back
 * @param track what is on record of the target's time with users
 * @param worth what that record says of it
 */
public record Plan(
    ServiceId service,
    String serviceUid,
    LiveSplit before,
    Optional<RevisionName> beforeLatest,
    Side live,
    Side target,
    Digest digest,
    String repository,
    Routes routes,
    Proof proof,
    Known<List<CommitInfo>> between,
    Known<List<Migration>> migrations,
    List<Caution> cautions,
    boolean probeable,
    String fingerprint,
    String doCommand,
    String undoCommand,
    Optional<Track> track,
    Worth worth) {

  /** The longest list of commits that is fetched and shown. */
  public static final int MOST_COMMITS = 50;

  /**
   * One side of the move.
   *
   * @param revision empty for one that is still to be made
   * @param since when it began to serve, or when it last did; empty when unknown
   */
  public record Side(
      Optional<RevisionName> revision,
      Optional<CommitSha> commit,
      Optional<CommitInfo> text,
      Optional<Instant> since) {}

  public Plan {
    cautions = List.copyOf(cautions);
  }
}
