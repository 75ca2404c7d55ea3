package dev.rollbackbot.domain.watch;

import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One look at a service.
 *
 * <p>The bot's own writes always carry its journal on, so traffic that moved while the journal
 * stood still was moved by somebody else, whatever the service says of its last writer. What
 * happens to a rollback that moves or is open, its driver tells.
 */
public record Look(ServiceState state, JournalReading journal) {
  private static final Pattern OWN_TAG = Pattern.compile("rb-[0-9a-f]{8}");

  /** What there is to see now, without any look before. */
  public List<Sighting> alone() {
    var sightings = new ArrayList<Sighting>();
    switch (journal) {
      case JournalReading.Foreign(String why) ->
          sightings.add(new Sighting.StrangeRecord(why, false));
      case JournalReading.Unreadable(String why) -> {
        sightings.add(new Sighting.StrangeRecord(why, true));
        sightings.addAll(orphans());
      }
      case JournalReading.Absent() -> sightings.addAll(orphans());
      case JournalReading.Found(Journal found) -> {
        if (!found.state().moves()) {
          sightings.addAll(orphans());
        }
        starved(found).ifPresent(sightings::add);
      }
    }
    return sightings;
  }

  private List<Sighting> orphans() {
    return state.wanted().tags().stream()
        .filter(tag -> OWN_TAG.matcher(tag).matches())
        .distinct()
        .<Sighting>map(Sighting.Orphan::new)
        .toList();
  }

  private Optional<Sighting> starved(Journal found) {
    Optional<RevisionName> newest = state.latestReady();
    boolean starves =
        kept(found)
            && state.pinned()
            && state.live().equals(found.live())
            && newest.isPresent()
            && !newest.equals(found.newest())
            && !state.live().percents().containsKey(newest.get());
    return starves ? Optional.of(new Sighting.Starved(found, newest.get())) : Optional.empty();
  }

  /** What somebody else moved since the look before. */
  public Optional<Sighting> since(Look before) {
    boolean same = before.state.uid().equals(state.uid());
    return same && stoodStill(before.journal) ? moved(before.state.live()) : Optional.empty();
  }

  /** The same where only the platform's record says what users had before. */
  public Optional<Sighting> moved(LiveSplit from) {
    LiveSplit to = state.live();
    if (from.main().equals(to.main()) || driven(journal)) {
      return Optional.empty();
    }
    return Optional.of(
        journal instanceof JournalReading.Found(Journal found)
                && kept(found)
                && from.main().equals(found.live().main())
            ? new Sighting.PinMoved(found, to)
            : new Sighting.Moved(from, to));
  }

  /** No write of the bot lies between; a closed journal may have been thrown away. */
  private boolean stoodStill(JournalReading before) {
    if (!(before instanceof JournalReading.Found(Journal earlier))) {
      return !(journal instanceof JournalReading.Found);
    }
    return journal instanceof JournalReading.Found(Journal found)
        ? found.jobId().equals(earlier.jobId()) && found.seq() == earlier.seq()
        : !driven(before);
  }

  private static boolean driven(JournalReading journal) {
    return journal instanceof JournalReading.Found(Journal found)
        && found.state() != JobState.CLOSED;
  }

  private static boolean kept(Journal journal) {
    return journal.state() == JobState.CLOSED && journal.ending() == Ending.KEPT;
  }
}
