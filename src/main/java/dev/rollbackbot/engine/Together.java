package dev.rollbackbot.engine;

import dev.rollbackbot.domain.plan.Known;
import dev.rollbackbot.port.WorldException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs reads side by side, each for at most {@code patience}. */
public record Together(ExecutorService executor, Duration patience) {
  private static final Logger LOG = LoggerFactory.getLogger(Together.class);

  /** Starts a read. */
  public <T> Pending<T> start(Callable<T> read) {
    return new Pending<>(executor.submit(read), System.nanoTime() + patience.toNanos());
  }

  /** A read under way. */
  public static final class Pending<T> {
    private final Future<T> future;
    private final long deadlineNanos;

    private Pending(Future<T> future, long deadlineNanos) {
      this.future = future;
      this.deadlineNanos = deadlineNanos;
    }

    /** The value; throws {@link WorldException} when it could not be had in time. */
    public T get() {
      try {
        return future.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        future.cancel(true);
        throw new WorldException(WorldException.Kind.UNAVAILABLE, "no answer in time", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new WorldException(WorldException.Kind.UNAVAILABLE, "interrupted", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof WorldException world) {
          throw world;
        }
        throw new IllegalStateException("a read failed in an unforeseen way", e.getCause());
      }
    }

    /** The value, or an unknown that names its source. */
    public Known<T> known(String source) {
      try {
        return Known.of(get());
      } catch (WorldException e) {
        LOG.warn("unknown from {}: {} {}", source, e.kind(), e.detail());
        e.missing()
            .ifPresent(grant -> LOG.warn("{} is missing: {}", grant.permission(), grant.command()));
        return Known.unknown(source, e.missing());
      } catch (IllegalStateException e) {
        LOG.error("unknown from {}", source, e);
        return Known.unknown(source);
      }
    }
  }
}
