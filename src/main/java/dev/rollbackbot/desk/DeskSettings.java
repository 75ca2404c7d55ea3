package dev.rollbackbot.desk;

import dev.rollbackbot.engine.ServiceSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may ask for what, and where.
 *
 * @param teams that belong here
 * @param channels by id
 * @param services by name
 * @param requestsPerMinute of one person; more are not taken
 */
public record DeskSettings(
    Set<String> teams,
    Map<String, Channel> channels,
    Map<String, ServiceSettings> services,
    int requestsPerMinute) {

  /** A channel's services and language; the first service is meant when none is named. */
  public record Channel(List<String> services, Locale language) {
    public Channel {
      services = List.copyOf(services);
    }
  }

  public DeskSettings {
    teams = Set.copyOf(teams);
    channels = Map.copyOf(channels);
    services = Map.copyOf(services);
  }

  /** A service that {@link #channel} names. */
  ServiceSettings service(String name) {
    return Optional.ofNullable(services.get(name)).orElseThrow();
  }

  Optional<Channel> channel(String id) {
    return Optional.ofNullable(channels.get(id));
  }

  Locale language(String channel) {
    return channel(channel).map(Channel::language).orElse(Locale.ENGLISH);
  }
}
