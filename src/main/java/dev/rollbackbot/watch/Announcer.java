package dev.rollbackbot.watch;

import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.model.TrafficSplit;
import dev.rollbackbot.domain.report.WatchReport;
import dev.rollbackbot.domain.report.WatchReport.Deed;
import dev.rollbackbot.domain.report.WatchReport.Named;
import dev.rollbackbot.domain.report.WatchReport.Standing;
import dev.rollbackbot.domain.watch.Sighting;
import dev.rollbackbot.engine.Cards;
import dev.rollbackbot.engine.CommitNames;
import dev.rollbackbot.engine.Notices;
import dev.rollbackbot.engine.Seal;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.port.CloudRun;
import java.util.Optional;

/** Makes of a sighting what people read, and sends it where they are. */
final class Announcer {
  private final CloudRun cloudRun;
  private final CommitNames commits;
  private final Cards cards;
  private final Notices notices;
  private final Seal seal;

  Announcer(CloudRun cloudRun, CommitNames commits, Cards cards, Notices notices, Seal seal) {
    this.cloudRun = cloudRun;
    this.commits = commits;
    this.cards = cards;
    this.notices = notices;
    this.seal = seal;
  }

  /** A move to newer code is everyday work; one to older code is a rollback. */
  boolean concerns(Sighting sighting, ServiceState state) {
    if (!(sighting instanceof Sighting.Moved(LiveSplit from, LiveSplit to))) {
      return true;
    }
    Optional<Revision> left = from.main().flatMap(name -> cloudRun.revision(state.id(), name));
    Optional<Revision> taken = to.main().flatMap(name -> cloudRun.revision(state.id(), name));
    return left.isPresent()
        && taken.isPresent()
        && taken.get().created().isBefore(left.get().created());
  }

  void announce(Sighting sighting, ServiceState state, ServiceSettings settings) {
    switch (sighting) {
      case Sighting.Moved(LiveSplit from, LiveSplit to) ->
          everywhere(
              new WatchReport.RolledBack(
                  state.id(),
                  named(settings, from),
                  named(settings, to),
                  standing(state),
                  deed(state)),
              settings);
      case Sighting.PinMoved(Journal kept, LiveSplit to) ->
          everywhere(
              new WatchReport.PinMoved(
                  state.id(),
                  new Named(kept.aim().target(), kept.aim().commit()),
                  named(settings, to),
                  standing(state),
                  deed(state)),
              settings);
      case Sighting.Starved(Journal kept, RevisionName newest) ->
          cards.keptDeployGotNothing(state, kept, newest, commits.of(settings, newest), settings);
      case Sighting.Orphan(String tag) -> notices.post(orphan(state, tag));
      case Sighting.StrangeRecord(String why, boolean damaged) ->
          notices.post(new WatchReport.StrangeRecord(state.id(), why, damaged, state.live()));
    }
  }

  private void everywhere(WatchReport report, ServiceSettings settings) {
    notices.post(report);
    notices.postElsewhere(report, settings.incidentChannel());
  }

  private WatchReport orphan(ServiceState state, String tag) {
    int users =
        state.wanted().entries().stream()
            .filter(entry -> entry.tag().filter(tag::equals).isPresent())
            .mapToInt(TrafficSplit.Entry::percent)
            .sum();
    return new WatchReport.Orphan(
        state.id(),
        tag,
        state.wanted().tagged(tag),
        users,
        state.live(),
        seal.seal(new Seal.TagClick(state.id().name(), state.uid(), tag)));
  }

  private Named named(ServiceSettings settings, LiveSplit split) {
    RevisionName main = split.main().orElseGet(() -> new RevisionName("-"));
    return new Named(main, commits.of(settings, main));
  }

  private static Standing standing(ServiceState state) {
    return new Standing(state.live(), state.pinned());
  }

  private static Deed deed(ServiceState state) {
    return new Deed(state.lastModifier(), state.client(), state.updated());
  }
}
