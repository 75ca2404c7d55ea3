package dev.rollbackbot.git;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.plan.CommitInfo;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;

/** Finds commits in a repository, for one question of one thread. */
final class Commits implements AutoCloseable {
  /** More candidates than this help nobody to choose. */
  private static final int MOST_CANDIDATES = 10;

  /** A subject can be as long as somebody likes; nothing we show is longer than this. */
  private static final int SUBJECT_CODE_POINTS = 1_000;

  private final Repository repository;
  private final RevWalk walk;

  /** Asks one question. */
  @FunctionalInterface
  interface Question<T> {
    T ask(Commits commits) throws IOException;
  }

  Commits(Repository repository) {
    this.repository = repository;
    this.walk = new RevWalk(repository);
  }

  ObjectReader reader() {
    return walk.getObjectReader();
  }

  /**
   * The commits whose id begins so; several when the abbreviation is ambiguous.
   *
   * <p>{@code Repository.resolve} is not used: it lets a branch or tag that is named like a commit
   * win, believes 40 digits without looking, and counts trees and files as candidates.
   */
  List<RevCommit> byPrefix(CommitSha prefix) throws IOException {
    var found = new ArrayList<RevCommit>();
    for (ObjectId id : reader().resolve(AbbreviatedObjectId.fromString(prefix.value()))) {
      Optional<RevCommit> commit = byId(id);
      if (commit.isPresent() && found.size() < MOST_CANDIDATES) {
        found.add(commit.get());
      }
    }
    return found;
  }

  /** The commit that this full name of a ref points to, through an annotated tag if need be. */
  Optional<RevCommit> byRef(String name) throws IOException {
    if (!Repository.isValidRefName(name)) {
      return Optional.empty();
    }
    Ref ref = repository.exactRef(name);
    ObjectId id = ref == null ? null : ref.getObjectId();
    return id == null ? Optional.empty() : peeled(id);
  }

  /** The commit that must be there. */
  RevCommit required(CommitSha sha) throws IOException {
    List<RevCommit> found = byPrefix(sha);
    if (found.size() != 1) {
      throw new WorldException(
          Kind.NOT_FOUND, found.size() + " commits in the clone begin with " + sha.value());
    }
    return found.getFirst();
  }

  /** Whether {@code tip}'s history holds the commit. */
  boolean reaches(RevCommit tip, RevCommit commit) throws IOException {
    walk.reset();
    return walk.isMergedInto(commit, tip);
  }

  /** What {@code newer} has and {@code older} has not, newest first. */
  List<RevCommit> between(RevCommit older, RevCommit newer, int most) throws IOException {
    walk.reset();
    walk.markStart(newer);
    walk.markUninteresting(older);
    return take(most);
  }

  /** The newest commits from here back. */
  List<RevCommit> newest(RevCommit tip, int most) throws IOException {
    walk.reset();
    walk.markStart(tip);
    return take(most);
  }

  /** As people know it. */
  static CommitInfo info(RevCommit commit) {
    String subject = commit.getShortMessage();
    if (subject.codePointCount(0, subject.length()) > SUBJECT_CODE_POINTS) {
      subject = subject.substring(0, subject.offsetByCodePoints(0, SUBJECT_CODE_POINTS)) + "…";
    }
    PersonIdent author = commit.getAuthorIdent();
    return new CommitInfo(
        new CommitSha(commit.name()),
        subject,
        author == null ? "?" : author.getName(),
        Instant.ofEpochSecond(commit.getCommitTime()));
  }

  @Override
  public void close() {
    walk.close();
  }

  private List<RevCommit> take(int most) throws IOException {
    // Clocks of committers differ: a child never stands below its parent, whatever its date.
    walk.sort(RevSort.TOPO);
    walk.sort(RevSort.COMMIT_TIME_DESC, true);
    var taken = new ArrayList<RevCommit>();
    while (taken.size() < most) {
      RevCommit next = walk.next();
      if (next == null) {
        break;
      }
      walk.parseBody(next);
      taken.add(next);
    }
    return taken;
  }

  private Optional<RevCommit> byId(ObjectId id) throws IOException {
    try {
      return Optional.of(walk.parseCommit(id));
    } catch (IncorrectObjectTypeException | MissingObjectException e) {
      return Optional.empty();
    }
  }

  private Optional<RevCommit> peeled(ObjectId id) throws IOException {
    return walk.peel(walk.parseAny(id)) instanceof RevCommit commit
        ? byId(commit)
        : Optional.empty();
  }
}
