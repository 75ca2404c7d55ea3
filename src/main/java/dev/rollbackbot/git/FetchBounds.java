package dev.rollbackbot.git;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.jspecify.annotations.Nullable;

/** Cuts a fetch off that takes too long or grows too large; JGit asks it all the time. */
final class FetchBounds extends EmptyProgressMonitor {
  private static final Duration BETWEEN_SIZES = Duration.ofMillis(250);

  private final Path directory;
  private final GitLimits limits;
  private final BooleanSupplier closing;
  private final long startedNanos = System.nanoTime();
  private volatile long sizedNanos = startedNanos - BETWEEN_SIZES.toNanos();
  private volatile boolean tooLarge;
  private volatile @Nullable String why;

  FetchBounds(Path directory, GitLimits limits, BooleanSupplier closing) {
    this.directory = directory;
    this.limits = limits;
    this.closing = closing;
  }

  @Override
  public boolean isCancelled() {
    if (why != null) {
      return true;
    }
    long now = System.nanoTime();
    if (closing.getAsBoolean()) {
      why = "the bot is stopping";
    } else if (now - startedNanos > limits.fetchTimeout().toNanos()) {
      why = "it took longer than " + limits.fetchTimeout().toSeconds() + " s";
    } else if (now - sizedNanos > BETWEEN_SIZES.toNanos()) {
      sizedNanos = now;
      if (bytes() > limits.mostBytes()) {
        tooLarge = true;
        why = "the clone is larger than " + limits.mostBytes() + " bytes";
      }
    }
    return why != null;
  }

  /** Empty while the fetch is within its bounds. */
  Optional<String> whyCut() {
    return Optional.ofNullable(why);
  }

  boolean tooLarge() {
    return tooLarge;
  }

  private long bytes() {
    try (var files = Files.walk(directory.resolve(Constants.OBJECTS))) {
      return files.map(Path::toFile).filter(File::isFile).mapToLong(File::length).sum();
    } catch (IOException | UncheckedIOException e) {
      // A file went while we looked; the next look counts again.
      return 0;
    }
  }
}
