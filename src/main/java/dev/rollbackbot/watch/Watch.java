package dev.rollbackbot.watch;

import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Change;
import dev.rollbackbot.domain.model.Hand;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.watch.Look;
import dev.rollbackbot.domain.watch.Sighting;
import dev.rollbackbot.engine.Cards;
import dev.rollbackbot.engine.CommitNames;
import dev.rollbackbot.engine.Notices;
import dev.rollbackbot.engine.Onlooker;
import dev.rollbackbot.engine.Seal;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.port.AuditLog;
import dev.rollbackbot.port.CloudRun;
import dev.rollbackbot.port.LogReader;
import dev.rollbackbot.port.LogReader.ServedSpell;
import dev.rollbackbot.port.Timers;
import dev.rollbackbot.port.WorldException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares each look at a service with the one before, and says what others did, once.
 *
 * <p>It rides on the driver's list calls and asks the platform only when something changed. It
 * writes nothing to any service: a write after somebody's deploy would make that deploy's own next
 * step fail with a conflict.
 */
public final class Watch implements Onlooker, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  /** What happened before a worker started is told only when it is fresh. */
  private static final Duration FRESH = Duration.ofHours(1);

  private static final Duration LAST_WORDS = Duration.ofSeconds(2);
  private static final int MOST_UNSAID = 20;
  private static final int MOST_TRIES = 60;

  private final CloudRun cloudRun;
  private final LogReader logs;
  private final Turns turns;
  private final Announcer announcer;
  private final InstantSource clock;
  private final String bot;
  private final ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<ServiceId> busy = ConcurrentHashMap.newKeySet();
  private final Map<ServiceId, Memory> memories = new ConcurrentHashMap<>();

  /** What is remembered of a service; touched by one hand at a time. */
  private record Memory(Look look, List<Unsaid> unsaid) {
    boolean due(ServiceState state, Instant now) {
      return !look.state().etag().equals(state.etag())
          || unsaid.stream().anyMatch(u -> !u.again().isAfter(now));
    }
  }

  /** Something that could not be said yet. */
  private record Unsaid(
      Sighting sighting, ServiceState state, boolean seen, Instant again, int tries) {
    /** In a minute; nothing once it was tried for an hour. */
    Optional<Unsaid> later(Instant now) {
      return tries < MOST_TRIES
          ? Optional.of(new Unsaid(sighting, state, seen, now.plus(Turns.GOOD_FOR), tries + 1))
          : Optional.empty();
    }
  }

  /** Whose journals are ours, and which of the bot's workers this is. */
  public record Identity(String bot, String worker) {}

  public Watch(
      CloudRun cloudRun,
      LogReader logs,
      AuditLog audit,
      CommitNames commits,
      Cards cards,
      Notices notices,
      Seal seal,
      InstantSource clock,
      Timers timers,
      Identity identity) {
    this.cloudRun = cloudRun;
    this.logs = logs;
    this.turns = new Turns(logs, audit, clock, timers, identity.worker());
    this.announcer = new Announcer(cloudRun, commits, cards, notices, seal);
    this.clock = clock;
    this.bot = identity.bot();
  }

  @Override
  public void saw(ServiceState state, ServiceSettings settings) {
    Memory memory = memories.get(state.id());
    boolean due = memory == null || memory.due(state, clock.instant());
    if (due && !hands.isShutdown() && busy.add(state.id())) {
      hands.execute(() -> look(state, settings, Optional.ofNullable(memory)));
    }
  }

  private void look(ServiceState state, ServiceSettings settings, Optional<Memory> memory) {
    var look = new Look(state, cloudRun.journal(state, bot));
    List<Unsaid> left = List.of();
    try {
      left =
          todo(look, memory).stream()
              .flatMap(unsaid -> say(unsaid, settings).stream())
              .limit(MOST_UNSAID)
              .toList();
    } catch (RuntimeException e) {
      LOG.error("{}: the watch met something unforeseen", state.id().name(), e);
    } finally {
      // Remembered in any case: the same look must not be taken again with every tick.
      memories.put(state.id(), new Memory(look, left));
      busy.remove(state.id());
    }
  }

  private List<Unsaid> todo(Look look, Optional<Memory> memory) {
    Instant now = clock.instant();
    ServiceState state = look.state();
    Map<String, Unsaid> todo = new LinkedHashMap<>();
    Map<String, Sighting> standing = new LinkedHashMap<>();
    look.alone().forEach(sighting -> standing.put(sighting.key(state), sighting));
    for (Unsaid unsaid : memory.map(Memory::unsaid).orElse(List.of())) {
      String key = unsaid.sighting().key(unsaid.state());
      if (!unsaid.sighting().passes() || standing.containsKey(key)) {
        todo.put(key, unsaid);
      }
    }
    Optional<Sighting> moved =
        memory.isPresent() ? look.since(memory.get().look()) : movedBeforeItLooked(look, now);
    moved.ifPresent(
        m -> todo.putIfAbsent(m.key(state), new Unsaid(m, state, memory.isPresent(), now, 1)));
    standing.forEach(
        (key, sighting) -> todo.putIfAbsent(key, new Unsaid(sighting, state, false, now, 1)));
    return List.copyOf(todo.values());
  }

  /** What is still to be said of it. */
  private Optional<Unsaid> say(Unsaid unsaid, ServiceSettings settings) {
    Instant now = clock.instant();
    if (unsaid.again().isAfter(now)) {
      return Optional.of(unsaid);
    }
    ServiceId service = unsaid.state().id();
    try {
      String key = unsaid.sighting().key(unsaid.state());
      if (!announcer.concerns(unsaid.sighting(), unsaid.state())) {
        return Optional.empty();
      }
      return switch (turns.of(service, key, unsaid.seen())) {
        case SAID -> Optional.empty();
        case LATER -> unsaid.later(now);
        case SPEAK -> {
          announcer.announce(unsaid.sighting(), unsaid.state(), settings);
          turns.said(service, key);
          yield Optional.empty();
        }
      };
    } catch (WorldException e) {
      LOG.warn("{}: not announced yet: {} {}", service.name(), e.kind(), e.detail());
      return unsaid.later(now);
    }
  }

  /** At the first look only the platform's record says what users had before. */
  private Optional<Sighting> movedBeforeItLooked(Look look, Instant now) {
    boolean driven =
        look.journal() instanceof JournalReading.Found(var journal) && journal.state().moves();
    if (driven || look.state().updated().plus(FRESH).isBefore(now)) {
      return Optional.empty();
    }
    LogReader.Past past;
    try {
      past = logs.past(look.state().id(), Duration.ofDays(30));
    } catch (WorldException e) {
      LOG.warn("{}: what happened before is not known: {}", look.state().id().name(), e.detail());
      return Optional.empty();
    }
    if (past.spells().size() < 2 || past.changes().isEmpty()) {
      return Optional.empty();
    }
    Change last = past.changes().getLast();
    ServedSpell spell = past.spells().getLast();
    boolean byOthers = last.hand() != Hand.BOT && !spell.from().isBefore(last.at());
    ServedSpell earlier = past.spells().get(past.spells().size() - 2);
    return byOthers && spell.from().plus(FRESH).isAfter(now)
        ? look.moved(LiveSplit.all(earlier.revision()))
        : Optional.empty();
  }

  /** Says nothing new, and lets what is being said come to its end for two seconds. */
  @Override
  public void close() {
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
