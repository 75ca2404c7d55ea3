package dev.rollbackbot.engine;

import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.plan.Around;
import dev.rollbackbot.domain.plan.Facts.Spell;
import dev.rollbackbot.domain.plan.Known;
import dev.rollbackbot.domain.plan.PastRollback;
import dev.rollbackbot.domain.plan.RunningBuild;
import dev.rollbackbot.domain.plan.Track.Counted;
import dev.rollbackbot.port.Builds;
import dev.rollbackbot.port.LogReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what happened to a service: who served when, who wrote, how rollbacks ended, and what is
 * being built.
 */
public final class PastReader {
  private static final Duration HISTORY = Duration.ofDays(30);

  /** Each count may cost two of the 60 log reads that a project has a minute. */
  private static final int MOST_COUNTED = 4;

  private final LogReader logs;
  private final Builds builds;
  private final Together together;

  public PastReader(LogReader logs, Builds builds, Together together) {
    this.logs = logs;
    this.builds = builds;
    this.together = together;
  }

  /** The spells of a service with what is around it; nothing is counted yet. */
  public record Past(Known<List<Spell>> spells, Around around) {}

  /** Reads under way. */
  public final class Pending {
    private final ServiceSettings settings;
    private final Together.Pending<LogReader.Past> past;
    private final Together.Pending<List<PastRollback>> rollbacks;
    private final Together.Pending<List<RunningBuild>> running;

    private Pending(ServiceSettings settings) {
      this.settings = settings;
      this.past = together.start(() -> logs.past(settings.id(), HISTORY));
      this.rollbacks = together.start(() -> logs.rollbacks(settings.id(), HISTORY));
      this.running = together.start(() -> builds.running(settings.id(), settings.repository()));
    }

    /** What could be had in time. */
    public Past get() {
      Known<LogReader.Past> known = past.known("logs");
      return new Past(
          known.map(
              p ->
                  p.spells().stream().map(s -> new Spell(s.revision(), s.from(), s.to())).toList()),
          new Around(
              running.known("builds"),
              known.asOptional().map(LogReader.Past::changes).orElse(List.of()),
              rollbacks.known("logs"),
              Map.of(),
              settings.judge().minRequests(),
              settings.judge().maxErrorShare()));
    }
  }

  /** Starts reading. */
  public Pending start(ServiceSettings settings) {
    return new Pending(settings);
  }

  /**
   * Counts users' requests of each revision's last spell, for the first four at most; what cannot
   * be read is left out.
   */
  public Map<RevisionName, Counted> count(
      ServiceSettings settings, List<RevisionName> revisions, List<Spell> spells) {
    Map<RevisionName, Together.Pending<LogReader.Requests>> reads = new HashMap<>();
    for (RevisionName revision : revisions) {
      Optional<Spell> last =
          spells.reversed().stream().filter(s -> s.revision().equals(revision)).findFirst();
      if (last.isPresent() && reads.size() < MOST_COUNTED) {
        Spell spell = last.get();
        reads.put(
            revision,
            together.start(() -> logs.requests(settings.id(), revision, spell.from(), spell.to())));
      }
    }
    Map<RevisionName, Counted> counted = new HashMap<>();
    reads.forEach(
        (revision, read) ->
            read.known("logs")
                .asOptional()
                .ifPresent(r -> counted.put(revision, new Counted(r.load(), r.complete()))));
    return counted;
  }
}
