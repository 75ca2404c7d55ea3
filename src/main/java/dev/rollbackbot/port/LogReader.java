package dev.rollbackbot.port;

import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.report.LogDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The platform's logs. Reads are few: the platform allows 60 a minute and project. */
public interface LogReader {

  /** Users' requests that a revision answered; at most two pages, so {@code complete} may be no. */
  Requests requests(ServiceId id, RevisionName revision, Instant from, Instant to);

  /** Errors of a revision by signature. */
  LogDigest errors(ServiceId id, RevisionName revision, Instant from, Instant to);

  /** Whether the revision answered any request after this moment: the second proof of a switch. */
  boolean servedSince(ServiceId id, RevisionName revision, Instant since);

  /** When each revision had users, from the platform's record of changes, oldest first. */
  List<ServedSpell> served(ServiceId id, Duration back);

  /** What the bot itself noted of this service, newest first. */
  List<String> history(ServiceId id, int most);

  /** Requests of one window. */
  record Requests(Figures.Load load, boolean complete) {}

  /** A spell during which a revision had the largest share; {@code to} is the end or now. */
  record ServedSpell(RevisionName revision, Instant from, Instant to, String by) {}
}
