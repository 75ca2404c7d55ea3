package dev.rollbackbot.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.rollbackbot.domain.health.LiveRate;
import dev.rollbackbot.domain.health.LoggedRequest;
import dev.rollbackbot.domain.health.LoggedRequest.Arm;
import dev.rollbackbot.domain.health.Share;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.port.LogReader.CanaryRequests;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import dev.rollbackbot.sandbox.logging.LoggingServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a canary and its plan read of the request log, against the stand-in, over gRPC. */
class CanaryLogTest {
  private static final ServiceId ID = new ServiceId("demo", "asia-northeast1", "k-back");
  private static final RevisionName OLD = new RevisionName("k-back-00041-old");
  private static final RevisionName NEW = new RevisionName("k-back-00042-new");
  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final Instant FROM = NOW.minusSeconds(600);

  private final LoggingServer server = LoggingServer.start("demo", "asia-northeast1", () -> NOW);
  private final GcpClients clients = Clients.ofLogging(server.endpoint());
  private final CloudLogReader reader =
      new CloudLogReader(clients, _ -> List.of(), Set.of(), () -> NOW, "demo");

  @AfterEach
  void close() {
    clients.close();
    server.close();
  }

  @Test
  void aCanaryIsReadWithAllOthersInOneRead() {
    RevisionName older = new RevisionName("k-back-00040-old");
    request(FROM, NEW, 500, 1_250, "Mozilla/5.0");
    request(FROM.plusSeconds(1), OLD, 200, 40, "GoogleHC/1.0");
    request(FROM.plusSeconds(2), older, 404, 7, "");
    request(FROM.minusNanos(1), NEW, 500, 10, "curl");
    request(NOW, OLD, 500, 10, "curl");
    server.stderrTraceback(FROM.plusSeconds(1), ID.name(), NEW.value(), "KeyError: 1");
    server.readsPerMinute(1);

    CanaryRequests read = reader.canary(ID, NEW, FROM, NOW);

    String what = "GET https://k-back.example.app/plans/4711";
    assertThat(read.complete()).isTrue();
    assertThat(read.completeFrom()).isEqualTo(FROM);
    assertThat(read.requests())
        .containsExactly(
            logged(2, Arm.BASELINE, "", what, 404, 7),
            logged(1, Arm.BASELINE, "GoogleHC/1.0", what, 200, 40),
            logged(0, Arm.CANDIDATE, "Mozilla/5.0", what, 500, 1_250));
  }

  @Test
  void ofABusyCanaryTheNewestAreReadAndItSaysFromWhen() {
    for (int i = 0; i < 2_100; i++) {
      request(FROM.plusMillis(i), i % 10 == 0 ? NEW : OLD, 200, 10, "curl");
    }
    CanaryRequests read = reader.canary(ID, NEW, FROM, NOW);
    assertThat(read.complete()).isFalse();
    assertThat(read.requests()).hasSize(2_000);
    // Another one of the oldest's moment may not have been read.
    assertThat(read.completeFrom()).isEqualTo(FROM.plusMillis(100).plusNanos(1));
  }

  @Test
  void aSearchThatFindsNothingInTimeTellsNothing() {
    request(FROM.plusSeconds(1), NEW, 200, 10, "curl");
    server.searchesInTime(false);
    CanaryRequests read = reader.canary(ID, NEW, FROM, NOW);
    assertThat(read.requests()).isEmpty();
    assertThat(read.complete()).isFalse();
    assertThat(read.completeFrom()).isAfter(NOW);
    assertThat(reader.requests(ID, NEW, FROM, NOW).share()).isZero();
    assertThat(reader.rate(ID, NEW, Duration.ofMinutes(10))).isEqualTo(LiveRate.none());
  }

  @Test
  void theRateIsOfTheLiveRevisionsUsersOfLate() {
    for (int i = 1; i <= 20; i++) {
      request(FROM.plusSeconds(i * 11L), NEW, i % 4 == 0 ? 500 : 200, i * 10, "curl");
    }
    request(FROM.plusSeconds(5), NEW, 500, 9_000, HttpHealthProbe.USER_AGENT + "/1");
    request(FROM.plusSeconds(5), NEW, 500, 9_000, "GoogleHC/1.0");
    request(FROM.plusSeconds(5), OLD, 500, 9_000, "curl");
    request(FROM.minusSeconds(1), NEW, 500, 9_000, "curl");
    assertThat(reader.rate(ID, NEW, Duration.ofMinutes(10)))
        .isEqualTo(new LiveRate(2, new Share(5, 20), Optional.of(Duration.ofMillis(190))));
  }

  @Test
  void ofABusyServiceTheRateIsThatOfThePartThatWasRead() {
    for (int i = 0; i < 3_000; i++) {
      request(NOW.minusMillis(20L * (i + 1)), NEW, 200, 10, "user " + i);
    }
    assertThat(reader.rate(ID, NEW, Duration.ofMinutes(10)).aMinute()).isCloseTo(3_000, within(5d));
  }

  @Test
  void aCanaryIsNotReadBeyondItsBudgetWhichLeavesTenReadsToPeople() {
    for (int i = 0; i < 40; i++) {
      reader.canary(ID, NEW, FROM, NOW);
    }
    WorldException refused =
        catchThrowableOfType(WorldException.class, () -> reader.canary(ID, NEW, FROM, NOW));
    assertThat(refused.kind()).isEqualTo(Kind.QUOTA);
    for (int i = 0; i < 10; i++) {
      reader.servedSince(ID, NEW, FROM);
    }
    assertThat(
            catchThrowableOfType(WorldException.class, () -> reader.servedSince(ID, NEW, FROM))
                .kind())
        .isEqualTo(Kind.QUOTA);
  }

  @Test
  void atTheEndOfTheBudgetABusyCanaryIsReadInPart() {
    for (int i = 0; i < 1_100; i++) {
      request(FROM.plusMillis(i), i % 10 == 0 ? NEW : OLD, 200, 10, "curl");
    }
    for (int i = 0; i < 39; i++) {
      reader.servedSince(ID, NEW, FROM);
    }
    CanaryRequests read = reader.canary(ID, NEW, FROM, NOW);
    assertThat(read.requests()).hasSize(1_000);
    assertThat(read.complete()).isFalse();
  }

  private static LoggedRequest logged(
      int second, Arm arm, String agent, String what, int status, int millis) {
    return new LoggedRequest(
        FROM.plusSeconds(second), arm, "192.0.2.7", agent, what, status, Duration.ofMillis(millis));
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
}
