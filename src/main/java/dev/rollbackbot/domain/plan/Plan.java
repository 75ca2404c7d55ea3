package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.Ladder;
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
 * @param nameable whether a revision that is made for it may be given its name
 * @param fingerprint changes when, and only when, the plan means something else
 * @param doCommand the gcloud command that does the same by hand
 * @param undoCommand the gcloud command that takes it back
 * @param track what is on record of the target's time with users; empty for one that never was
 * @param worth what that record says of it
 * @param steps of a canary; empty where all users move at once
 * @param takesOver the canary that this one ends, whose users it takes as they are
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
    boolean nameable,
    Proof proof,
    Known<List<CommitInfo>> between,
    Known<List<Migration>> migrations,
    List<Caution> cautions,
    boolean probeable,
    String fingerprint,
    String doCommand,
    String undoCommand,
    Optional<Track> track,
    Worth worth,
    Optional<Steps> steps,
    Optional<TakenOver> takesOver) {

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

  /** A canary's ladder and what lies before it. */
  public record Steps(Ladder ladder, Outlook outlook) {}

  /**
   * A canary under way.
   *
   * @param before who served before it
   * @param beforeLatest what LATEST meant then, when everything followed it
   */
  public record TakenOver(LiveSplit before, Optional<RevisionName> beforeLatest) {}

  /** Who users go back to when this is undone. */
  public LiveSplit undone() {
    return takesOver.map(TakenOver::before).orElse(before);
  }

  /** What LATEST must still mean for users to follow it again when this is undone. */
  public Optional<RevisionName> undoneLatest() {
    return takesOver.isPresent() ? takesOver.get().beforeLatest() : beforeLatest;
  }

  public Plan {
    cautions = List.copyOf(cautions);
  }
}
