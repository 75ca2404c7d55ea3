package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.model.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that is known when a plan is made; what could not be had in time is an unknown.
 *
 * @param commit what the target's commit turned out to be; empty when the target names a revision
 * @param image the image that the commit's tag points to; a known empty means that there is none
 * @param imageExists whether the target's image can still be pulled
 * @param targetSettings the configuration of the target's revision, where there is one
 * @param between commits in live and not in the target
 * @param commitsByDigest what the recent tags of the repository say of images
 * @param nearest restorable commits, for when the wanted one is not
 * @param repository of the service's images, without tag
 * @param around who else writes the service, and how its revisions did
 * @param outlook what a canary has before it; empty where none is wished for
 */
public record Facts(
    ServiceState state,
    JournalReading journal,
    List<Revision> revisions,
    Optional<Known<CommitFinding>> commit,
    Known<Optional<TargetImage>> image,
    Known<Boolean> imageExists,
    Known<Settings> targetSettings,
    Optional<CommitInfo> liveCommit,
    Optional<CommitSha> liveSha,
    Known<List<CommitInfo>> between,
    Known<List<Migration>> migrations,
    Known<List<Spell>> spells,
    List<CommitSha> nearest,
    Map<Digest, CommitSha> commitsByDigest,
    String branch,
    String repository,
    boolean probeable,
    Around around,
    Optional<Outlook> outlook) {

  /** What a commit's name turned out to be. */
  public sealed interface CommitFinding {
    record Found(CommitInfo commit, boolean onBranch) implements CommitFinding {}

    record Ambiguous(List<CommitInfo> candidates) implements CommitFinding {
      public Ambiguous {
        candidates = List.copyOf(candidates);
      }
    }

    record Missing() implements CommitFinding {}
  }

  /** An image by tag, with every digest under which a revision may record it. */
  public record TargetImage(CommitSha commit, Digest digest, Set<Digest> runnable) {
    public TargetImage {
      runnable = Set.copyOf(runnable);
    }
  }

  /** A spell during which a revision had the largest share of users. */
  public record Spell(RevisionName revision, Instant from, Instant to) {}

  /** The revision of this name. */
  public Optional<Revision> revision(RevisionName name) {
    return revisions.stream().filter(r -> r.name().equals(name)).findFirst();
  }

  /** The same, knowing more of what is around. */
  public Facts with(Around known) {
    return new Facts(
        state,
        journal,
        revisions,
        commit,
        image,
        imageExists,
        targetSettings,
        liveCommit,
        liveSha,
        between,
        migrations,
        spells,
        nearest,
        commitsByDigest,
        branch,
        repository,
        probeable,
        known,
        outlook);
  }

  /** What is on record of a revision's time with users. */
  public Track track(RevisionName revision) {
    return around.track(revision, spells.asOptional().orElse(List.of()));
  }

  /** The commit of a revision. */
  public Optional<CommitSha> commitOf(Revision revision) {
    return commitOf(revision, commitsByDigest);
  }

  /** The commit of a revision: by its image, else by its build's label. */
  public static Optional<CommitSha> commitOf(
      Revision revision, Map<Digest, CommitSha> commitsByDigest) {
    return revision
        .image()
        .digest()
        .flatMap(digest -> Optional.ofNullable(commitsByDigest.get(digest)))
        .or(revision::labelledCommit);
  }

  public Facts {
    revisions = List.copyOf(revisions);
    nearest = List.copyOf(nearest);
    commitsByDigest = Map.copyOf(commitsByDigest);
  }
}
