package dev.rollbackbot.port;

import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.report.LogDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The platform's logs. Reads are few: the platform allows 60 a minute and project. */
public interface LogReader {

  /** Users' requests that a revision answered; at most two pages, so not always all. */
  Requests requests(ServiceId id, RevisionName revision, Instant from, Instant to);

  /** Errors of a revision by signature. */
  LogDigest errors(ServiceId id, RevisionName revision, Instant from, Instant to);

  /** Whether the revision answered any request after this moment: the second proof of a switch. */
  boolean servedSince(ServiceId id, RevisionName revision, Instant since);

  /** When each revision had users, from the platform's record of changes, oldest first. */
  List<ServedSpell> served(ServiceId id, Duration back);

  /** What the bot itself noted of this service, newest first. */
  List<String> history(ServiceId id, int most);

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

  /** A spell during which a revision had the largest share; {@code to} is the end or now. */
  record ServedSpell(RevisionName revision, Instant from, Instant to, String by) {}
}
