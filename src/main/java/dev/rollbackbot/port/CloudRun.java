package dev.rollbackbot.port;

import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.model.Settings;
import dev.rollbackbot.domain.model.TrafficSplit;
import dev.rollbackbot.domain.plan.NewRevision;
import java.util.List;
import java.util.Optional;

/** The services and their traffic. Every call has a deadline and throws {@link WorldException}. */
public interface CloudRun {

  /** One service as it is now. */
  ServiceState read(ServiceId id);

  /** All services of a project and region, in few calls. */
  List<ServiceState> list(String project, String region);

  /** The revisions, newest first, at most 1,000. */
  List<Revision> revisions(ServiceId id);

  /** One revision; empty when it was deleted. */
  Optional<Revision> revision(ServiceId id, RevisionName name);

  /**
   * Writes traffic and journal in one call, guarded by the basis' etag; makes no revision.
   *
   * <p>Returns when the platform has taken it, not when it has settled. {@code UNAVAILABLE} means
   * that it may have landed: read again and compare the journal's seq.
   */
  void write(ServiceState basis, TrafficSplit traffic, Journal journal);

  /**
   * The same, and makes a revision: all of the service's template is kept, fields that this program
   * does not know too, but the image and the labels that {@code revision} names.
   *
   * <p>{@code REFUSED} also where the revision whose image is wanted is gone, or is not kept by
   * digest.
   */
  void writeTemplate(
      ServiceState basis, TrafficSplit traffic, NewRevision revision, Journal journal);

  /** How a revision is configured; empty when it was deleted. */
  Optional<Settings> settings(ServiceId id, RevisionName name);

  /** The same with whatever record stands on the service left as it is. */
  void write(ServiceState basis, TrafficSplit traffic);

  /** Reads the journal out of a state; {@code bot} is whose journals are ours. */
  JournalReading journal(ServiceState state, String bot);
}
