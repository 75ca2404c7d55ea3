package dev.rollbackbot.sandbox.logging;

import static dev.rollbackbot.sandbox.grpc.Refusals.denied;
import static dev.rollbackbot.sandbox.grpc.Refusals.exhausted;
import static dev.rollbackbot.sandbox.grpc.Refusals.invalid;

import com.google.logging.v2.ListLogEntriesRequest;
import com.google.logging.v2.ListLogEntriesResponse;
import com.google.logging.v2.LogEntry;
import com.google.logging.v2.LoggingProto;
import com.google.logging.v2.WriteLogEntriesRequest;
import com.google.logging.v2.WriteLogEntriesResponse;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import dev.rollbackbot.sandbox.grpc.Faults;
import dev.rollbackbot.sandbox.grpc.GrpcServer;
import dev.rollbackbot.sandbox.grpc.StandInService;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A stand-in for Cloud Logging v2 on loopback, for one project: ListLogEntries with a real filter
 * parser, WriteLogEntries, the read quota and late entries (protos of 3.34.0, read 2026-11-24).
 *
 * <p>Other calls are UNIMPLEMENTED. The quota is 60 reads a minute and project (quota page, FACTS
 * 4); how late entries come is not documented, so that is a switch, off at first.
 */
public final class LoggingServer implements AutoCloseable {
  private static final int MAX_RESOURCE_NAMES = 100;

  private final String parent;
  private final InstantSource clock;
  private final Shapes shapes;
  private final Entries entries = new Entries();
  private final Faults faults = new Faults();
  private final AtomicLong insertIds = new AtomicLong();
  private final Deque<Instant> reads = new ArrayDeque<>();
  private final GrpcServer server;
  private volatile int readsPerMinute = 60;
  private volatile Duration ingestionDelay = Duration.ZERO;
  private volatile boolean searchesInTime = true;

  private LoggingServer(String project, String location, InstantSource clock) {
    this.parent = "projects/" + project;
    this.clock = clock;
    this.shapes = new Shapes(project, location);
    this.server =
        GrpcServer.start(
            faults,
            StandInService.of(LoggingProto.getDescriptor(), "LoggingServiceV2")
                .unary(
                    "ListLogEntries",
                    ListLogEntriesRequest.getDefaultInstance(),
                    ListLogEntriesResponse.getDefaultInstance(),
                    this::list)
                .unary(
                    "WriteLogEntries",
                    WriteLogEntriesRequest.getDefaultInstance(),
                    WriteLogEntriesResponse.getDefaultInstance(),
                    this::write));
  }

  /** Starts an empty log on a free port; the location is the one in Cloud Run's labels. */
  public static LoggingServer start(String project, String location, InstantSource clock) {
    return new LoggingServer(project, location, clock);
  }

  /** Where clients connect, in plaintext: {@code 127.0.0.1:PORT}. */
  public String endpoint() {
    return server.endpoint();
  }

  /** Outage, and refusals of single methods such as {@code ListLogEntries}. */
  public Faults faults() {
    return faults;
  }

  /** How many ListLogEntries a minute are answered before RESOURCE_EXHAUSTED; 60 at first. */
  public void readsPerMinute(int most) {
    readsPerMinute = most;
  }

  /** How much later than its arrival an entry can be read; for entries that arrive from now on. */
  public void ingestionDelay(Duration delay) {
    ingestionDelay = delay;
  }

  /**
   * Whether a search comes to entries before its time is up. If not, each page is empty and names
   * another one (comment on {@code ListLogEntriesResponse.next_page_token}).
   */
  public void searchesInTime(boolean inTime) {
    searchesInTime = inTime;
  }

  /** How many entries are kept, visible or not; at most 100,000, then the oldest go. */
  public int size() {
    return entries.size();
  }

  /** What can be read now, at most 1,000 entries, the newest first; the quota is not touched. */
  public List<LogEntry> find(String filter) {
    ListLogEntriesRequest request =
        ListLogEntriesRequest.newBuilder()
            .setFilter(filter)
            .setOrderBy("timestamp desc")
            .setPageSize(1_000)
            .build();
    return entries.list(request, clock.instant()).getEntriesList();
  }

  /**
   * A request that reached a revision; severity follows the status.
   *
   * @param remoteIp of the caller, as Google's front end saw it
   */
  public void requestLog(
      Instant when,
      String service,
      String revision,
      String method,
      String url,
      int status,
      Duration latency,
      String userAgent,
      String remoteIp) {
    append(
        shapes.request(when, service, revision, method, url, status, latency, userAgent, remoteIp));
  }

  /** What a container wrote to stderr, a whole Python traceback as one entry. */
  public void stderrTraceback(Instant when, String service, String revision, String text) {
    append(shapes.stderr(when, service, revision, text));
  }

  /**
   * A write to a Cloud Run service as Admin Activity shows it.
   *
   * @param methodName such as {@code google.cloud.run.v1.Services.ReplaceService}
   * @param userAgent such as {@code google-cloud-sdk gcloud/528.0.0 command/gcloud.run.deploy}
   * @param service the service's short name
   * @param state the v2 service after the write, as its message or as a Struct
   * @param landed false for a conflict: status.code 10
   */
  public void adminActivity(
      Instant when,
      String principal,
      String methodName,
      String userAgent,
      String service,
      Message state,
      boolean landed) {
    append(shapes.activity(when, principal, methodName, userAgent, service, struct(state), landed));
  }

  /** Any other entry; time and insert id are filled in where they are missing. */
  public void append(LogEntry entry) {
    Instant now = clock.instant();
    LogEntry.Builder kept = entry.toBuilder().setReceiveTimestamp(timestamp(now));
    if (!entry.hasTimestamp()) {
      kept.setTimestamp(timestamp(now));
    }
    if (entry.getInsertId().isEmpty()) {
      kept.setInsertId("sandbox%012d".formatted(insertIds.incrementAndGet()));
    }
    entries.add(kept.build(), now.plus(ingestionDelay));
  }

  @Override
  public void close() {
    server.close();
  }

  private ListLogEntriesResponse list(ListLogEntriesRequest request) {
    if (request.getResourceNamesCount() == 0
        || request.getResourceNamesCount() > MAX_RESOURCE_NAMES) {
      throw invalid("resource_names holds 1 to 100 names");
    }
    request.getResourceNamesList().forEach(this::requireParent);
    countRead();
    return searchesInTime
        ? entries.list(request, clock.instant())
        : ListLogEntriesResponse.newBuilder().setNextPageToken("sandbox-goes-on").build();
  }

  private synchronized void countRead() {
    Instant now = clock.instant();
    Instant minuteAgo = now.minusSeconds(60);
    while (!reads.isEmpty() && reads.peekFirst().isBefore(minuteAgo)) {
      reads.removeFirst();
    }
    if (reads.size() >= readsPerMinute) {
      throw exhausted(
          "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute' of"
              + " service 'logging.googleapis.com'");
    }
    reads.addLast(now);
  }

  private WriteLogEntriesResponse write(WriteLogEntriesRequest request) {
    List<LogEntry> complete =
        request.getEntriesList().stream().map(entry -> complete(request, entry)).toList();
    if (!request.getDryRun()) {
      complete.forEach(this::append);
    }
    return WriteLogEntriesResponse.getDefaultInstance();
  }

  private LogEntry complete(WriteLogEntriesRequest request, LogEntry entry) {
    LogEntry.Builder complete = entry.toBuilder();
    if (entry.getLogName().isEmpty()) {
      complete.setLogName(request.getLogName());
    }
    int logs = complete.getLogName().indexOf("/logs/");
    if (logs < 0 || complete.getLogName().indexOf('/', logs + "/logs/".length()) >= 0) {
      throw invalid("log_name is projects/P/logs/ID, url-encoded: " + complete.getLogName());
    }
    requireParent(complete.getLogName().substring(0, logs));
    if (!entry.hasResource()) {
      if (!request.hasResource()) {
        throw invalid("an entry needs a monitored resource");
      }
      complete.setResource(request.getResource());
    }
    if (entry.getPayloadCase() == LogEntry.PayloadCase.PAYLOAD_NOT_SET) {
      throw invalid("an entry needs a payload");
    }
    request
        .getLabelsMap()
        .forEach(
            (key, value) -> {
              if (!entry.containsLabels(key)) {
                complete.putLabels(key, value);
              }
            });
    return complete.build();
  }

  private void requireParent(String name) {
    if (!name.equals(parent)) {
      throw denied("The caller does not have permission on " + name);
    }
  }

  private static Struct struct(Message state) {
    if (state instanceof Struct struct) {
      return struct;
    }
    try {
      Struct.Builder struct = Struct.newBuilder();
      JsonFormat.parser().merge(JsonFormat.printer().print(state), struct);
      return struct.build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not a message that JSON can show", e);
    }
  }

  private static Timestamp timestamp(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }
}
