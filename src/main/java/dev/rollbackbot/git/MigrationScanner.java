package dev.rollbackbot.git;

import dev.rollbackbot.domain.plan.Migration;
import dev.rollbackbot.domain.plan.Migration.Downgrade;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/**
 * Finds the database migrations that stand at one commit and not at another.
 *
 * <p>Alembic's files are read; they come first, in the order of their chain. Others are known by
 * their names alone and come in the order of the numbers in them. A file that was only renamed is
 * not a new migration.
 */
final class MigrationScanner {
  /** A migration is written by hand; what is larger is data and is not read. */
  private static final int MOST_BYTES = 256 * 1024;

  /** More files than this under the path means that the path is wrong. */
  private static final int MOST_FILES = 20_000;

  private final String directory;

  MigrationScanner(String directory) {
    String start = directory.startsWith("/") ? directory.substring(1) : directory;
    this.directory = start.endsWith("/") ? start.substring(0, start.length() - 1) : start;
  }

  private record Entry(String name, ObjectId content) {}

  /** The files of both commits, compared by path. */
  private record Difference(List<Entry> added, List<Entry> removed, Set<String> names) {}

  List<Migration> between(ObjectReader reader, RevCommit older, RevCommit newer)
      throws IOException {
    Difference difference = difference(reader, older, newer);
    var gone = new HashSet<String>();
    var goneContents = new HashSet<ObjectId>();
    for (Entry entry : difference.removed()) {
      goneContents.add(entry.content());
      alembic(reader, entry).ifPresent(file -> gone.add(file.revision()));
    }
    var chain = new ArrayList<AlembicFile>();
    var named = new ArrayList<String>();
    for (Entry entry : difference.added()) {
      if (goneContents.contains(entry.content())) {
        continue;
      }
      Optional<AlembicFile> file = alembic(reader, entry);
      if (file.isEmpty()) {
        named.add(entry.name());
      } else if (!gone.contains(file.get().revision())) {
        chain.add(file.get());
      }
    }
    var found = new ArrayList<Migration>();
    for (AlembicFile file : AlembicFile.inOrder(chain)) {
      found.add(new Migration(file.name(), file.downgrade()));
    }
    named.sort(FileVersions.ORDER);
    for (String name : named) {
      boolean undo = FileVersions.undoOf(name).filter(difference.names()::contains).isPresent();
      found.add(new Migration(name, undo ? Downgrade.PRESENT : Downgrade.UNKNOWN));
    }
    return found;
  }

  private Difference difference(ObjectReader reader, RevCommit older, RevCommit newer)
      throws IOException {
    var added = new ArrayList<Entry>();
    var removed = new ArrayList<Entry>();
    var names = new HashSet<String>();
    try (var walk = new TreeWalk(reader)) {
      walk.addTree(older.getTree());
      walk.addTree(newer.getTree());
      walk.setRecursive(true);
      walk.setFilter(PathFilter.create(directory));
      for (int seen = 0; walk.next(); seen++) {
        if (seen == MOST_FILES) {
          throw new WorldException(
              Kind.REFUSED, "more than " + MOST_FILES + " files under " + directory);
        }
        boolean before = isFile(walk, 0);
        boolean after = isFile(walk, 1);
        String name = walk.getPathString().substring(directory.length() + 1);
        if (after) {
          names.add(name);
        }
        if (before != after && FileVersions.isMigration(name)) {
          (after ? added : removed).add(new Entry(name, walk.getObjectId(after ? 1 : 0)));
        }
      }
    }
    return new Difference(added, removed, names);
  }

  private static boolean isFile(TreeWalk walk, int tree) {
    FileMode mode = walk.getFileMode(tree);
    return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
  }

  private static Optional<AlembicFile> alembic(ObjectReader reader, Entry entry)
      throws IOException {
    if (!entry.name().endsWith(".py")) {
      return Optional.empty();
    }
    ObjectLoader loader = reader.open(entry.content());
    if (loader.getSize() > MOST_BYTES) {
      return Optional.empty();
    }
    return AlembicFile.read(
        entry.name(), new String(loader.getBytes(MOST_BYTES), StandardCharsets.UTF_8));
  }
}
