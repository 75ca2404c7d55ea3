package dev.rollbackbot.simulation;

import dev.rollbackbot.port.ChatException;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which neighbour fails when: single calls by chance, and for a while altogether. */
final class Weather {
  /** Those who can fail. */
  enum Neighbour {
    CLOUD_RUN,
    CHAT,
    REGISTRY,
    GIT,
    LOGS,
    PROBE,
    PEOPLE,
    /** It does not fail call by call: it takes nothing and delivers nothing for a while. */
    QUEUE
  }

  private static final Set<String> PRIVATE = Set.of("answer", "whisper");

  private record Spell(Instant from, Instant to) {
    boolean holds(Instant now) {
      return !now.isBefore(from) && now.isBefore(to);
    }
  }

  private final Scheduler scheduler;
  private final Fate fate;
  private final Instant fairFrom;
  private final Map<Neighbour, Double> shares = new EnumMap<>(Neighbour.class);
  private final Map<Neighbour, List<Spell>> outages = new EnumMap<>(Neighbour.class);
  private final Set<Night.Outage> begun = new HashSet<>();
  private final Night night;
  private final double lostAnswers;
  private final double conflicts;
  private final double usedUp;

  /**
   * @param fairFrom from then on nothing fails any more
   */
  Weather(Scheduler scheduler, Fate fate, Instant fairFrom, Night night) {
    this.scheduler = scheduler;
    this.fate = fate;
    this.fairFrom = fairFrom;
    this.night = night;
    boolean rough = night.wild() && fate.chance(0.75);
    lostAnswers = rough ? fate.share(0.4) : 0;
    conflicts = rough ? fate.share(0.2) : 0;
    usedUp = rough ? fate.share(0.3) : 0;
    for (Neighbour neighbour : Neighbour.values()) {
      outages.put(neighbour, new ArrayList<>());
    }
    for (Neighbour neighbour : EnumSet.complementOf(EnumSet.of(Neighbour.QUEUE))) {
      shares.put(neighbour, rough && fate.chance(0.6) ? fate.share(most(neighbour)) : 0);
      if (rough && fate.chance(0.25)) {
        Instant from = scheduler.instant().plus(fate.seconds(0, 400));
        Duration length = fate.chance(0.6) ? fate.seconds(2, 60) : fate.seconds(60, 840);
        out(neighbour, from, length);
      }
    }
    reached(Night.Moment.ASKED);
  }

  /** The rollback has come so far; whoever is to be away from then on, is. */
  void reached(Night.Moment moment) {
    night
        .outage()
        .filter(outage -> outage.from() == moment && begun.add(outage))
        .ifPresent(
            outage -> {
              Duration later = fate.chance(0.5) ? Duration.ZERO : fate.seconds(0, 4);
              out(outage.neighbour(), scheduler.instant().plus(later), Night.OUTAGE);
            });
  }

  void out(Neighbour neighbour, Instant from, Duration length) {
    spells(neighbour).add(new Spell(from, from.plus(length)));
    scheduler.note(
        "weather: %s will be out for %ds, in %ds"
            .formatted(
                neighbour,
                length.toSeconds(),
                Duration.between(scheduler.instant(), from).toSeconds()));
  }

  /** Whether somebody is away altogether. */
  boolean out(Neighbour neighbour) {
    return !fair()
        && spells(neighbour).stream().anyMatch(spell -> spell.holds(scheduler.instant()));
  }

  /** A card that is not told is told again, so the chat product may fail more than others. */
  private static double most(Neighbour neighbour) {
    return neighbour == Neighbour.CHAT ? 0.5 : 0.15;
  }

  /** Fails a call before it has any effect, or lets it through. */
  void before(Neighbour neighbour, String call, boolean write) {
    if (fair()) {
      return;
    }
    if (PRIVATE.contains(call) && fate.chance(usedUp)) {
      throw failed(Neighbour.CHAT, Kind.NOT_FOUND, "the way back is used up");
    }
    if (out(neighbour) || fate.chance(shares.getOrDefault(neighbour, 0.0))) {
      throw failed(
          neighbour, fate.chance(0.8) ? Kind.UNAVAILABLE : Kind.QUOTA, neighbour + " is out");
    }
    if (write && fate.chance(conflicts)) {
      throw failed(neighbour, Kind.CONFLICT, "aborted");
    }
  }

  /** Loses the answer to a write that has landed, or not. */
  void afterWrite() {
    if (!fair() && fate.chance(lostAnswers)) {
      throw failed(Neighbour.CLOUD_RUN, Kind.UNAVAILABLE, "the answer was lost");
    }
  }

  private List<Spell> spells(Neighbour neighbour) {
    return outages.getOrDefault(neighbour, List.of());
  }

  private boolean fair() {
    return !scheduler.instant().isBefore(fairFrom);
  }

  private WorldException failed(Neighbour neighbour, Kind kind, String detail) {
    scheduler.note("  ! " + kind + ": " + detail);
    return switch (neighbour) {
      case CHAT, PEOPLE -> new ChatException(kind, detail);
      case CLOUD_RUN, REGISTRY, GIT, LOGS, PROBE, QUEUE -> new WorldException(kind, detail);
    };
  }
}
