package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.Change;
import dev.rollbackbot.domain.model.RevisionName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happens and happened around a service: who else writes it, and how its revisions did.
 *
 * @param builds that run now
 * @param changes of the last weeks, oldest first; empty when they could not be read
 * @param rollbacks that came to rest
 * @param counted requests of some revisions' last spells; only the few that were asked for
 * @param enoughRequests with fewer nothing is said of a revision
 * @param mostErrors share of 5xx, 0 to 1, above which a revision is not well
 */
public record Around(
    Known<List<RunningBuild>> builds,
    List<Change> changes,
    Known<List<PastRollback>> rollbacks,
    Map<RevisionName, Track.Counted> counted,
    int enoughRequests,
    double mostErrors) {
  public Around {
    changes = List.copyOf(changes);
    counted = Map.copyOf(counted);
  }

  /** The same with the requests of these revisions. */
  public Around with(Map<RevisionName, Track.Counted> counted) {
    return new Around(builds, changes, rollbacks, counted, enoughRequests, mostErrors);
  }

  /** What is on record of a revision. */
  public Track track(RevisionName revision, List<Facts.Spell> spells) {
    return Track.of(
        revision,
        spells,
        rollbacks.asOptional().orElse(List.of()),
        Optional.ofNullable(counted.get(revision)));
  }

  /** What the record says of a revision as a target. */
  public Track.Worth worth(Track track) {
    return track.worth(enoughRequests, mostErrors);
  }
}
