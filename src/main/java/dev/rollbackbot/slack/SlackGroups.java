package dev.rollbackbot.slack;

import dev.rollbackbot.port.Groups;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks {@code usergroups.users.list} for the members of a user group; an answer is kept for 60
 * seconds, because Slack allows some twenty calls a minute (its Tier 2).
 *
 * <p>The groups asked for are those of the configuration, so few. Needs the scope {@code
 * usergroups:read}.
 */
public final class SlackGroups implements Groups {
  private static final Duration KEPT = Duration.ofSeconds(60);

  private final SlackApi api;
  private final InstantSource clock;
  private final Map<String, Known> known = new HashMap<>();

  private record Known(Set<String> members, Instant until) {}

  public SlackGroups(SlackApi api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  @Override
  public Set<String> members(String group) {
    Optional<Set<String>> kept = kept(group);
    if (kept.isPresent()) {
      return kept.get();
    }
    Instant asked = clock.instant();
    Set<String> members =
        Set.copyOf(
            api.call(
                    "usergroups.users.list",
                    slack -> slack.usergroupsUsersList(r -> r.usergroup(group)))
                .getUsers());
    keep(group, new Known(members, asked.plus(KEPT)));
    return members;
  }

  private synchronized Optional<Set<String>> kept(String group) {
    return Optional.ofNullable(known.get(group))
        .filter(entry -> clock.instant().isBefore(entry.until()))
        .map(Known::members);
  }

  private synchronized void keep(String group, Known entry) {
    known.put(group, entry);
  }
}
