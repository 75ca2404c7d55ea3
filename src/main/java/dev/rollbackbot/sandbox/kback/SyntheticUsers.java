package dev.rollbackbot.sandbox.kback;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
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
 * open the front page. Each is somebody else, from an address of RFC 2544's test network.
 *
 * <p>Who, what and in which order comes from the seed; how it falls on revisions from the service's
 * own. At most 64 requests at once; one that would be the 65th is not sent, so that a service that
 * hangs has fewer users and not a heap of them. Each ends within 5 s.
 */
public final class SyntheticUsers implements AutoCloseable {

  private static final int MAX_IN_FLIGHT = 64;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final double MAX_PER_SECOND = 1_000;
  private static final List<String> AGENTS =
      List.of(
          "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) sandbox user",
          "Mozilla/5.0 (Linux; Android 16) sandbox user",
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) sandbox user");

  private final URI service;
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
  private double perSecond;

  /**
   * Nobody comes before {@link #rate}.
   *
   * @param serviceUrl without a path
   */
  public SyntheticUsers(String serviceUrl, long seed) {
    this.service = URI.create(serviceUrl);
    this.random = new Random(seed);
  }

  /**
   * How many come from now on, evenly spread; those on their way end by themselves.
   *
   * @param newPerSecond 0 for nobody, at most 1,000
   */
  public synchronized void rate(double newPerSecond) {
    if (!(newPerSecond >= 0 && newPerSecond <= MAX_PER_SECOND)) {
      throw new IllegalArgumentException("0 to 1000 users a second, not " + newPerSecond);
    }
    perSecond = newPerSecond;
    if (running != null) {
      running.cancel(false);
      running = null;
    }
    if (newPerSecond > 0) {
      long between = (long) (TimeUnit.SECONDS.toNanos(1) / newPerSecond);
      running = ticks.scheduleAtFixedRate(this::visit, between, between, TimeUnit.NANOSECONDS);
    }
  }

  /** How many come a second now. */
  public synchronized double rate() {
    return perSecond;
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
    HttpRequest request =
        HttpRequest.newBuilder(service.resolve(path))
            .timeout(TIMEOUT)
            .header("User-Agent", AGENTS.get(random.nextInt(AGENTS.size())))
            .header(
                "X-Forwarded-For",
                "198.%d.%d.%d"
                    .formatted(18 + random.nextInt(2), random.nextInt(256), random.nextInt(256)))
            .build();
    if (room.tryAcquire()) {
      executor.execute(() -> send(request));
    }
  }

  private void send(HttpRequest request) {
    try {
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
    rate(0);
    ticks.shutdownNow();
    executor.shutdownNow();
    http.shutdownNow();
  }
}
