package dev.rollbackbot.port;

import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.health.LiveRate;
import dev.rollbackbot.domain.health.LoggedRequest;
import dev.rollbackbot.domain.model.Change;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.plan.PastRollback;
import dev.rollbackbot.domain.report.Deed;
import dev.rollbackbot.domain.report.LogDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The platform's logs. Reads are few: the platform allows 60 a minute and project. */
public interface LogReader {

  /** Users' requests that a revision answered; at most two pages, so not always all. */
  Requests requests(ServiceId id, RevisionName revision, Instant from, Instant to);

  /**
   * What every revision of the service answered, the candidate against all others, in one read of
   * at most two pages: the newest 2,000 requests where there were more.
   */
  CanaryRequests canary(ServiceId id, RevisionName candidate, Instant from, Instant to);

  /** What live's users got of late, in one read of at most two pages. */
  LiveRate rate(ServiceId id, RevisionName live, Duration back);

  /** Errors of a revision by signature. */
  LogDigest errors(ServiceId id, RevisionName revision, Instant from, Instant to);

  /** Whether the revision answered any request after this moment: the second proof of a switch. */
  boolean servedSince(ServiceId id, RevisionName revision, Instant since);

  /** When each revision had users, and who wrote, from the platform's record of changes. */
  Past past(ServiceId id, Duration back);

  /** How earlier rollbacks came to rest, as the bot noted it, newest first. */
  List<PastRollback> rollbacks(ServiceId id, Duration back);

  /** The bot's own entries about one announcement, oldest first. */
  List<Note> notes(ServiceId id, String announcement, Duration back);

  /** How rollbacks of this service ended or came to rest, one entry each, newest first. */
  List<Deed> history(ServiceId id, int most);

  /**
   * Requests of one window.
   *
   * @param share of the window that was read, 0 to 1; its newest part where it is less than 1
   * @param last the newest request that was read
   */
  record Requests(Figures.Load load, double share, Optional<Instant> last) {

    /** Of a window that nobody could have logged. */
    public static Requests none() {
      return new Requests(Figures.Load.none(), 0, Optional.empty());
    }

    /** Whether all were read. */
    public boolean complete() {
      return share >= 1;
    }

    /** How many there were, estimated from the part that was read. */
    public int total() {
      return share == 0 ? 0 : (int) Math.round(load.requests() / share);
    }
  }

  /**
   * Requests of both sides of a canary, health checks and retries among them.
   *
   * @param requests newest first; the few that came before {@code completeFrom} are not all
   * @param from where the window begins that was asked for
   * @param completeFrom from here on every logged request was read; {@code from} where all were
   */
  record CanaryRequests(List<LoggedRequest> requests, Instant from, Instant completeFrom) {
    public CanaryRequests {
      requests = List.copyOf(requests);
      if (completeFrom.isBefore(from)) {
        throw new IllegalArgumentException("complete before the window that was read");
      }
    }

    /** Whether all of the window was read. */
    public boolean complete() {
      return completeFrom.equals(from);
    }
  }

  /** Both oldest first. */
  record Past(List<ServedSpell> spells, List<Change> changes) {
    public Past {
      spells = List.copyOf(spells);
      changes = List.copyOf(changes);
    }
  }

  /** An entry of the bot: what was noted, and which worker noted it. */
  record Note(Instant at, String what, String who) {}

  /** A spell during which a revision had the largest share; {@code to} is the end or now. */
  record ServedSpell(RevisionName revision, Instant from, Instant to, String by) {}
}
