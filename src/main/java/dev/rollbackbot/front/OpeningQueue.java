package dev.rollbackbot.front;

import dev.rollbackbot.domain.command.SignedRequest;
import dev.rollbackbot.port.RequestQueue;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue whose client is still being made: the port opens first, and a request that comes early
 * waits for the client within its own patience.
 *
 * <p>A client that is not there in time took nothing, which is {@code REFUSED}.
 */
public final class OpeningQueue implements RequestQueue {
  private static final Logger LOG = LoggerFactory.getLogger(OpeningQueue.class);

  private final Future<? extends RequestQueue> opening;

  public OpeningQueue(Future<? extends RequestQueue> opening) {
    this.opening = opening;
  }

  @Override
  public Published publish(SignedRequest request, Duration patience) {
    long start = System.nanoTime();
    try {
      RequestQueue queue = opening.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      Duration left = patience.minusNanos(System.nanoTime() - start);
      return left.isPositive() ? queue.publish(request, left) : Published.REFUSED;
    } catch (TimeoutException e) {
      LOG.warn("the queue's client is not ready after {}", patience);
      return Published.REFUSED;
    } catch (ExecutionException e) {
      LOG.error("the queue's client cannot be made", e);
      return Published.REFUSED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Published.REFUSED;
    }
  }
}
