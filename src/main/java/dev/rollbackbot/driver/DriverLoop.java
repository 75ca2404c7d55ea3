package dev.rollbackbot.driver;

import dev.rollbackbot.engine.Onlooker;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.port.CloudRun;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Makes the driver's rounds every few seconds, and at once when something was just written. */
public final class DriverLoop implements AutoCloseable {
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Duration interval;
  private final ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore poke = new Semaphore(0);
  private final Rounds rounds;
  private final Thread thread;
  private volatile boolean running = true;

  public DriverLoop(
      CloudRun cloudRun,
      Driver driver,
      Onlooker onlooker,
      List<ServiceSettings> services,
      Duration interval,
      InstantSource clock) {
    this.interval = interval;
    this.rounds = new Rounds(cloudRun, driver, onlooker, services, clock, hands);
    this.thread = Thread.ofPlatform().name("driver").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Something was just written: look now. */
  public void poke() {
    poke.release();
  }

  private void run() {
    while (running) {
      rounds.look();
      try {
        var _ = poke.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
        poke.drainPermits();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Begins nothing new and lets what runs come to its next write, for a few seconds. */
  @Override
  public void close() {
    running = false;
    thread.interrupt();
    try {
      // It hands out work until it is over; only then may the hands refuse it.
      thread.join(LAST_WORDS.toMillis());
      hands.shutdown();
      if (!hands.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        hands.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
