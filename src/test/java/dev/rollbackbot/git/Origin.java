package dev.rollbackbot.git;

import dev.rollbackbot.domain.model.CommitSha;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A remote repository made on the spot; every commit is a minute after the one before. */
final class Origin implements AutoCloseable {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

  private final Path directory;
  private final Repository repository;
  private final String url;
  private final Map<String, Map<String, String>> files = new HashMap<>();
  private int minutes;

  Origin(Path directory) {
    this.directory = directory;
    try {
      repository = new FileRepositoryBuilder().setBare().setGitDir(directory.toFile()).build();
      repository.create(true);
      repository.updateRef(Constants.HEAD).link("refs/heads/main");
      url = directory.toUri().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return url;
  }

  Path directory() {
    return directory;
  }

  /** Adds a commit to main. */
  CommitSha commit(String subject) {
    return commit("main", subject, Map.of());
  }

  /** Adds a commit that writes these files; an empty content deletes. */
  CommitSha commit(String branch, String subject, Map<String, String> changes) {
    return insert(branch, subject, changes, parents(branch));
  }

  /** Begins a branch where main stands. */
  void branch(String name) {
    files.put(name, new TreeMap<>(files.getOrDefault("main", Map.of())));
    move("refs/heads/" + name, tip("main"));
  }

  /** Merges a branch into main, with a merge commit. */
  CommitSha merge(String branch, String subject) {
    return insert(
        "main", subject, files.getOrDefault(branch, Map.of()), List.of(tip("main"), tip(branch)));
  }

  /** A lightweight tag. */
  void tag(String name, CommitSha commit) {
    move("refs/tags/" + name, ObjectId.fromString(commit.value()));
  }

  /** A tag with a message of its own. */
  void annotatedTag(String name, CommitSha commit) {
    var tag = new TagBuilder();
    tag.setTag(name);
    tag.setObjectId(ObjectId.fromString(commit.value()), Constants.OBJ_COMMIT);
    tag.setTagger(author("Aiko"));
    tag.setMessage("release");
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId id = inserter.insert(tag);
      inserter.flush();
      move("refs/tags/" + name, id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds this very commit on top of main's tip and lets {@code branch} point to it. */
  CommitSha insertExactly(String branch, CommitBuilder commit) {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      move("refs/heads/" + branch, id);
      return new CommitSha(id.name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A commit that was not inserted yet, for a search of ids. */
  CommitBuilder draft(String message) {
    var commit = new CommitBuilder();
    commit.setTreeId(tree(files.getOrDefault("main", Map.of())));
    commit.setParentIds(parents("main"));
    commit.setAuthor(author("Aiko"));
    commit.setCommitter(author("Aiko"));
    commit.setMessage(message);
    return commit;
  }

  /** The id of a file of main. */
  ObjectId blob(String content) {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      return inserter.idFor(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    repository.close();
  }

  private CommitSha insert(
      String branch, String message, Map<String, String> changes, List<ObjectId> parents) {
    Map<String, String> now = files.computeIfAbsent(branch, any -> new TreeMap<>());
    changes.forEach(
        (path, content) -> {
          if (content.isEmpty()) {
            now.remove(path);
          } else {
            now.put(path, content);
          }
        });
    minutes++;
    var commit = new CommitBuilder();
    commit.setTreeId(tree(now));
    commit.setParentIds(parents);
    commit.setAuthor(author("Aiko"));
    commit.setCommitter(author("Merge Bot"));
    commit.setMessage(message);
    return insertExactly(branch, commit);
  }

  private ObjectId tree(Map<String, String> contents) {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      DirCache cache = DirCache.newInCore();
      DirCacheBuilder builder = cache.builder();
      for (var file : contents.entrySet()) {
        var entry = new DirCacheEntry(file.getKey());
        entry.setFileMode(FileMode.REGULAR_FILE);
        entry.setObjectId(
            inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
        builder.add(entry);
      }
      builder.finish();
      ObjectId id = cache.writeTree(inserter);
      inserter.flush();
      return id;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ObjectId> parents(String branch) {
    var parents = new ArrayList<ObjectId>();
    try {
      ObjectId tip = repository.resolve("refs/heads/" + branch);
      if (tip != null) {
        parents.add(tip);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return parents;
  }

  private ObjectId tip(String branch) {
    return parents(branch).getFirst();
  }

  private void move(String ref, ObjectId id) {
    try {
      RefUpdate update = repository.updateRef(ref);
      update.setNewObjectId(id);
      update.forceUpdate();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PersonIdent author(String name) {
    return new PersonIdent(
        name, name + "@example.com", START.plusSeconds(60L * minutes), ZoneOffset.UTC);
  }
}
