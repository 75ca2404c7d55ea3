package dev.rollbackbot.driver;

import dev.rollbackbot.domain.job.Move;
import dev.rollbackbot.domain.job.Observed;
import dev.rollbackbot.domain.job.Progress;
import dev.rollbackbot.domain.job.Readings;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.engine.Cards;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.engine.StepRunner;
import dev.rollbackbot.engine.StepRunner.Outcome;
import dev.rollbackbot.port.CloudRun;
import dev.rollbackbot.port.WorldException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Advances one open rollback as far as it can go now: observe, decide, measure or write, tell.
 *
 * <p>It holds nothing that matters: whichever driver comes next reads the same journal.
 */
public final class Driver {
  private static final Logger LOG = LoggerFactory.getLogger(Driver.class);

  /** More moves in one go than any rollback has; a guard against a rule that never rests. */
  private static final int MOST_MOVES = 20;

  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(3);
  private static final Duration RECENT = Duration.ofMinutes(10);

  private final CloudRun cloudRun;
  private final Gauges gauges;
  private final StepRunner runner;
  private final Cards cards;
  private final InstantSource clock;
  private final Identity identity;

  /** What this process has seen of rollbacks under way or open, for the day a record vanishes. */
  private final Map<ServiceId, Observed> carried = new ConcurrentHashMap<>();

  /** Whose journals are ours, and who of the bot's drivers this one is. */
  public record Identity(String bot, String driver) {}

  public Driver(
      CloudRun cloudRun,
      Gauges gauges,
      StepRunner runner,
      Cards cards,
      InstantSource clock,
      Identity identity) {
    this.cloudRun = cloudRun;
    this.gauges = gauges;
    this.runner = runner;
    this.cards = cards;
    this.clock = clock;
    this.identity = identity;
  }

  /**
   * Advances the service's rollback, if it has one.
   *
   * @return when to look again at the latest; a change of the service makes it sooner
   */
  public Instant advance(ServiceState first, ServiceSettings settings) {
    var progress = new Progress(settings.limits());
    ServiceState state = first;
    Readings readings = Readings.none();
    for (int move = 0; move < MOST_MOVES; move++) {
      JournalReading reading = cloudRun.journal(state, identity.bot());
      if (!(reading instanceof JournalReading.Found(Journal j))) {
        lost(state, reading, settings);
        return Instant.MAX;
      }
      carried.put(state.id(), new Observed(state, j, Optional.empty()));
      Instant now = clock.instant();
      Observed observed = new Observed(state, j, target(state, j));
      Move next = progress.next(observed, readings, now, identity.driver());
      joined(next, state, j, settings);
      switch (next) {
        case Move.Wait(Instant until) -> {
          return sooner(told(state, j, now, settings), until);
        }
        case Move.Measure(Move.Need need) ->
            readings = gauges.measure(need, observed, settings, readings);
        case Move.Write write -> {
          Move.Write complete = new Move.Write(write.step(), cards.withIncident(write.next()));
          switch (runner.run(complete, state)) {
            case Outcome.Landed(ServiceState after) -> {
              tell(after, complete.next(), settings);
              if (j.state() == JobState.WATCHING && complete.next().state() != j.state()) {
                cards.chart(complete.next());
              }
              cards.messages(
                  after,
                  complete.next(),
                  readings.assessment().map(Readings.Assessment::messages).orElse(List.of()));
              if (!holds(after, complete.next())) {
                // Nobody could look at it: going on would decide once more from before the write.
                return now.plus(AFTER_TROUBLE);
              }
              state = after;
              readings = Readings.none();
            }
            case Outcome.Moved(ServiceState after) -> {
              state = after;
              readings = Readings.none();
            }
            case Outcome.Refused(WorldException why) -> {
              LOG.warn(
                  "{}: a write of {} was refused: {} {}",
                  state.id().name(),
                  complete.next().state(),
                  why.kind(),
                  why.detail());
              return sooner(told(state, j, now, settings), now.plus(AFTER_TROUBLE));
            }
            case Outcome.Unknown(WorldException why) -> {
              LOG.warn("{}: no word on a write: {}", state.id().name(), why.detail());
              return sooner(told(state, j, now, settings), now.plus(AFTER_TROUBLE));
            }
          }
        }
      }
    }
    LOG.error("{}: its rollback does not come to rest", state.id().name());
    return clock.instant().plus(AFTER_TROUBLE);
  }

  private static Instant sooner(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Whoever comes to a rollback in the middle says where it stands: its driver may have died. */
  private void joined(Move next, ServiceState state, Journal journal, ServiceSettings settings) {
    boolean acts = !(next instanceof Move.Wait);
    boolean passes =
        switch (journal.state()) {
          case PREPARING, SETTLING, SWITCHING, VERIFYING, UNDOING, RETURN_PREPARING, RETURNING ->
              true;
          // Looking changes nothing that anybody was told, and what rests is told at least once.
          case HELD, WATCHING, HOLDING, OPEN, STUCK, CLOSED -> false;
        };
    if (acts && passes && !journal.driver().equals(identity.driver())) {
      cards.wrote(state, journal, settings);
    }
  }

  /**
   * The record of a rollback is gone, damaged, or the service is another one: no more writes, but
   * people hear of it from each worker that knew of it.
   */
  private void lost(ServiceState state, JournalReading reading, ServiceSettings settings) {
    Optional<Journal> known = forgotten(state.id()).map(Observed::journal);
    if (known.isEmpty()) {
      return;
    }
    Journal journal = known.get();
    boolean gone =
        switch (reading) {
          case JournalReading.Absent _, JournalReading.Unreadable _ -> true;
          // A newer version of the bot may have taken it over.
          case JournalReading.Foreign _ -> !state.uid().equals(journal.serviceUid());
          case JournalReading.Found _ -> false;
        };
    if (gone) {
      LOG.warn("{}: its record is gone, by {}", state.id().name(), state.lastModifier());
      cards.lost(state, journal, Optional.of(state.lastModifier()), settings);
    }
  }

  /** The list did not show this service: if it is gone, so is what was told of it. */
  void missing(ServiceSettings settings) {
    if (!carried.containsKey(settings.id())) {
      return;
    }
    try {
      var _ = cloudRun.read(settings.id());
    } catch (WorldException e) {
      if (e.kind() == WorldException.Kind.NOT_FOUND) {
        forgotten(settings.id())
            .ifPresent(
                last -> cards.lost(last.state(), last.journal(), Optional.empty(), settings));
      }
    }
  }

  /** What was known of a rollback that was not over. */
  private Optional<Observed> forgotten(ServiceId id) {
    return Optional.ofNullable(carried.remove(id))
        .filter(last -> last.journal().state() != JobState.CLOSED);
  }

  private boolean holds(ServiceState state, Journal written) {
    return cloudRun.journal(state, identity.bot()) instanceof JournalReading.Found(Journal found)
        && found.seq() >= written.seq();
  }

  /** Says what had to wait; called with every look at the services. */
  void catchUp() {
    cards.catchUp();
  }

  /** Says what the write owes; a mark that something was told owes nothing. */
  private void tell(ServiceState state, Journal journal, ServiceSettings settings) {
    if (journal.untold().isEmpty()) {
      return;
    }
    switch (journal.untold().get().news()) {
      case STATE -> cards.wrote(state, journal, settings);
      case DEPLOY -> {
        RevisionName newest = journal.newest().orElse(journal.aim().target());
        cards.deployGotNothing(state, journal, newest, commitOf(state, newest), settings);
      }
    }
  }

  /** Only a detail of a line: without an answer the line goes without it. */
  private Optional<CommitSha> commitOf(ServiceState state, RevisionName revision) {
    try {
      return cloudRun.revision(state.id(), revision).flatMap(Revision::labelledCommit);
    } catch (WorldException e) {
      LOG.warn("{}: cannot read the newest revision: {}", state.id().name(), e.detail());
      return Optional.empty();
    }
  }

  private Optional<Revision> target(ServiceState state, Journal journal) {
    if (journal.state() == JobState.PREPARING) {
      return journal.aim().route() == Route.SHIFT
          ? cloudRun.revision(state.id(), journal.aim().target())
          : made(state, journal.aim().target());
    }
    return journal.state() == JobState.RETURN_PREPARING && journal.restoring()
        ? journal.newest().flatMap(wanted -> made(state, wanted))
        : Optional.empty();
  }

  /** A revision that the bot asked for; under another name it is known by its label. */
  private Optional<Revision> made(ServiceState state, RevisionName wanted) {
    return cloudRun
        .revision(state.id(), wanted)
        .or(
            () ->
                cloudRun.revisions(state.id()).stream()
                    .filter(revision -> revision.madeAs(wanted))
                    .findFirst());
  }

  /**
   * Brings the card to what the journal says, where that is this driver's to do: its own job, one
   * whose driver is gone, or one whose card it has edited before, for an older edit of its own may
   * come after the other's last one. Old jobs of others are left alone.
   *
   * @return when to see to the card again; never, once it is right
   */
  private Instant told(ServiceState state, Journal journal, Instant now, ServiceSettings settings) {
    boolean recent = journal.since().plus(RECENT).isAfter(now) || journal.state().moves();
    Instant ends = journal.until().isAfter(journal.since()) ? journal.until() : journal.since();
    Instant abandoned = ends.plus(settings.limits().stale());
    boolean mine = journal.driver().equals(identity.driver()) || abandoned.isBefore(now);
    if (cards.follows(journal) || (recent && mine)) {
      cards.sync(state, journal, settings);
      return cards.shows(state, journal) ? Instant.MAX : now.plus(AFTER_TROUBLE);
    }
    return recent ? abandoned.plusMillis(1) : Instant.MAX;
  }
}
