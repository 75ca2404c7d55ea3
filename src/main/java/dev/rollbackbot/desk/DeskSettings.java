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
 * @param approvals off refuses every approval, for the day on which a secret has leaked
 */
public record DeskSettings(
    Set<String> teams,
    Map<String, Channel> channels,
    Map<String, ServiceSettings> services,
    boolean approvals) {

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

  Optional<Channel> channel(String id) {
    return Optional.ofNullable(channels.get(id));
  }

  Locale language(String channel) {
    return channel(channel).map(Channel::language).orElse(Locale.ENGLISH);
  }
}
