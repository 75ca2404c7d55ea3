package dev.rollbackbot.gcp;

import com.google.logging.type.HttpRequest;
import com.google.logging.v2.ListLogEntriesRequest;
import com.google.logging.v2.ListLogEntriesResponse;
import com.google.logging.v2.LogEntry;
import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.health.LiveRate;
import dev.rollbackbot.domain.health.LoggedRequest;
import dev.rollbackbot.domain.health.UserTraffic;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.model.Change;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.plan.PastRollback;
import dev.rollbackbot.domain.report.Deed;
import dev.rollbackbot.domain.report.LogDigest;
import dev.rollbackbot.port.LogReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Reads Cloud Logging, at most 50 pages a minute, 40 of them for looks at canaries: the platform
 * allows 60 reads a minute in the whole project, and people read too. Beyond that it throws {@code
 * QUOTA} without asking; a canary that is refused keeps its place while it asks again.
 */
public final class CloudLogReader implements LogReader {
  private static final int READS_A_MINUTE = 50;
  private static final int OF_CANARIES = 40;
  private static final int PAGE = 1_000;
  private static final int MOST_PAGES = 2;
  private static final int PROOF_PAGE = 50;
  private static final int SERVER_ERROR = 500;

  private final GcpClients clients;
  private final Function<ServiceId, List<Revision>> revisions;
  private final Set<ServiceId> withMessages;
  private final InstantSource clock;
  private final String auditProject;
  private final ReadBudget budget;

  /**
   * @param revisions of a service, for what LATEST meant: the log does not say
   * @param withMessages the services whose errors' messages may be shown, redacted
   * @param auditProject where the bot writes its own entries
   */
  public CloudLogReader(
      GcpClients clients,
      Function<ServiceId, List<Revision>> revisions,
      Set<ServiceId> withMessages,
      InstantSource clock,
      String auditProject) {
    this.clients = clients;
    this.revisions = revisions;
    this.withMessages = Set.copyOf(withMessages);
    this.clock = clock;
    this.auditProject = auditProject;
    this.budget = new ReadBudget(READS_A_MINUTE, OF_CANARIES, clock);
  }

  /** Entries of one or more pages, newest first. */
  private record Entries(List<LogEntry> entries, boolean complete) {

    /** How much of a window was read: what is missing is its oldest part. */
    double share(Instant from, Instant to) {
      double whole = Duration.between(from, to).toNanos();
      if (complete || whole <= 0) {
        return 1;
      }
      return Math.clamp(Duration.between(oldest(to), to).toNanos() / whole, 0, 1);
    }

    /** From here on nothing is missing. Others of the oldest's very moment may be. */
    Instant completeFrom(Instant from, Instant to) {
      return complete ? from : oldest(to).plusNanos(1);
    }

    /** Pages may come empty and yet be followed by others: proto comment on next_page_token. */
    private Instant oldest(Instant to) {
      return entries.isEmpty() ? to : Protos.instant(entries.getLast().getTimestamp());
    }
  }

  @Override
  public Requests requests(ServiceId id, RevisionName revision, Instant from, Instant to) {
    Entries read =
        read(id.project(), requestsOf(id, revision).from(from).before(to), PAGE, MOST_PAGES);
    List<LogEntry> users = users(read.entries());
    List<HttpRequest> requests = users.stream().map(LogEntry::getHttpRequest).toList();
    double[] millis =
        requests.stream()
            .mapToDouble(request -> RequestEntry.latency(request).toNanos() / 1e6)
            .sorted()
            .toArray();
    int errors = (int) requests.stream().filter(r -> r.getStatus() >= SERVER_ERROR).count();
    return new Requests(
        new Figures.Load(requests.size(), errors, percentile(millis, 50), percentile(millis, 95)),
        read.share(from, to),
        users.stream().findFirst().map(entry -> Protos.instant(entry.getTimestamp())));
  }

  @Override
  public CanaryRequests canary(ServiceId id, RevisionName candidate, Instant from, Instant to) {
    LogFilter filter = LogFilter.service(id).equal("logName", requestLog(id)).from(from).before(to);
    budget.spendInTurn(id);
    Entries read = pages(id.project(), filter, PAGE, MOST_PAGES, budget::canaryMayReadMore);
    List<LoggedRequest> requests =
        read.entries().stream().map(entry -> RequestEntry.of(entry, candidate)).toList();
    return new CanaryRequests(requests, from, read.completeFrom(from, to));
  }

  @Override
  public LiveRate rate(ServiceId id, RevisionName live, Duration back) {
    Instant to = clock.instant();
    Instant from = to.minus(back);
    Entries read = read(id.project(), requestsOf(id, live).from(from).before(to), PAGE, MOST_PAGES);
    return new UserTraffic(HttpHealthProbe.USER_AGENT, Optional.empty())
        .rate(
            read.completeFrom(from, to),
            to,
            read.entries().stream().map(entry -> RequestEntry.of(entry, live)).toList());
  }

  @Override
  public LogDigest errors(ServiceId id, RevisionName revision, Instant from, Instant to) {
    LogFilter filter =
        LogFilter.revision(id, revision)
            .notEqual("logName", requestLog(id))
            .raw(LogFilter.ERRORS)
            .from(from)
            .before(to);
    Entries read = read(id.project(), filter, PAGE, MOST_PAGES);
    return LoggedErrors.digest(read.entries(), read.share(from, to), withMessages.contains(id));
  }

  @Override
  public boolean servedSince(ServiceId id, RevisionName revision, Instant since) {
    Entries read = read(id.project(), requestsOf(id, revision).from(since), PROOF_PAGE, 1);
    return !users(read.entries()).isEmpty();
  }

  @Override
  public Past past(ServiceId id, Duration back) {
    Instant now = clock.instant();
    LogFilter filter =
        LogFilter.service(id)
            .equal("logName", log(id.project(), "cloudaudit.googleapis.com%2Factivity"))
            .from(now.minus(back));
    List<Change> changes =
        read(id.project(), filter, PAGE, MOST_PAGES).entries().reversed().stream()
            .flatMap(entry -> TrafficChanges.of(entry).stream())
            .toList();
    return new Past(
        changes.isEmpty() ? List.of() : new ServedSpells(changes, revisions.apply(id)).until(now),
        changes);
  }

  @Override
  public List<Deed> history(ServiceId id, int most) {
    LogFilter filter =
        noted(id)
            .raw(
                "(jsonPayload.what=\"%s\" OR jsonPayload.what=\"%s\")"
                    .formatted(JobState.OPEN.name(), JobState.CLOSED.name()));
    Map<String, Deed> byJob = new LinkedHashMap<>();
    for (LogEntry entry : own(filter, PAGE)) {
      CloudAuditLog.deed(entry)
          .ifPresent(deed -> byJob.putIfAbsent(CloudAuditLog.job(entry), deed));
    }
    return byJob.values().stream().limit(most).toList();
  }

  @Override
  public List<PastRollback> rollbacks(ServiceId id, Duration back) {
    LogFilter filter =
        noted(id)
            // Also a canary that was taken back because it was worse.
            .raw(
                "(jsonPayload.what=\"%s\" OR jsonPayload.details.ending=\"%s\")"
                    .formatted(JobState.OPEN.name(), Ending.REVERTED.name()))
            .from(clock.instant().minus(back));
    return own(filter, PAGE).stream()
        .flatMap(entry -> CloudAuditLog.rollback(entry).stream())
        .toList();
  }

  @Override
  public List<Note> notes(ServiceId id, String announcement, Duration back) {
    LogFilter filter =
        noted(id)
            .equal("jsonPayload.details.announcement", announcement)
            .from(clock.instant().minus(back));
    return own(filter, PAGE).reversed().stream().map(CloudAuditLog::note).toList();
  }

  private LogFilter noted(ServiceId id) {
    return new LogFilter()
        .equal("logName", log(auditProject, CloudAuditLog.LOG))
        .equal("jsonPayload.service", id.name());
  }

  /** The bot's own entries stand where the bot runs, not where the service does. */
  private List<LogEntry> own(LogFilter filter, int page) {
    return read(auditProject, filter, page, 1).entries();
  }

  private static LogFilter requestsOf(ServiceId id, RevisionName revision) {
    return LogFilter.revision(id, revision).equal("logName", requestLog(id));
  }

  private static String requestLog(ServiceId id) {
    return log(id.project(), "run.googleapis.com%2Frequests");
  }

  private static String log(String project, String name) {
    return "projects/%s/logs/%s".formatted(project, name);
  }

  /** Without our own probes. */
  private static List<LogEntry> users(List<LogEntry> entries) {
    return entries.stream()
        .filter(
            entry -> !entry.getHttpRequest().getUserAgent().contains(HttpHealthProbe.USER_AGENT))
        .toList();
  }

  /** Newest first. */
  private Entries read(String project, LogFilter filter, int page, int mostPages) {
    budget.spend();
    return pages(project, filter, page, mostPages, budget::mayReadMore);
  }

  /**
   * The first page is paid for.
   *
   * @param more pays for one more; without it what was read is not all there is
   */
  private Entries pages(
      String project, LogFilter filter, int page, int mostPages, BooleanSupplier more) {
    var found = new ArrayList<LogEntry>();
    String token = "";
    for (int pages = 0; pages < mostPages; pages++) {
      if (pages > 0 && !more.getAsBoolean()) {
        break;
      }
      ListLogEntriesRequest request =
          ListLogEntriesRequest.newBuilder()
              .addResourceNames("projects/" + project)
              .setFilter(filter.toString())
              .setOrderBy("timestamp desc")
              .setPageSize(page)
              .setPageToken(token)
              .build();
      ListLogEntriesResponse response =
          clients.call(
              Access.readLogs(project),
              () -> clients.logging().listLogEntriesCallable().call(request));
      found.addAll(response.getEntriesList());
      token = response.getNextPageToken();
      if (token.isEmpty()) {
        return new Entries(found, true);
      }
    }
    return new Entries(found, false);
  }

  /** By nearest rank; 0 of nothing. */
  private static int percentile(double[] sorted, int percent) {
    if (sorted.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
    return (int) Math.round(sorted[Math.max(0, rank - 1)]);
  }
}
