package dev.rollbackbot.sandbox.kback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import dev.rollbackbot.sandbox.cloudrun.CloudRunModel;
import dev.rollbackbot.sandbox.cloudrun.ModelSettings;
import dev.rollbackbot.sandbox.cloudrun.RevisionSeed;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KBackServerTest {

  private static final String K_BACK = "projects/p/locations/r/services/k-back";
  private static final String OLD = "k-back-00001-old";
  private static final String SICK = "k-back-00002-sic";
  private static final String OLD_DIGEST = "sha256:" + "a".repeat(64);
  private static final String SICK_DIGEST = "sha256:" + "b".repeat(64);
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final List<ServedRequest> served = new CopyOnWriteArrayList<>();
  private final KBackServer kback = new KBackServer(InstantSource.system(), 3, served::add);
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final CloudRunModel model =
      new CloudRunModel(
          InstantSource.system(),
          ModelSettings.likeProduction().withTimes(Duration.ZERO, Duration.ZERO),
          Optional::of,
          kback,
          (_, _, _, _, _, _) -> {},
          1);

  @BeforeEach
  void start() {
    model.seed(
        Service.newBuilder().setName(K_BACK).build(),
        List.of(
            RevisionSeed.of(OLD, "k:1", OLD_DIGEST, Map.of(), Instant.EPOCH, "ken"),
            RevisionSeed.of(SICK, "k:2", SICK_DIGEST, Map.of(), Instant.EPOCH, "ken")));
    kback.serve(model);
    kback.behave(OLD_DIGEST, Behaviour.healthy().withTimes(Duration.ZERO, Duration.ZERO));
    kback.behave(SICK_DIGEST, Behaviour.sick().withTimes(Duration.ZERO, Duration.ZERO));
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    kback.close();
  }

  private HttpResponse<String> get(String url) throws Exception {
    return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  private String serviceUrl() {
    return kback.serviceUrl(K_BACK);
  }

  private void split(TrafficTarget... targets) {
    model.gcloud("ken").updateTraffic(K_BACK, List.of(targets));
  }

  private static TrafficTarget to(String revision, int percent, String tag) {
    return TrafficTarget.newBuilder()
        .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
        .setRevision(revision)
        .setPercent(percent)
        .setTag(tag)
        .build();
  }

  @Test
  void oneInThreeRequestsToTheSickRevisionFailsAndLeavesItsTraceback() throws Exception {
    List<Integer> statuses = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 9; i++) {
      statuses.add(get(serviceUrl() + "/plans/100" + i).statusCode());
    }
    assertThat(statuses).containsExactly(200, 200, 500, 200, 200, 500, 200, 200, 500);
    assertThat(get(serviceUrl() + "/").statusCode()).isEqualTo(200);
    ServedRequest third = served.get(2);
    assertThat(third.exceptionText().orElseThrow())
        .startsWith("Traceback (most recent call last):")
        .endsWith("KeyError: 'plan_id'");
    assertThat(third.revision()).isEqualTo(SICK);
    assertThat(third.url()).isEqualTo(serviceUrl() + "/plans/1002");
    assertThat(served.getFirst().exceptionText()).isEmpty();
  }

  @Test
  void aTagHasItsOwnUrlAndReachesItsRevisionOnly() throws Exception {
    split(to(SICK, 100, ""), to(OLD, 0, "probe"));
    String probe = kback.tagUrl(K_BACK, "probe");
    assertThat(probe).isNotEqualTo(serviceUrl());
    for (int i = 0; i < 5; i++) {
      HttpResponse<String> answer = get(probe + "/health/ready");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains(OLD);
    }
    assertThat(served).extracting(ServedRequest::revision).containsOnly(OLD);

    split(to(SICK, 100, ""));
    assertThat(get(probe + "/health").statusCode()).isEqualTo(404);
  }

  @Test
  void requestsToTheServiceAreSpreadAsTheSplitSays() throws Exception {
    split(to(SICK, 75, ""), to(OLD, 25, ""));
    for (int i : IntStream.range(0, 400).toArray()) {
      assertThat(get(serviceUrl() + "/?" + i).statusCode()).isEqualTo(200);
    }
    assertThat(served.stream().filter(request -> request.revision().equals(OLD)).count())
        .isBetween(70L, 130L);
  }

  @Test
  void codeThatCannotStartAnswers503() throws Exception {
    kback.behave(OLD_DIGEST, Behaviour.cannotStart());
    split(to(OLD, 100, ""));
    assertThat(get(serviceUrl() + "/").statusCode()).isEqualTo(503);
  }

  @Test
  void onlyTheFirstRequestWaitsForTheColdStart() throws Exception {
    kback.behave(
        SICK_DIGEST, Behaviour.healthy().withTimes(Duration.ofMillis(10), Duration.ofMillis(300)));
    get(serviceUrl() + "/");
    get(serviceUrl() + "/");
    assertThat(served.get(0).latency()).isGreaterThan(Duration.ofMillis(300));
    assertThat(served.get(1).latency()).isLessThan(Duration.ofMillis(300));
  }

  @Test
  void anUnknownPathIsNotFound() throws Exception {
    assertThat(get(serviceUrl() + "/admin").statusCode()).isEqualTo(404);
  }

  @Test
  void usersKeepComingUntilTheyAreStopped() {
    try (SyntheticUsers users = new SyntheticUsers(serviceUrl(), 5)) {
      assertThat(users.rate()).isZero();
      users.rate(200);
      await(() -> users.answered() >= 50 && users.failed() >= 5);
      users.rate(0.01);
      assertThat(users.rate()).isEqualTo(0.01);
      assertThatThrownBy(() -> users.rate(-1)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(served)
        .extracting(request -> request.path().startsWith("/plans/"))
        .contains(true, false);
    assertThat(served).extracting(ServedRequest::userAgent).allMatch(a -> a.startsWith("Mozilla"));
    assertThat(served)
        .extracting(ServedRequest::remoteIp)
        .allMatch(ip -> ip.startsWith("198.1"))
        .as("each is somebody else")
        .doesNotHaveDuplicates();
  }

  @Test
  void whoDoesNotNameAnAddressIsLoggedWithItsOwn() throws Exception {
    get(serviceUrl() + "/");
    assertThat(served.getFirst().remoteIp()).isEqualTo("127.0.0.1");
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(BOUND);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        fail("not within " + BOUND);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
