package dev.rollbackbot.driver;

import static java.util.Comparator.naturalOrder;

import dev.rollbackbot.domain.health.ErrorChanges;
import dev.rollbackbot.domain.health.ErrorMessage;
import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.health.LogGap;
import dev.rollbackbot.domain.health.LoggedRequest;
import dev.rollbackbot.domain.health.Look;
import dev.rollbackbot.domain.health.UserTraffic;
import dev.rollbackbot.domain.job.Move.Need;
import dev.rollbackbot.domain.job.Observed;
import dev.rollbackbot.domain.job.Readings;
import dev.rollbackbot.domain.job.Readings.Assessment;
import dev.rollbackbot.domain.job.Readings.Watched;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.Canary.Doubt;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.ProbeResult;
import dev.rollbackbot.domain.journal.Journal.Times;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.report.LogDigest;
import dev.rollbackbot.engine.Cards;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.engine.Together;
import dev.rollbackbot.engine.Verdicts;
import dev.rollbackbot.port.HealthProbe;
import dev.rollbackbot.port.LogReader;
import dev.rollbackbot.port.LogReader.Requests;
import dev.rollbackbot.port.WorldException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures what a decision needs: probes at the platform's own addresses, logs, who was told. */
public final class Gauges {
  private static final Logger LOG = LoggerFactory.getLogger(Gauges.class);

  /** Part of the agent of our own probes. */
  private static final String OWN_AGENT = "rollback-bot-probe";

  private final Map<String, HealthProbe> probes;
  private final LogReader logs;
  private final Cards cards;
  private final Together together;
  private final Verdicts verdicts;
  private final InstantSource clock;

  /**
   * @param probes by service name
   */
  public Gauges(
      Map<String, HealthProbe> probes,
      LogReader logs,
      Cards cards,
      Together together,
      Verdicts verdicts,
      InstantSource clock) {
    this.probes = Map.copyOf(probes);
    this.logs = logs;
    this.cards = cards;
    this.together = together;
    this.verdicts = verdicts;
    this.clock = clock;
  }

  Readings measure(Need need, Observed observed, ServiceSettings settings, Readings readings) {
    return switch (need) {
      case PROBES -> probes(observed, readings);
      case LIVE_PROBE -> readings.withLive(live(observed.state()));
      case SERVED -> readings.withServed(served(observed));
      case ASSESSMENT -> readings.withAssessment(assessment(observed, settings));
      case LOOK -> readings.withWatched(look(observed, settings));
      case TOLD -> readings.withTold(cards.said(observed.journal()));
      case CHAT -> readings.withChat(cards.reaches(observed.journal(), settings));
    };
  }

  private Readings probes(Observed observed, Readings readings) {
    ServiceState state = observed.state();
    Journal journal = observed.journal();
    Optional<String> tagged =
        state.observed().stream()
            .filter(s -> s.tag().filter(journal.tag()::equals).isPresent())
            .findFirst()
            .flatMap(ServiceState.Served::url);
    Together.Pending<ProbeResult> live = together.start(() -> live(state));
    ProbeResult target =
        tagged.map(url -> probe(state, url)).orElse(new ProbeResult(0, 1, 0, "no address"));
    return readings.withProbes(target, live.known("probe").asOptional());
  }

  private ProbeResult live(ServiceState state) {
    return state.url().map(url -> probe(state, url)).orElse(new ProbeResult(0, 0, 0, "no address"));
  }

  private ProbeResult probe(ServiceState state, String url) {
    HealthProbe probe = probes.get(state.id().name());
    return probe == null ? new ProbeResult(0, 0, 0, "not configured") : probe.probe(url);
  }

  private boolean served(Observed observed) {
    try {
      return logs.servedSince(
          observed.state().id(),
          observed.journal().aim().target(),
          observed.journal().times().switched().orElse(observed.journal().since()));
    } catch (WorldException e) {
      LOG.warn("cannot ask the logs for served requests: {}", e.detail());
      return false;
    }
  }

  /** Everything since the last look, so that what could not be read then is seen now. */
  private Watched look(Observed observed, ServiceSettings settings) {
    ServiceId id = observed.state().id();
    Canary canary = observed.journal().canary().orElseThrow();
    Instant from = canary.seenUntil();
    Optional<Instant> due = canary.due(clock.instant().minus(settings.limits().logDelay()));
    if (due.isEmpty()) {
      return new Watched.Blind(Doubt.LATE);
    }
    Instant to = due.get();
    try {
      LogReader.CanaryRequests read =
          logs.canary(id, observed.journal().aim().target(), from.minus(UserTraffic.RETRY), to);
      Look look =
          new UserTraffic(OWN_AGENT, canary.slowLine())
              .look(canary.rung(), later(from, read.completeFrom()), read.requests());
      if (silent(canary, read, from, to)) {
        return new Watched.Blind(Doubt.LATE);
      }
      return new Watched.Seen(look, to, verdicts.of(id.name(), canary.saw(look, to)).orElseThrow());
    } catch (WorldException e) {
      if (e.kind() == WorldException.Kind.QUOTA) {
        // With many canaries this is usual, and comes every few seconds.
        LOG.debug("{}: {}", id.name(), e.detail());
        return new Watched.Blind(Doubt.BUDGET);
      }
      LOG.warn("cannot look at a canary: {} {}", e.kind(), e.detail());
      return new Watched.Blind(Doubt.UNREAD);
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Users are taken to come as often as at the look before; at first any are proof enough. */
  private static boolean silent(
      Canary canary, LogReader.CanaryRequests read, Instant from, Instant to) {
    Optional<Instant> last =
        read.requests().stream().map(LoggedRequest::at).filter(from::isBefore).max(naturalOrder());
    return canary.lastRate().isEmpty()
        ? last.isEmpty()
        : LogGap.silence(
                (int) (canary.lastRate().getAsDouble() * Duration.between(from, to).toMillis()),
                last,
                from,
                to)
            .isPresent();
  }

  private Assessment assessment(Observed observed, ServiceSettings settings) {
    try {
      return assessed(observed, settings);
    } catch (WorldException e) {
      LOG.warn("cannot read the logs for the report: {} {}", e.kind(), e.detail());
      Optional<Figures> unread = Optional.of(Figures.unread(reason(e.kind())));
      return new Assessment(settings.judge().judge(unread), unread, List.of());
    }
  }

  private static LogGap.Reason reason(WorldException.Kind kind) {
    return switch (kind) {
      case QUOTA -> LogGap.Reason.QUOTA;
      case DENIED -> LogGap.Reason.DENIED;
      case UNAVAILABLE, CONFLICT, NOT_FOUND, REFUSED -> LogGap.Reason.UNAVAILABLE;
    };
  }

  private Assessment assessed(Observed observed, ServiceSettings settings) {
    Journal journal = observed.journal();
    Times times = journal.times();
    Instant to = journal.until();
    Instant from = times.moved().orElse(journal.since()).plus(settings.limits().grace());
    Instant switched = times.switched().orElse(journal.since());
    Instant earlier = switched.minus(Duration.between(from, to));
    ServiceId id = observed.state().id();
    RevisionName target = journal.aim().target();
    Optional<RevisionName> was = journal.aim().from();
    Requests after = logs.requests(id, target, from, to);
    LogDigest errorsAfter = logs.errors(id, target, from, to);
    Requests before =
        was.map(r -> logs.requests(id, r, earlier, switched)).orElseGet(Requests::none);
    LogDigest errorsBefore =
        was.map(r -> logs.errors(id, r, earlier, switched))
            .orElseGet(() -> new LogDigest(List.of(), 0));
    var figures =
        new Figures(
            before.load(),
            after.load(),
            ErrorChanges.between(window(before, errorsBefore), window(after, errorsAfter)),
            before.complete()
                && after.complete()
                && errorsBefore.complete()
                && errorsAfter.complete(),
            LogGap.silence(before.total(), after.last(), from, to));
    return new Assessment(
        settings.judge().judge(Optional.of(figures)),
        Optional.of(figures),
        messages(figures.errors(), errorsAfter, errorsBefore));
  }

  /** Of each kind of error that is told of, what the latest one said. */
  private static List<ErrorMessage> messages(
      ErrorChanges told, LogDigest errorsAfter, LogDigest errorsBefore) {
    Map<String, ErrorMessage> messages = new LinkedHashMap<>();
    for (LogDigest digest : List.of(errorsAfter, errorsBefore)) {
      for (LogDigest.Signature error : digest.signatures()) {
        error
            .message()
            .filter(_ -> told.names().contains(error.name()))
            .ifPresent(
                said -> messages.putIfAbsent(error.name(), new ErrorMessage(error.name(), said)));
      }
    }
    return List.copyOf(messages.values());
  }

  private static ErrorChanges.Window window(Requests requests, LogDigest errors) {
    return new ErrorChanges.Window(requests.total(), errors.counts(), errors.share());
  }
}
