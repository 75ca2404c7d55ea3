package dev.rollbackbot.port;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The repository of images, by tag and digest. */
public interface ImageRegistry {

  /**
   * The image a commit's tag points to: tags {@code <sha>}, {@code <7 digits>}, and {@code
   * <branch>-<sha>}; empty when no tag names the commit.
   *
   * @param repository such as {@code asia-northeast1-docker.pkg.dev/p/k-back-repo/k-back}
   */
  Optional<TaggedImage> ofCommit(String repository, CommitSha commit);

  /** Whether the image itself, or the index that holds it, is still there. */
  boolean exists(String repository, Digest digest);

  /** Tags that name commits, newest image first, at most {@code most}. */
  List<TaggedImage> recent(String repository, int most);

  /**
   * A tag that names a commit.
   *
   * @param digest what the tag points to, maybe an index
   * @param runnable every digest under which a revision may record it: its own and an index's
   *     children
   */
  record TaggedImage(
      String tag, CommitSha commit, Digest digest, Set<Digest> runnable, Instant uploaded) {
    public TaggedImage {
      runnable = Set.copyOf(runnable);
    }
  }
}
