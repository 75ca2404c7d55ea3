package dev.rollbackbot.gcp;

import static dev.rollbackbot.gcp.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.logging.v2.LogEntry;
import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.model.Change;
import dev.rollbackbot.domain.model.ImageRef;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.plan.PastRollback;
import dev.rollbackbot.domain.report.Deed;
import dev.rollbackbot.domain.report.LogDigest;
import dev.rollbackbot.port.AuditLog;
import dev.rollbackbot.port.LogReader.Note;
import dev.rollbackbot.port.LogReader.Requests;
import dev.rollbackbot.port.LogReader.ServedSpell;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import dev.rollbackbot.sandbox.logging.LoggingServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reader and audit log against the stand-in for Cloud Logging, over gRPC. */
class CloudLogReaderTest {
  private static final ServiceId ID = new ServiceId("demo", "asia-northeast1", "k-back");
  private static final RevisionName OLD = new RevisionName("k-back-00041-old");
  private static final RevisionName NEW = new RevisionName("k-back-00042-new");
  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final String AGENT =
      "google-cloud-sdk gcloud/528.0.0 command/gcloud.run.services.update-traffic from-script/True";
  private static final Instant FROM = NOW.minusSeconds(600);

  private final LoggingServer server = LoggingServer.start("demo", "asia-northeast1", () -> NOW);
  private final GcpClients clients = Clients.ofLogging(server.endpoint());
  private final CloudLogReader reader = reader(Set.of());

  private CloudLogReader reader(Set<ServiceId> withMessages) {
    return new CloudLogReader(
        clients,
        _ ->
            List.of(revision(NEW, NOW.minusSeconds(7200)), revision(OLD, NOW.minusSeconds(99_999))),
        withMessages,
        () -> NOW,
        "demo");
  }

  @AfterEach
  void close() {
    clients.close();
    server.close();
  }

  @Test
  void countsUsersRequestsOfARevisionInAWindow() {
    for (int i = 1; i <= 20; i++) {
      request(FROM.plusSeconds(i), NEW, i % 4 == 0 ? 500 : 200, i * 10, "curl");
    }
    request(FROM.plusSeconds(5), NEW, 500, 9_000, HttpHealthProbe.USER_AGENT + "/1");
    request(FROM.plusSeconds(5), OLD, 500, 9_000, "curl");
    request(FROM.minusSeconds(1), NEW, 500, 9_000, "curl");
    request(NOW, NEW, 500, 9_000, "curl");
    assertThat(reader.requests(ID, NEW, FROM, NOW))
        .isEqualTo(
            new Requests(new Figures.Load(20, 5, 100, 190), 1, Optional.of(FROM.plusSeconds(20))));
  }

  @Test
  void aWindowWithoutRequestsIsNothingAndComplete() {
    assertThat(reader.requests(ID, NEW, FROM, NOW))
        .isEqualTo(new Requests(Figures.Load.none(), 1, Optional.empty()));
  }

  @Test
  void moreThanTwoPagesAreNotReadAndItSaysSo() {
    for (int i = 0; i < 2_100; i++) {
      request(FROM.plusMillis(i), NEW, 200, 10, "curl");
    }
    Requests requests = reader.requests(ID, NEW, FROM, NOW);
    assertThat(requests.complete()).isFalse();
    assertThat(requests.load().requests()).isEqualTo(2_000);
    // The newest 2,000 of 2,100 in 2.1 s: those of the last 2 s, of 600 s that were asked for.
    assertThat(requests.share()).isCloseTo((600 - 0.1) / 600, within(1e-6));
  }

  @Test
  void digestsErrorsWithoutAnybodysData() {
    for (int i = 0; i < 3; i++) {
      server.stderrTraceback(
          FROM.plusSeconds(i),
          ID.name(),
          NEW.value(),
          """
          Traceback (most recent call last):
            File "/app/app/plans.py", line 41, in read_plan
              return plans[body['plan_id']]
          KeyError: 'plan of user %d'
          """
              .formatted(i));
    }
    request(FROM.plusSeconds(9), NEW, 500, 10, "curl");
    LogDigest digest = reader.errors(ID, NEW, FROM, NOW);
    assertThat(digest)
        .isEqualTo(
            new LogDigest(
                List.of(new LogDigest.Signature("KeyError app/plans.py read_plan", 3)), 1));
  }

  @Test
  void tracesWithoutASeverityAreFoundWholeAndLineByLine() {
    List<LogCorpus.Sample> split =
        LogCorpus.samples().stream()
            .filter(sample -> sample.name().contains("one entry a line"))
            .toList();
    assertThat(split).hasSizeGreaterThan(3);
    Instant at = FROM;
    for (LogCorpus.Sample sample : split) {
      for (LogEntry entry : sample.entries().reversed()) {
        at = at.plusMillis(1);
        stderr(entry.getTextPayload(), at);
      }
      assertThat(reader.errors(ID, NEW, at.minusMillis(500), NOW).signatures())
          .as(sample.name())
          .containsExactly(new LogDigest.Signature(sample.signature(), 1));
      at = at.plusSeconds(10);
    }
    stderr("INFO:     Started server process [1]", at);
    stderr("at last (all is well)", at);
    assertThat(reader.errors(ID, NEW, at, NOW).signatures()).isEmpty();
  }

  private void stderr(String line, Instant at) {
    LogEntry.Builder entry =
        LogEntry.newBuilder()
            .setLogName("projects/demo/logs/run.googleapis.com%2Fstderr")
            .setTimestamp(Protos.timestamp(at))
            .setTextPayload(line);
    entry
        .getResourceBuilder()
        .setType("cloud_run_revision")
        .putLabels("service_name", ID.name())
        .putLabels("location", ID.region())
        .putLabels("revision_name", NEW.value());
    server.append(entry.build());
  }

  @Test
  void messagesAreShownRedactedAndOnlyWhereTheServiceOptedIn() {
    server.stderrTraceback(
        FROM,
        ID.name(),
        NEW.value(),
        """
        Traceback (most recent call last):
          File "/app/app/mail.py", line 9, in send
            raise Refused(to)
        app.mail.Refused: <aiko.sato@example.co.jp> https://mx.example.com/v1?to=aiko refused it
        """);
    assertThat(reader.errors(ID, NEW, FROM, NOW).signatures())
        .containsExactly(new LogDigest.Signature("Refused app/mail.py send", 1));
    assertThat(reader(Set.of(ID)).errors(ID, NEW, FROM, NOW).signatures())
        .containsExactly(
            new LogDigest.Signature(
                "Refused app/mail.py send",
                1,
                Optional.of("<[mail]> https://mx.example.com/v1?[query] refused it")));
  }

  @Test
  void whereThereAreTooManyErrorsItSaysHowMuchWasRead() {
    for (int i = 0; i < 2_500; i++) {
      server.stderrTraceback(
          FROM.plusMillis(i * 100L), ID.name(), NEW.value(), "Memory limit exceeded");
    }
    LogDigest digest = reader.errors(ID, NEW, FROM, FROM.plusSeconds(250));
    assertThat(digest.complete()).isFalse();
    assertThat(digest.share()).isCloseTo(0.8, within(0.01));
  }

  @Test
  void aRevisionServedOnceSomeUserWasAnswered() {
    request(NOW.minusSeconds(30), OLD, 200, 10, "curl");
    request(NOW.minusSeconds(5), OLD, 200, 10, HttpHealthProbe.USER_AGENT);
    assertThat(reader.servedSince(ID, OLD, NOW.minusSeconds(10))).isFalse();
    request(NOW.minusSeconds(3), OLD, 500, 10, "curl");
    assertThat(reader.servedSince(ID, OLD, NOW.minusSeconds(10))).isTrue();
    assertThat(reader.servedSince(ID, NEW, NOW.minusSeconds(10))).isFalse();
  }

  @Test
  void tellsWhoServedWhenFromTheRecordOfChanges() {
    Instant first = NOW.minusSeconds(90_000);
    Instant pinned = NOW.minusSeconds(600);
    change(first, "cloudbuild@demo", "google.cloud.run.v1.Services.ReplaceService", latest(), true);
    change(
        NOW.minusSeconds(900),
        "x@demo",
        "google.cloud.run.v1.Services.ReplaceService",
        to(OLD),
        false);
    change(pinned, "bot@demo", "google.cloud.run.v2.Services.UpdateService", to(OLD), true);
    assertThat(reader.past(ID, Duration.ofDays(30)).spells())
        .containsExactly(
            new ServedSpell(OLD, first, NOW.minusSeconds(7200), "cloudbuild@demo"),
            new ServedSpell(NEW, NOW.minusSeconds(7200), pinned, "cloudbuild@demo"),
            new ServedSpell(OLD, pinned, NOW, "bot@demo"));
  }

  @Test
  void tellsWhoWroteWithWhat() {
    Service byGcloud = latest().toBuilder().setClient("gcloud").build();
    String v1 = "google.cloud.run.v1.Services.ReplaceService";
    change(FROM, "ci@demo.iam.gserviceaccount.com", v1, byGcloud, true);
    Service byBot = to(OLD).toBuilder().setClient("rollback-bot").build();
    change(NOW, "bot@demo", "google.cloud.run.v2.Services.UpdateService", byBot, true);

    List<Change> changes = reader.past(ID, Duration.ofDays(1)).changes();

    assertThat(changes)
        .extracting(Change::at, Change::by, Change::client, Change::with)
        .containsExactly(
            tuple(
                FROM,
                "ci@demo.iam.gserviceaccount.com",
                "gcloud",
                "gcloud run services update-traffic"),
            tuple(NOW, "bot@demo", "rollback-bot", "gcloud run services update-traffic"));
    assertThat(changes.getFirst().byMachine()).isTrue();
    assertThat(changes.getLast().wanted().floats()).isFalse();
  }

  @Test
  void howRollbacksCameToRestIsReadBackFromTheBotsOwnEntries() {
    try (var audit = new CloudAuditLog(clients, "demo", "9f3c07ab")) {
      audit.record(rested(60, "VERIFIED", OLD.value()));
      audit.record(rested(30, "BAD", NEW.value()));
      audit.record(rested(20, "of another version", OLD.value()));
      audit.record(
          new AuditLog.Entry(
              NOW.minusSeconds(10),
              ID.name(),
              "CLOSED",
              "w1",
              Map.of("ending", "REVERTED", "target", NEW.value())));
      audit.record(
          new AuditLog.Entry(
              NOW.minusSeconds(5),
              ID.name(),
              "CLOSED",
              "w1",
              Map.of("ending", "KEPT", "target", NEW.value())));
    }
    assertThat(reader.rollbacks(ID, Duration.ofDays(30)))
        .containsExactly(
            new PastRollback(NEW, Ending.REVERTED, NOW.minusSeconds(10)),
            new PastRollback(NEW, Ending.BAD, NOW.minusSeconds(30)),
            new PastRollback(OLD, Ending.VERIFIED, NOW.minusSeconds(60)));
  }

  private static AuditLog.Entry rested(int secondsAgo, String ending, String target) {
    return new AuditLog.Entry(
        NOW.minusSeconds(secondsAgo),
        ID.name(),
        "OPEN",
        "w1",
        Map.of("ending", ending, "target", target));
  }

  @Test
  void whatWasAnnouncedIsReadBackAndIsNoHistory() {
    try (var audit = new CloudAuditLog(clients, "demo", "9f3c07ab")) {
      audit.record(announced(9, AuditLog.ANNOUNCING, "w1", "a"));
      audit.record(announced(8, AuditLog.ANNOUNCED, "w1", "a"));
      audit.record(announced(7, AuditLog.ANNOUNCING, "w2", "b"));
    }
    assertThat(reader.notes(ID, "a", Duration.ofDays(30)))
        .containsExactly(
            new Note(NOW.minusSeconds(9), AuditLog.ANNOUNCING, "w1"),
            new Note(NOW.minusSeconds(8), AuditLog.ANNOUNCED, "w1"));
    assertThat(reader.history(ID, 10)).isEmpty();
  }

  private static AuditLog.Entry announced(int secondsAgo, String what, String who, String key) {
    return new AuditLog.Entry(
        NOW.minusSeconds(secondsAgo), ID.name(), what, who, Map.of("announcement", key));
  }

  @Test
  void whatWasNotedIsReadBackNewestFirst() {
    try (var audit = new CloudAuditLog(clients, "demo", "9f3c07ab")) {
      audit.record(
          new AuditLog.Entry(
              NOW.minusSeconds(9),
              "k-back",
              "PREPARING",
              "U1",
              Map.of("target", OLD.value(), "job", "1", "ending", "NONE")));
      audit.record(
          new AuditLog.Entry(
              NOW.minusSeconds(3),
              "k-back",
              "OPEN",
              "U2",
              Map.of(
                  "target", OLD.value(),
                  "job", "1",
                  "ending", "VERIFIED",
                  "requester", "U1",
                  "commit", "6831359" + "a".repeat(33))));
      audit.record(
          new AuditLog.Entry(
              NOW.minusSeconds(2),
              "k-back",
              "CLOSED",
              "U3",
              Map.of("target", OLD.value(), "job", "1", "ending", "KEPT", "requester", "U1")));
      audit.record(new AuditLog.Entry(NOW.minusSeconds(1), "other", "OPEN", "U3", Map.of()));
    }
    assertThat(server.size()).isEqualTo(4);
    assertThat(reader.history(ID, 10))
        .as("one line for each rollback, the last word on it")
        .containsExactly(new Deed(NOW.minusSeconds(2), Ending.KEPT, OLD.value(), "U1", "U3"));
    assertThat(reader.history(ID, 1)).hasSize(1);
    assertThat(
            clients
                .logging()
                .listLogEntries(List.of("projects/demo"), "", "timestamp asc")
                .iterateAll())
        .hasSize(4)
        .allSatisfy(
            entry ->
                assertThat(
                        entry.getJsonPayload().getFieldsOrThrow("configuration").getStringValue())
                    .as("the settings it was made under")
                    .isEqualTo("9f3c07ab"));
  }

  @Test
  void anAuditEntryThatCannotBeWrittenStopsNobody() {
    server.faults().outage(true);
    try (var audit = new CloudAuditLog(clients, "demo", "9f3c07ab")) {
      audit.record(new AuditLog.Entry(NOW, "k-back", "OPEN", "U2", Map.of()));
    }
    server.faults().clear();
    try (var audit = new CloudAuditLog(clients, "demo", "9f3c07ab")) {
      audit.record(new AuditLog.Entry(NOW, "k-back", "CLOSED", "U2", Map.of()));
      eventually("written", () -> server.size() > 0);
    }
  }

  @Test
  void afterFiftyReadsInAMinuteThePlatformIsNotAskedAnyMore() {
    for (int i = 0; i < 50; i++) {
      reader.servedSince(ID, NEW, FROM);
    }
    server.faults().outage(true);
    WorldException refused =
        catchThrowableOfType(WorldException.class, () -> reader.servedSince(ID, NEW, FROM));
    assertThat(refused.kind()).isEqualTo(Kind.QUOTA);
  }

  @Test
  void aQuotaThatOthersSpentIsToldAsOne() {
    server.readsPerMinute(0);
    WorldException refused =
        catchThrowableOfType(WorldException.class, () -> reader.requests(ID, NEW, FROM, NOW));
    assertThat(refused.kind()).isEqualTo(Kind.QUOTA);
  }

  private void request(
      Instant at, RevisionName revision, int status, int millis, String userAgent) {
    server.requestLog(
        at,
        ID.name(),
        revision.value(),
        "GET",
        "https://k-back.example.app/plans/4711",
        status,
        Duration.ofMillis(millis),
        userAgent,
        "192.0.2.7");
  }

  private void change(Instant at, String by, String method, Service state, boolean landed) {
    server.adminActivity(at, by, method, AGENT, ID.name(), state, landed);
  }

  private static Service latest() {
    return service(
        TrafficTarget.newBuilder()
            .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST)
            .setPercent(100));
  }

  private static Service to(RevisionName revision) {
    return service(
        TrafficTarget.newBuilder()
            .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
            .setRevision(revision.value())
            .setPercent(100));
  }

  private static Service service(TrafficTarget.Builder target) {
    return Service.newBuilder().setName(ID.resourceName()).addTraffic(target).build();
  }

  private static Revision revision(RevisionName name, Instant created) {
    return new Revision(
        name, ImageRef.parse("k-back:1"), Map.of(), created, true, Optional.empty());
  }
}
