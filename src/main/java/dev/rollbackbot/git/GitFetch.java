package dev.rollbackbot.git;

import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.FetchCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.InvalidRemoteException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.lib.SubmoduleConfig.FetchRecurseSubmodulesMode;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;

/**
 * Brings a bare clone up to date, once per {@link #run}.
 *
 * <p>Workers of one machine may share the directory: a lock of the operating system, which dies
 * with its process, lets one of them write at a time. Throws {@link WorldException}: {@code DENIED}
 * for a wrong token and for no such repository, {@code REFUSED} for one that is too large, {@code
 * UNAVAILABLE} for everything that may pass.
 */
final class GitFetch {
  /** Where the remote's branches stand in the clone. */
  static final String BRANCHES = Constants.R_REMOTES + "origin/";

  private static final List<RefSpec> EVERYTHING =
      List.of(
          new RefSpec("+" + Constants.R_HEADS + "*:" + BRANCHES + "*"),
          new RefSpec("+" + Constants.R_TAGS + "*:" + Constants.R_TAGS + "*"));

  /** How long a socket may say nothing. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private static final Duration LOCK_POLL = Duration.ofMillis(50);

  private final String url;
  private final Path directory;
  private final Optional<CredentialsProvider> credentials;
  private final GitLimits limits;
  private volatile boolean cancelled;

  GitFetch(
      String url, Path directory, Optional<CredentialsProvider> credentials, GitLimits limits) {
    this.url = url;
    this.directory = directory;
    this.credentials = credentials;
    this.limits = limits;
  }

  /** The clone, if any fetch ever brought something into it. */
  Optional<Repository> openIfFilled() throws IOException {
    if (!Files.isDirectory(directory.resolve(Constants.OBJECTS))) {
      return Optional.empty();
    }
    Repository repository = open();
    if (repository.getRefDatabase().hasRefs()) {
      return Optional.of(repository);
    }
    repository.close();
    return Optional.empty();
  }

  void cancel() {
    cancelled = true;
  }

  /** Fetches all branches and tags; returns when it is done or given up. */
  void run() {
    var bounds = new FetchBounds(directory, limits, () -> cancelled);
    try {
      Files.createDirectories(directory);
      try (FileChannel channel =
              FileChannel.open(
                  directory.resolve("rollbackbot-fetching"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock _ = lock(channel, bounds);
          Repository repository = openOrMake();
          Git git = new Git(repository)) {
        deleteLeftLocks();
        check(command(git, bounds).call());
      }
    } catch (InvalidRemoteException e) {
      throw noRepository(e);
    } catch (GitAPIException | IOException e) {
      throw translated(e, bounds);
    }
  }

  private FetchCommand command(Git git, FetchBounds bounds) {
    FetchCommand command =
        git.fetch()
            .setRemote(url)
            .setRefSpecs(EVERYTHING)
            .setTagOpt(TagOpt.NO_TAGS)
            .setRemoveDeletedRefs(true)
            .setRecurseSubmodules(FetchRecurseSubmodulesMode.NO)
            .setDepth(limits.depth())
            .setTimeout(Math.toIntExact(SILENCE.toSeconds()))
            .setProgressMonitor(bounds);
    credentials.ifPresent(command::setCredentialsProvider);
    return command;
  }

  private Repository open() throws IOException {
    return new FileRepositoryBuilder().setBare().setGitDir(directory.toFile()).build();
  }

  private Repository openOrMake() throws IOException {
    Repository repository = open();
    if (!repository.getObjectDatabase().exists()) {
      repository.create(true);
    }
    // A redirect could carry the token to another host.
    StoredConfig config = repository.getConfig();
    if (!"false".equals(config.getString("http", null, "followRedirects"))) {
      config.setString("http", null, "followRedirects", "false");
      config.save();
    }
    return repository;
  }

  private FileLock lock(FileChannel channel, FetchBounds bounds) throws IOException {
    while (true) {
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException e) {
        // Held by another clone object of this process: the same as by another process.
      }
      if (bounds.isCancelled()) {
        throw new IOException("another worker is still fetching into the same clone");
      }
      try {
        Thread.sleep(LOCK_POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while another worker fetched", e);
      }
    }
  }

  /** Git's own lock files outlive a killed process; whoever holds the real lock may clear them. */
  private void deleteLeftLocks() throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path left : files.filter(file -> file.toString().endsWith(".lock")).toList()) {
        Files.deleteIfExists(left);
      }
    }
  }

  private static void check(FetchResult result) throws IOException {
    for (var update : result.getTrackingRefUpdates()) {
      RefUpdate.Result outcome = update.getResult();
      if (outcome == RefUpdate.Result.LOCK_FAILURE || outcome == RefUpdate.Result.IO_FAILURE) {
        throw new IOException(update.getLocalName() + " could not be written: " + outcome);
      }
    }
  }

  /** Hosts of private repositories do not tell a missing one from a forbidden one. */
  private WorldException noRepository(Exception cause) {
    return new WorldException(
        Kind.DENIED, "no repository at " + url + ", or none that the token may read", cause);
  }

  private WorldException translated(Exception e, FetchBounds bounds) {
    Optional<String> cut = bounds.whyCut();
    if (cut.isPresent()) {
      Kind kind = bounds.tooLarge() ? Kind.REFUSED : Kind.UNAVAILABLE;
      return new WorldException(kind, "fetching " + url + " was cut off: " + cut.get(), e);
    }
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof NoRemoteRepositoryException) {
        return noRepository(e);
      }
    }
    // JGit has no type of its own for a refused token, only these words.
    String said = String.valueOf(e.getMessage());
    boolean denied = said.contains("not authorized") || said.contains("not permitted");
    return new WorldException(
        denied ? Kind.DENIED : Kind.UNAVAILABLE, "git did not answer at " + url + ": " + said, e);
  }
}
