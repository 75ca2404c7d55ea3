package dev.rollbackbot.sandbox.kback;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * People who use the service all the time, over real HTTP: four in five read a plan, the others
 * open the front page.
 *
 * <p>At most 64 requests at once; one that would be the 65th is not sent. Each ends within 5 s.
 */
public final class SyntheticUsers implements AutoCloseable {

  private static final int MAX_IN_FLIGHT = 64;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final double MAX_PER_SECOND = 1_000;

  private final URI service;
  private final long nanosBetween;
  private final Random random;
  private final Semaphore room = new Semaphore(MAX_IN_FLIGHT);
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("users").factory());
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          .executor(executor)
          .build();
  private @Nullable ScheduledFuture<?> running;

  /**
   * Nobody comes before {@link #start}.
   *
   * @param serviceUrl without a path
   * @param perSecond above 0, at most 1,000
   */
  public SyntheticUsers(String serviceUrl, double perSecond, long seed) {
    if (!(perSecond > 0 && perSecond <= MAX_PER_SECOND)) {
      throw new IllegalArgumentException("perSecond must be above 0, at most 1000: " + perSecond);
    }
    this.service = URI.create(serviceUrl);
    this.nanosBetween = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
    this.random = new Random(seed);
  }

  /** They come until {@link #stop}. */
  public synchronized void start() {
    if (running == null) {
      running = ticks.scheduleAtFixedRate(this::visit, 0, nanosBetween, TimeUnit.NANOSECONDS);
    }
  }

  /** No new request; those on their way end by themselves. */
  public synchronized void stop() {
    if (running != null) {
      running.cancel(false);
      running = null;
    }
  }

  /** How many got an answer of any kind. */
  public long answered() {
    return answered.get();
  }

  /** How many got 500 or above, or no answer at all. */
  public long failed() {
    return failed.get();
  }

  private void visit() {
    String path = random.nextInt(5) == 0 ? "/" : "/plans/" + (1_000 + random.nextInt(9_000));
    if (room.tryAcquire()) {
      executor.execute(() -> request(path));
    }
  }

  private void request(String path) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(service.resolve(path))
              .timeout(TIMEOUT)
              .header("User-Agent", "Mozilla/5.0 (sandbox user)")
              .build();
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      answered.incrementAndGet();
      if (status >= 500) {
        failed.incrementAndGet();
      }
    } catch (IOException e) {
      failed.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      room.release();
    }
  }

  /** Stops and ends what is under way. */
  @Override
  public void close() {
    stop();
    ticks.shutdownNow();
    executor.shutdownNow();
    http.shutdownNow();
  }
}
