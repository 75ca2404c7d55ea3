package dev.rollbackbot.domain.watch;

import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceState;

/** Something on a service that people should hear of, and that no rollback of ours tells. */
public sealed interface Sighting {

  /**
   * Names it the same for every worker and after every restart, so that it is announced once.
   *
   * @param now the state in which it was seen
   */
  String key(ServiceState now);

  /** Whether it may be over by itself before anybody hears of it; a move has happened for good. */
  default boolean passes() {
    return switch (this) {
      case Moved _, PinMoved _ -> false;
      case Starved _, Orphan _, StrangeRecord _ -> true;
    };
  }

  /** Somebody else moved users; whether that is a rollback, the revisions' ages tell. */
  record Moved(LiveSplit from, LiveSplit to) implements Sighting {
    @Override
    public String key(ServiceState now) {
      return "moved/%s/%s/%d".formatted(now.uid(), to.asArgument(), now.updated().toEpochMilli());
    }
  }

  /** Somebody else moved the users of a rollback that was kept. */
  record PinMoved(Journal kept, LiveSplit to) implements Sighting {
    @Override
    public String key(ServiceState now) {
      return "pin/%s/%s/%d".formatted(now.uid(), kept.jobId(), now.updated().toEpochMilli());
    }
  }

  /** A deploy gets no users because of a rollback that was kept. */
  record Starved(Journal kept, RevisionName newest) implements Sighting {
    @Override
    public String key(ServiceState now) {
      return "starved/%s/%s/%s".formatted(now.uid(), kept.jobId(), newest);
    }
  }

  /** A tag of ours that no rollback uses. */
  record Orphan(String tag) implements Sighting {
    @Override
    public String key(ServiceState now) {
      return "tag/%s/%s".formatted(now.uid(), tag);
    }
  }

  /**
   * A record where a journal stands that is not ours to drive.
   *
   * @param damaged nobody can read it; otherwise it is another bot's, or a newer version's
   */
  record StrangeRecord(String why, boolean damaged) implements Sighting {
    @Override
    public String key(ServiceState now) {
      return "record/%s/%s".formatted(now.uid(), why);
    }
  }
}
