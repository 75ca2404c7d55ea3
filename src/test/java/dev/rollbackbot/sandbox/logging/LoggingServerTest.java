package dev.rollbackbot.sandbox.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.MonitoredResource;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.api.gax.rpc.ResourceExhaustedException;
import com.google.api.gax.rpc.UnavailableException;
import com.google.api.gax.rpc.UnimplementedException;
import com.google.cloud.audit.AuditLog;
import com.google.cloud.logging.v2.LoggingClient;
import com.google.cloud.logging.v2.LoggingSettings;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.logging.type.LogSeverity;
import com.google.logging.v2.ListLogEntriesRequest;
import com.google.logging.v2.LogEntry;
import com.google.logging.v2.LogName;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real LoggingClient against the stand-in. */
class LoggingServerTest {
  private static final Instant START = Instant.parse("2026-11-22T02:50:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final LoggingServer server = LoggingServer.start("demo", "asia-northeast1", now::get);
  private final LoggingClient client;

  LoggingServerTest() throws IOException {
    LoggingSettings.Builder settings =
        LoggingSettings.newBuilder()
            .setEndpoint(server.endpoint())
            .setTransportChannelProvider(
                LoggingSettings.defaultGrpcTransportProviderBuilder()
                    .setChannelConfigurator(channel -> channel.usePlaintext())
                    .build())
            .setCredentialsProvider(NoCredentialsProvider.create());
    settings.listLogEntriesSettings().setRetryableCodes();
    client = LoggingClient.create(settings.build());
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void requestsAreReadNewestFirstPageByPageAndNewOnesShiftNothing() {
    for (int i = 0; i < 5; i++) {
      request(START.plusSeconds(i), 200 + i);
    }
    ListLogEntriesRequest question =
        question("log_id(\"run.googleapis.com/requests\")").toBuilder()
            .setOrderBy("timestamp desc")
            .setPageSize(2)
            .build();

    var first = client.listLogEntries(question).getPage();
    request(START.plusSeconds(60), 299);

    List<Integer> statuses = new ArrayList<>();
    first.iterateAll().forEach(entry -> statuses.add(entry.getHttpRequest().getStatus()));
    assertThat(statuses).containsExactly(204, 203, 202, 201, 200);
  }

  @Test
  void aRequestAndATracebackHaveTheShapeOfCloudRunsLogs() {
    request(START, 500);
    server.stderrTraceback(
        START,
        "k-back",
        "k-back-00042-abc",
        "Traceback (most recent call last):\nKeyError: 'plan_id'");

    LogEntry request = read("httpRequest.status=500").getFirst();
    assertThat(request.getLogName()).isEqualTo("projects/demo/logs/run.googleapis.com%2Frequests");
    assertThat(request.getSeverity()).isEqualTo(LogSeverity.ERROR);
    assertThat(request.getResource().getLabelsMap())
        .containsEntry("revision_name", "k-back-00042-abc")
        .containsEntry("location", "asia-northeast1");
    LogEntry traceback = read("textPayload:\"KeyError\"").getFirst();
    assertThat(traceback.getLogName()).isEqualTo("projects/demo/logs/run.googleapis.com%2Fstderr");
    assertThat(traceback.getInsertId()).isNotEqualTo(request.getInsertId());
  }

  @Test
  void adminActivityShowsV1AndV2WritesAndConflicts() throws InvalidProtocolBufferException {
    Service after =
        Service.newBuilder()
            .setName("projects/demo/locations/asia-northeast1/services/k-back")
            .setLatestReadyRevision(
                "projects/demo/locations/asia-northeast1/services/k-back/revisions/k-back-1")
            .addTraffic(
                TrafficTarget.newBuilder()
                    .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST)
                    .setPercent(100))
            .build();
    String v1 = "google.cloud.run.v1.Services.ReplaceService";
    String v2 = "google.cloud.run.v2.Services.UpdateService";
    server.adminActivity(START, "ci@demo.example", v1, "curl", "k-back", after, true);
    server.adminActivity(
        START.plusSeconds(1), "bot@demo.example", v2, "grpc", "k-back", after, true);
    server.adminActivity(
        START.plusSeconds(2), "bot@demo.example", v2, "grpc", "k-back", after, false);

    List<AuditLog> audits = new ArrayList<>();
    for (LogEntry entry : read("protoPayload.serviceName=\"run.googleapis.com\"")) {
      audits.add(entry.getProtoPayload().unpack(AuditLog.class));
    }
    assertThat(audits)
        .extracting(AuditLog::getResourceName)
        .containsExactly(
            "namespaces/demo/services/k-back",
            "projects/demo/locations/asia-northeast1/services/k-back",
            "projects/demo/locations/asia-northeast1/services/k-back");
    assertThat(audits.get(2).getStatus().getCode()).isEqualTo(10);
    Struct request = audits.getFirst().getRequest();
    Struct spec = inner(inner(request, "service"), "spec");
    assertThat(spec.getFieldsOrThrow("traffic").getListValue().getValues(0).getStructValue())
        .extracting(Struct::getFieldsMap)
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsKeys("latestRevision", "percent");
    assertThat(read("protoPayload.response.status.latestCreatedRevisionName=\"k-back-1\""))
        .hasSize(1);
    assertThat(read("protoPayload.status.code=10 severity=ERROR")).hasSize(1);
    assertThat(read("protoPayload.request.service.traffic.percent=100")).hasSize(2);
  }

  @Test
  void lateEntriesAreSeenAfterTheirDelay() {
    server.ingestionDelay(Duration.ofSeconds(5));
    request(START, 200);

    now.set(START.plusMillis(4_999));
    assertThat(read("")).isEmpty();
    now.set(START.plusSeconds(5));
    assertThat(read("")).hasSize(1);
    assertThat(server.size()).isEqualTo(1);
  }

  @Test
  void theReadQuotaIsPerMinute() {
    server.readsPerMinute(2);
    assertThat(read("")).isEmpty();
    assertThat(read("")).isEmpty();
    assertThatThrownBy(() -> read("")).isInstanceOf(ResourceExhaustedException.class);

    now.set(START.plusSeconds(61));

    assertThat(read("")).isEmpty();
  }

  @Test
  void auditEntriesAreWrittenAndARepeatedWriteIsSeenOnce() {
    LogEntry entry =
        LogEntry.newBuilder()
            .setInsertId("job-1-seq-2")
            .setTimestamp(Timestamps.fromMillis(START.toEpochMilli()))
            .setJsonPayload(
                Struct.newBuilder()
                    .putFields("job", Value.newBuilder().setStringValue("job-1").build()))
            .build();
    for (int i = 0; i < 2; i++) {
      client.writeLogEntries(
          LogName.of("demo", "rollback-bot"),
          MonitoredResource.newBuilder().setType("global").build(),
          Map.of("bot", "rollback"),
          List.of(entry));
    }

    assertThat(read("jsonPayload.job=\"job-1\" labels.bot=rollback")).hasSize(1);
  }

  @Test
  void whatIsWrongIsRefused() {
    assertThatThrownBy(() -> read("resource.type==1")).isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> ask(question("").toBuilder().setPageSize(1_001).build()))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> ask(question("").toBuilder().setOrderBy("severity").build()))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> ask(question("").toBuilder().setPageToken("x").build()))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(
            () -> ask(ListLogEntriesRequest.newBuilder().addResourceNames("projects/x").build()))
        .isInstanceOf(PermissionDeniedException.class);
    assertThatThrownBy(() -> client.deleteLog(LogName.of("demo", "x")))
        .isInstanceOf(UnimplementedException.class);
  }

  @Test
  void outageAndMissingPermissionAreSwitches() {
    server.faults().refuse("ListLogEntries", Status.PERMISSION_DENIED);
    assertThatThrownBy(() -> read("")).isInstanceOf(PermissionDeniedException.class);
    server.faults().outage(true);
    assertThatThrownBy(() -> read("")).isInstanceOf(UnavailableException.class);
    server.faults().clear();
    assertThat(read("")).isEmpty();
  }

  @Test
  void onlyTheNewestHundredThousandAreKept() {
    LogEntry entry = LogEntry.newBuilder().setLogName("projects/demo/logs/x").build();
    for (int i = 0; i < Entries.MAX_ENTRIES; i++) {
      server.append(entry);
    }
    request(START, 200);

    assertThat(server.size()).isEqualTo(Entries.MAX_ENTRIES);
    assertThat(read("httpRequest.status=200")).hasSize(1);
  }

  private static Struct inner(Struct outer, String field) {
    return outer.getFieldsOrThrow(field).getStructValue();
  }

  private void request(Instant when, int status) {
    server.requestLog(
        when,
        "k-back",
        "k-back-00042-abc",
        "GET",
        "https://k-back.example/api/plans",
        status,
        Duration.ofMillis(40),
        "curl/8",
        "192.0.2.7");
  }

  private List<LogEntry> read(String filter) {
    return ask(question(filter));
  }

  private List<LogEntry> ask(ListLogEntriesRequest question) {
    List<LogEntry> entries = new ArrayList<>();
    client.listLogEntries(question).iterateAll().forEach(entries::add);
    return entries;
  }

  private static ListLogEntriesRequest question(String filter) {
    return ListLogEntriesRequest.newBuilder()
        .addResourceNames("projects/demo")
        .setFilter(filter)
        .build();
  }
}
