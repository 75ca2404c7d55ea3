package dev.rollbackbot.git;

import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bare clone that is kept fresh in the background.
 *
 * <p>At most one fetch runs at a time. Nobody waits for it longer than the limits' patience,
 * counted from its start: while git is down, what was fetched before still answers.
 */
final class GitClone implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GitClone.class);

  /** Asks for a commit that is not there come in bursts; one fetch answers all of a burst. */
  private static final Duration ON_DEMAND_PAUSE = Duration.ofSeconds(2);

  /** How long a running fetch may end by itself, and again after it was cut off. */
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final String url;
  private final GitLimits limits;
  private final GitFetch fetch;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("git-fetch-", 0).factory());
  private final Object lock = new Object();

  private @Nullable Attempt latest;
  private @Nullable Repository opened;

  /** The last fetch, running or over; its failure is the future's. */
  private record Attempt(long startedNanos, CompletableFuture<Void> done) {
    Duration age() {
      return Duration.ofNanos(System.nanoTime() - startedNanos);
    }
  }

  /** Reads something out of the clone. */
  @FunctionalInterface
  interface Reading<T> {
    T from(Repository repository) throws IOException;
  }

  GitClone(String url, Path parent, Optional<CredentialsProvider> credentials, GitLimits limits) {
    this.url = url;
    this.limits = limits;
    this.fetch = new GitFetch(url, parent.resolve(directoryName(url)), credentials, limits);
  }

  /** Starts a fetch when the last one is too old; does not wait for it. */
  void freshen() {
    var _ = attempt(limits.freshFor());
  }

  /** Waits for a clone as fresh as the limits ask; empty, or why it is older than that. */
  Optional<WorldException> fresh() {
    return await(attempt(limits.freshFor()));
  }

  /**
   * Waits for a fetch that began just now, because something was not found.
   *
   * <p>A fetch that was already running may have looked before that something was pushed: it is
   * waited for, and then asked once more.
   */
  Optional<WorldException> freshNow() {
    Duration pause =
        limits.freshFor().compareTo(ON_DEMAND_PAUSE) < 0 ? limits.freshFor() : ON_DEMAND_PAUSE;
    long asked = System.nanoTime();
    Attempt first = attempt(pause);
    Optional<WorldException> stale = await(first);
    return stale.isEmpty() && first.startedNanos() - asked < 0 ? await(attempt(pause)) : stale;
  }

  /**
   * Reads from what is there, however old.
   *
   * @throws WorldException why there is nothing yet, or why it cannot be read
   */
  <T> T read(Reading<T> reading) {
    try {
      return reading.from(repository());
    } catch (IOException e) {
      throw new WorldException(
          Kind.UNAVAILABLE, "the clone of " + url + " cannot be read: " + e, e);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
        fetch.cancel();
        threads.shutdownNow();
        if (!threads.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
          LOG.warn("a fetch of {} does not stop", url);
        }
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    synchronized (lock) {
      if (opened != null) {
        opened.close();
        opened = null;
      }
    }
  }

  private Repository repository() throws IOException {
    Optional<Repository> there = existing();
    if (there.isPresent()) {
      return there.get();
    }
    Optional<WorldException> why = fresh();
    return existing()
        .orElseThrow(
            () -> why.orElseGet(() -> new WorldException(Kind.NOT_FOUND, url + " has no commits")));
  }

  private Optional<Repository> existing() throws IOException {
    synchronized (lock) {
      if (opened == null) {
        opened = fetch.openIfFilled().orElse(null);
      }
      return Optional.ofNullable(opened);
    }
  }

  private Attempt attempt(Duration atMostOld) {
    synchronized (lock) {
      Attempt last = latest;
      if (last != null && (!last.done().isDone() || last.age().compareTo(atMostOld) < 0)) {
        return last;
      }
      var started = new Attempt(System.nanoTime(), CompletableFuture.runAsync(fetch::run, threads));
      latest = started;
      return started;
    }
  }

  private Optional<WorldException> await(Attempt attempt) {
    Duration left = limits.patience().minus(attempt.age());
    try {
      var _ = attempt.done().get(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
      return Optional.empty();
    } catch (TimeoutException e) {
      return unavailable("git did not answer within " + limits.patience().toMillis() + " ms", e);
    } catch (ExecutionException e) {
      return e.getCause() instanceof WorldException why
          ? Optional.of(new WorldException(why.kind(), why.detail(), why))
          : unavailable("a fetch of " + url + " broke", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unavailable("interrupted while git was asked", e);
    }
  }

  private static Optional<WorldException> unavailable(String detail, Exception cause) {
    return Optional.of(new WorldException(Kind.UNAVAILABLE, detail, cause));
  }

  /** The last part of the address for people, and a hash so that no two addresses meet. */
  private static String directoryName(String url) {
    String last = url.substring(url.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9_-]", "-");
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
      return last + "-" + HexFormat.of().formatHex(hash, 0, 6) + ".git";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
