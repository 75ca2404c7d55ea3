package dev.rollbackbot.driver;

import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.job.Move.Need;
import dev.rollbackbot.domain.job.Observed;
import dev.rollbackbot.domain.job.Readings;
import dev.rollbackbot.domain.job.Readings.Assessment;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.ProbeResult;
import dev.rollbackbot.domain.journal.Journal.Times;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.report.LogDigest;
import dev.rollbackbot.domain.report.LogDigest.Signature;
import dev.rollbackbot.engine.Cards;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.engine.Together;
import dev.rollbackbot.port.HealthProbe;
import dev.rollbackbot.port.LogReader;
import dev.rollbackbot.port.LogReader.Requests;
import dev.rollbackbot.port.WorldException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures what a decision needs: probes at the platform's own addresses, logs, who was told. */
public final class Gauges {
  private static final Logger LOG = LoggerFactory.getLogger(Gauges.class);
  private static final int MOST_SIGNATURES = 3;

  private final Map<String, HealthProbe> probes;
  private final LogReader logs;
  private final Cards cards;
  private final Together together;

  /**
   * @param probes by service name
   */
  public Gauges(Map<String, HealthProbe> probes, LogReader logs, Cards cards, Together together) {
    this.probes = Map.copyOf(probes);
    this.logs = logs;
    this.cards = cards;
    this.together = together;
  }

  Readings measure(Need need, Observed observed, ServiceSettings settings, Readings readings) {
    return switch (need) {
      case PROBES -> probes(observed, readings);
      case LIVE_PROBE -> readings.withLive(live(observed.state()));
      case SERVED -> readings.withServed(served(observed));
      case ASSESSMENT -> readings.withAssessment(assessment(observed, settings));
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

  private Assessment assessment(Observed observed, ServiceSettings settings) {
    Optional<Figures> figures = figures(observed, settings.limits().grace());
    return new Assessment(settings.judge().judge(figures), figures);
  }

  private Optional<Figures> figures(Observed observed, Duration grace) {
    Journal journal = observed.journal();
    Times times = journal.times();
    Instant to = journal.until();
    Instant from = times.moved().orElse(journal.since()).plus(grace);
    Duration window = Duration.between(from, to);
    Instant switched = times.switched().orElse(journal.since());
    RevisionName target = journal.aim().target();
    try {
      Requests after = logs.requests(observed.state().id(), target, from, to);
      LogDigest errorsAfter = logs.errors(observed.state().id(), target, from, to);
      Optional<RevisionName> was = journal.aim().from();
      Requests before =
          was.map(r -> logs.requests(observed.state().id(), r, switched.minus(window), switched))
              .orElse(new Requests(Figures.Load.none(), false));
      LogDigest errorsBefore =
          was.map(r -> logs.errors(observed.state().id(), r, switched.minus(window), switched))
              .orElse(new LogDigest(List.of(), false));
      return Optional.of(compare(before, after, errorsBefore, errorsAfter));
    } catch (WorldException e) {
      LOG.warn("cannot read the logs for the report: {} {}", e.kind(), e.detail());
      return Optional.empty();
    }
  }

  private static Figures compare(
      Requests before, Requests after, LogDigest errorsBefore, LogDigest errorsAfter) {
    List<String> then = names(errorsBefore);
    List<String> now = names(errorsAfter);
    return new Figures(
        before.load(),
        after.load(),
        then.stream().filter(s -> !now.contains(s)).limit(MOST_SIGNATURES).toList(),
        then.stream().filter(now::contains).limit(MOST_SIGNATURES).toList(),
        now.stream().filter(s -> !then.contains(s)).limit(MOST_SIGNATURES).toList(),
        before.complete() && after.complete() && errorsBefore.complete() && errorsAfter.complete());
  }

  private static List<String> names(LogDigest digest) {
    return digest.signatures().stream().map(Signature::name).toList();
  }
}
