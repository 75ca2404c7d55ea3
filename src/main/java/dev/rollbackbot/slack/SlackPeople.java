package dev.rollbackbot.slack;

import com.slack.api.model.User;
import dev.rollbackbot.port.People;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks people up with {@code users.info}; an answer is kept for 60 seconds.
 *
 * <p>Nobody found is a {@code NOT_FOUND}, which is not kept.
 */
public final class SlackPeople implements People {
  private static final Duration KEPT = Duration.ofSeconds(60);
  private static final int MOST_KEPT = 1_000;

  /** Slack's own voice is no bot in its own records. */
  private static final String SLACKBOT = "USLACKBOT";

  private final SlackApi api;
  private final Set<String> teams;
  private final InstantSource clock;
  private final Map<String, Known> known = new LinkedHashMap<>();

  private record Known(Person person, Instant until) {}

  /** People of other teams than these are foreign. */
  public SlackPeople(SlackApi api, Set<String> teams, InstantSource clock) {
    this.api = api;
    this.teams = Set.copyOf(teams);
    this.clock = clock;
  }

  @Override
  public Person find(String userId) {
    Optional<Person> kept = kept(userId);
    if (kept.isPresent()) {
      return kept.get();
    }
    Instant asked = clock.instant();
    User user = api.call("users.info", slack -> slack.usersInfo(r -> r.user(userId))).getUser();
    var person = new Person(user.getId(), name(user), orEmpty(user.getTeamId()), standing(user));
    keep(userId, new Known(person, asked.plus(KEPT)));
    return person;
  }

  private synchronized Optional<Person> kept(String userId) {
    return Optional.ofNullable(known.get(userId))
        .filter(entry -> clock.instant().isBefore(entry.until()))
        .map(Known::person);
  }

  private synchronized void keep(String userId, Known entry) {
    known.remove(userId);
    known.put(userId, entry);
    Iterator<Known> oldest = known.values().iterator();
    while (known.size() > MOST_KEPT) {
      oldest.next();
      oldest.remove();
    }
  }

  private Standing standing(User user) {
    if (user.isDeleted()) {
      return Standing.DELETED;
    }
    if (user.isBot() || user.isWorkflowBot() || SLACKBOT.equals(user.getId())) {
      return Standing.BOT;
    }
    if (user.isStranger() || !teams.contains(orEmpty(user.getTeamId()))) {
      return Standing.FOREIGN;
    }
    return user.isRestricted() || user.isUltraRestricted() ? Standing.GUEST : Standing.MEMBER;
  }

  private static String name(User user) {
    String display = user.getProfile() == null ? "" : orEmpty(user.getProfile().getDisplayName());
    if (!display.isBlank()) {
      return display;
    }
    String real = orEmpty(user.getRealName());
    return real.isBlank() ? orEmpty(user.getName()) : real;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
