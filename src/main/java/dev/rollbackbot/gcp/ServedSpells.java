package dev.rollbackbot.gcp;

import dev.rollbackbot.domain.model.Change;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.port.LogReader.ServedSpell;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who had the largest share of users when, from the changes of traffic and the revisions.
 *
 * <p>Where traffic followed LATEST, a revision took over when it was made: the log does not say
 * when it got ready, seconds later. Revisions that were deleted or never got ready are passed over.
 */
final class ServedSpells {
  private final List<Change> changes;
  private final List<Revision> revisions;

  ServedSpells(List<Change> changes, List<Revision> revisions) {
    this.changes = changes.stream().sorted(Comparator.comparing(Change::at)).toList();
    this.revisions =
        revisions.stream()
            .filter(Revision::ready)
            .sorted(Comparator.comparing(Revision::created))
            .toList();
  }

  /** The spells up to now, oldest first; one that goes on is one spell, whatever else changed. */
  List<ServedSpell> until(Instant now) {
    var spells = new ArrayList<ServedSpell>();
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      Instant end = i + 1 < changes.size() ? changes.get(i + 1).at() : now;
      var moments = new TreeSet<Instant>();
      moments.add(change.at());
      revisions.stream()
          .map(Revision::created)
          .filter(created -> created.isAfter(change.at()) && created.isBefore(end))
          .forEach(moments::add);
      for (Instant from : moments) {
        Instant to = moments.higher(from) == null ? end : moments.higher(from);
        change
            .wanted()
            .resolve(latestAt(from))
            .main()
            .ifPresent(revision -> add(spells, new ServedSpell(revision, from, to, change.by())));
      }
    }
    return spells;
  }

  private static void add(List<ServedSpell> spells, ServedSpell next) {
    if (spells.isEmpty() || !spells.getLast().revision().equals(next.revision())) {
      spells.add(next);
    } else {
      ServedSpell last = spells.removeLast();
      spells.add(new ServedSpell(last.revision(), last.from(), next.to(), last.by()));
    }
  }

  private Optional<RevisionName> latestAt(Instant moment) {
    return revisions.stream()
        .filter(revision -> !revision.created().isAfter(moment))
        .reduce((_, newer) -> newer)
        .map(Revision::name);
  }
}
