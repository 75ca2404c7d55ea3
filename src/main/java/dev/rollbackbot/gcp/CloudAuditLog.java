package dev.rollbackbot.gcp;

import com.google.api.MonitoredResource;
import com.google.logging.type.LogSeverity;
import com.google.logging.v2.LogEntry;
import com.google.logging.v2.WriteLogEntriesRequest;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Grant;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.plan.PastRollback;
import dev.rollbackbot.domain.report.Deed;
import dev.rollbackbot.port.AuditLog;
import dev.rollbackbot.port.LogReader;
import dev.rollbackbot.port.WorldException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes audit entries to the log {@code rollback-bot-audit} of a project, in the background.
 *
 * <p>At most 1,000 wait. What cannot be written is put into the program's own log and never stops
 * anybody.
 */
public final class CloudAuditLog implements AuditLog, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CloudAuditLog.class);

  static final String LOG = "rollback-bot-audit";
  private static final Value NOTHING = Value.getDefaultInstance();
  private static final int MOST_WAITING = 1_000;
  private static final int BATCH = 100;
  private static final Duration IDLE = Duration.ofMillis(250);
  private static final Duration CLOSE = Duration.ofSeconds(3);

  private final GcpClients clients;
  private final String project;
  private final String configuration;
  private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread writer;
  private volatile boolean closed;

  /**
   * @param configuration stands in each entry and names the settings it was made under
   */
  public CloudAuditLog(GcpClients clients, String project, String configuration) {
    this.clients = clients;
    this.project = project;
    this.configuration = configuration;
    this.writer = Thread.ofVirtual().name("audit").start(this::write);
  }

  @Override
  public void record(Entry entry) {
    if (closed || !waiting.offer(entry)) {
      lost(List.of(entry), "too many entries wait");
    }
  }

  private void write() {
    var batch = new ArrayList<Entry>();
    try {
      while (!closed || !waiting.isEmpty()) {
        Entry first = waiting.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          waiting.drainTo(batch, BATCH - 1);
          send(batch);
          batch.clear();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      waiting.drainTo(batch);
      lost(batch, "stopped");
    }
  }

  private void send(List<Entry> batch) {
    WriteLogEntriesRequest request =
        WriteLogEntriesRequest.newBuilder()
            .setLogName("projects/%s/logs/%s".formatted(project, LOG))
            .setResource(
                MonitoredResource.newBuilder().setType("global").putLabels("project_id", project))
            .addAllEntries(batch.stream().map(this::entry).toList())
            .setPartialSuccess(true)
            .build();
    try {
      clients.run(Access.writeLogs(project), () -> clients.logging().writeLogEntries(request));
    } catch (WorldException e) {
      lost(batch, e.missing().map(Grant::toString).orElse(e.detail()));
    } catch (IllegalStateException e) {
      lost(batch, String.valueOf(e.getMessage()));
    }
  }

  private static void lost(List<Entry> entries, String why) {
    for (Entry entry : entries) {
      log.warn(
          "audit entry not written ({}): {} {} {} {} {}",
          why,
          entry.at(),
          entry.service(),
          entry.what(),
          entry.who(),
          entry.details());
    }
  }

  private LogEntry entry(Entry entry) {
    Struct.Builder payload = Struct.newBuilder();
    payload.putFields("service", text(entry.service()));
    payload.putFields("what", text(entry.what()));
    payload.putFields("who", text(entry.who()));
    payload.putFields("configuration", text(configuration));
    Struct.Builder details = Struct.newBuilder();
    entry.details().forEach((name, value) -> details.putFields(name, text(value)));
    payload.putFields("details", Value.newBuilder().setStructValue(details).build());
    return LogEntry.newBuilder()
        .setTimestamp(Protos.timestamp(entry.at()))
        .setSeverity(LogSeverity.NOTICE)
        .setJsonPayload(payload)
        .build();
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  /** Of which rollback an entry is. */
  static String job(LogEntry entry) {
    return detail(entry, "job");
  }

  /** How a rollback stood with this entry; empty where the entry does not say. */
  static Optional<Deed> deed(LogEntry entry) {
    String commit = detail(entry, "commit");
    return rollback(entry)
        .filter(rollback -> rollback.ending() != Ending.NONE)
        .map(
            rollback ->
                new Deed(
                    rollback.at(),
                    rollback.ending(),
                    CommitSha.isSha(commit)
                        ? new CommitSha(commit).abbreviated()
                        : rollback.target().value(),
                    detail(entry, "requester"),
                    field(entry, "who").getStringValue()));
  }

  private static String detail(LogEntry entry, String name) {
    return field(entry, "details")
        .getStructValue()
        .getFieldsOrDefault(name, NOTHING)
        .getStringValue();
  }

  /** How a rollback came to rest; empty where the entry does not say. */
  static Optional<PastRollback> rollback(LogEntry entry) {
    Struct details = field(entry, "details").getStructValue();
    String target = details.getFieldsOrDefault("target", NOTHING).getStringValue();
    String ending = details.getFieldsOrDefault("ending", NOTHING).getStringValue();
    return Stream.of(Ending.values())
        .filter(known -> known.name().equals(ending) && !target.isBlank())
        .findFirst()
        .map(
            known ->
                new PastRollback(
                    RevisionName.of(target), known, Protos.instant(entry.getTimestamp())));
  }

  /** An entry about an announcement. */
  static LogReader.Note note(LogEntry entry) {
    return new LogReader.Note(
        Protos.instant(entry.getTimestamp()),
        field(entry, "what").getStringValue(),
        field(entry, "who").getStringValue());
  }

  private static Value field(LogEntry entry, String name) {
    return entry.getJsonPayload().getFieldsOrDefault(name, NOTHING);
  }

  /** Writes what waits, at most three seconds. */
  @Override
  public void close() {
    closed = true;
    try {
      if (!writer.join(CLOSE)) {
        writer.interrupt();
      }
    } catch (InterruptedException e) {
      writer.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
