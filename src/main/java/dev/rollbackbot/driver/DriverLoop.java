package dev.rollbackbot.driver;

import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.port.CloudRun;
import dev.rollbackbot.port.WorldException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at all services every few seconds and lets the driver advance those that need it.
 *
 * <p>Work is found by listing, not by messages, so a killed worker is replaced by any other one. One
 * list call per project and region and interval, whatever the number of rollbacks.
 */
public final class DriverLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DriverLoop.class);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final CloudRun cloudRun;
  private final Driver driver;
  private final Map<ServiceId, ServiceSettings> services;
  private final Duration interval;
  private final InstantSource clock;
  private final ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore poke = new Semaphore(0);
  private final Set<ServiceId> busy = ConcurrentHashMap.newKeySet();
  private final Map<ServiceId, Appointment> appointments = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean running = true;

  /** When a service is looked at again, unless its etag changes before. */
  private record Appointment(String etag, Instant at) {}

  public DriverLoop(
      CloudRun cloudRun,
      Driver driver,
      List<ServiceSettings> services,
      Duration interval,
      InstantSource clock) {
    this.cloudRun = cloudRun;
    this.driver = driver;
    this.services = services.stream().collect(Collectors.toMap(ServiceSettings::id, s -> s));
    this.interval = interval;
    this.clock = clock;
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
    Set<Place> places =
        services.keySet().stream()
            .map(id -> new Place(id.project(), id.region()))
            .collect(Collectors.toSet());
    while (running) {
      for (Place place : places) {
        look(place);
      }
      try {
        var _ = poke.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
        poke.drainPermits();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private record Place(String project, String region) {}

  private void look(Place place) {
    try {
      for (ServiceState state : cloudRun.list(place.project(), place.region())) {
        ServiceSettings settings = services.get(state.id());
        if (settings != null && due(state) && busy.add(state.id())) {
          var _ = hands.submit(() -> advance(state, settings));
        }
      }
    } catch (WorldException e) {
      LOG.warn("cannot list {}: {} {}", place.region(), e.kind(), e.detail());
    }
  }

  private boolean due(ServiceState state) {
    Appointment appointment = appointments.get(state.id());
    return appointment == null
        || !appointment.etag().equals(state.etag())
        || !clock.instant().isBefore(appointment.at());
  }

  private void advance(ServiceState state, ServiceSettings settings) {
    try {
      Instant again = driver.advance(state, settings);
      appointments.put(state.id(), new Appointment(state.etag(), again));
    } catch (WorldException e) {
      LOG.warn("{}: {} {}", state.id().name(), e.kind(), e.detail());
    } catch (RuntimeException e) {
      LOG.error("{}: the driver met something unforeseen", state.id().name(), e);
    } finally {
      busy.remove(state.id());
    }
  }

  /** Begins nothing new and lets what runs come to its next write, for a few seconds. */
  @Override
  public void close() {
    running = false;
    thread.interrupt();
    hands.shutdown();
    try {
      if (!hands.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        hands.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
