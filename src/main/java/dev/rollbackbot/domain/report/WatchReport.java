package dev.rollbackbot.domain.report;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import java.time.Instant;
import java.util.Optional;

/** What others did to a service, told once. */
public sealed interface WatchReport {
  ServiceId service();

  /** One revision, by its commit where its build's label says it. */
  record Named(RevisionName revision, Optional<CommitSha> commit) {}

  /** Who did it: the last writer, the tool as it calls itself (may be empty), and when. */
  record Deed(String by, String client, Instant at) {}

  /** How users stand after it. */
  record Standing(LiveSplit live, boolean pinned) {}

  /** Users were moved to an older revision, not by the bot. */
  record RolledBack(ServiceId service, Named from, Named to, Standing standing, Deed deed)
      implements WatchReport {}

  /** A rollback that was kept was ended, not by the bot. */
  record PinMoved(ServiceId service, Named target, Named to, Standing standing, Deed deed)
      implements WatchReport {}

  /**
   * A tag of ours that no rollback uses.
   *
   * @param users its own share in percent; nearly always none
   * @param value what its button carries
   */
  record Orphan(
      ServiceId service,
      String tag,
      Optional<RevisionName> on,
      int users,
      LiveSplit live,
      String value)
      implements WatchReport {}

  /** The same message once the tag is gone. */
  record OrphanGone(ServiceId service, String tag, String by, LiveSplit live)
      implements WatchReport {}

  /** A record that is another bot's, or that nobody can read. */
  record StrangeRecord(ServiceId service, String why, boolean damaged, LiveSplit live)
      implements WatchReport {}
}
