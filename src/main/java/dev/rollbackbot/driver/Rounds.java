package dev.rollbackbot.driver;

import dev.rollbackbot.domain.model.Grant;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.engine.Onlooker;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.port.CloudRun;
import dev.rollbackbot.port.WorldException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at all services after the other, each letting the driver advance those that need it.
 *
 * <p>Work is found by listing, not by messages, so a killed worker is replaced by any other one.
 * One list call per project and region and look, whatever the number of rollbacks. It keeps no
 * thread and no time of its own.
 */
public final class Rounds {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final CloudRun cloudRun;
  private final Driver driver;
  private final Onlooker onlooker;
  private final Map<ServiceId, ServiceSettings> services;
  private final InstantSource clock;
  private final Executor hands;
  private final Set<Place> places;
  private final Set<ServiceId> busy = ConcurrentHashMap.newKeySet();

  /** Where listing was refused, told once. */
  private final Set<Place> unlisted = ConcurrentHashMap.newKeySet();

  private final Map<ServiceId, Appointment> appointments = new ConcurrentHashMap<>();

  /** When a service is looked at again, unless its etag changes before. */
  private record Appointment(String etag, Instant at) {}

  private record Place(String project, String region) {
    boolean holds(ServiceId id) {
      return id.project().equals(project) && id.region().equals(region);
    }
  }

  /**
   * @param onlooker sees every configured service at each look
   * @param hands advance services side by side; one service is never advanced twice at once
   */
  public Rounds(
      CloudRun cloudRun,
      Driver driver,
      Onlooker onlooker,
      List<ServiceSettings> services,
      InstantSource clock,
      Executor hands) {
    this.cloudRun = cloudRun;
    this.driver = driver;
    this.onlooker = onlooker;
    this.services = services.stream().collect(Collectors.toMap(ServiceSettings::id, s -> s));
    this.clock = clock;
    this.hands = hands;
    this.places =
        this.services.keySet().stream()
            .map(id -> new Place(id.project(), id.region()))
            .collect(Collectors.toSet());
  }

  /** Looks once; what cannot be read now is read at the next look. */
  public void look() {
    driver.catchUp();
    places.forEach(this::look);
  }

  private void look(Place place) {
    try {
      Set<ServiceId> missing = new HashSet<>(services.keySet());
      missing.removeIf(id -> !place.holds(id));
      List<ServiceState> states = new ArrayList<>(states(place));
      // Log reads are few: who has waited longest asks first.
      states.sort(Comparator.comparing(this::waitingSince));
      for (ServiceState state : states) {
        missing.remove(state.id());
        ServiceSettings settings = services.get(state.id());
        if (settings != null) {
          onlooker.saw(state, settings);
          if (due(state) && busy.add(state.id())) {
            hands.execute(() -> advance(state, settings));
          }
        }
      }
      missing.stream().map(services::get).forEach(driver::missing);
    } catch (WorldException e) {
      LOG.warn("cannot list {}: {} {}", place.region(), e.kind(), e.detail());
    } catch (RuntimeException e) {
      // The next look must come all the same: nobody else carries rollbacks on.
      LOG.error("cannot look at {}", place.region(), e);
    }
  }

  /** Where listing is not permitted each service is read by itself: the rollback comes first. */
  private List<ServiceState> states(Place place) {
    try {
      List<ServiceState> states = cloudRun.list(place.project(), place.region());
      unlisted.remove(place);
      return states;
    } catch (WorldException e) {
      if (e.kind() != WorldException.Kind.DENIED) {
        throw e;
      }
      if (unlisted.add(place)) {
        LOG.warn(
            "cannot list {}, so each service is read: {}",
            place.region(),
            e.missing().map(Grant::toString).orElse(e.detail()));
      }
      return services.keySet().stream()
          .filter(id -> place.equals(new Place(id.project(), id.region())))
          .map(cloudRun::read)
          .toList();
    }
  }

  private Instant waitingSince(ServiceState state) {
    Appointment appointment = appointments.get(state.id());
    return appointment == null ? Instant.MIN : appointment.at();
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
}
