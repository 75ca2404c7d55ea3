package dev.rollbackbot.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.logging.type.HttpRequest;
import com.google.logging.v2.LogEntry;
import dev.rollbackbot.sandbox.page.Choice;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

/** Users of the demo service: how many, on which revision, and how each commit's code does. */
class SandboxTrafficTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private Sandbox sandbox;
  private SandboxControls controls;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    sandbox =
        Sandbox.start(
            folder, new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    controls = new SandboxControls(sandbox, Mockito.mock(BotProcesses.class));
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void usersAreSplitByThePercentAndLoggedAsThePlatformDoes() {
    sandbox.code(sandbox.sickCommit(), Manner.THIRD_FAILS);
    sandbox.code(sandbox.goodCommit(), Manner.SLOW);
    sandbox
        .model()
        .gcloud("ken@example.com")
        .updateTraffic(
            History.SERVICE,
            List.of(to(sandbox.sickRevision(), 75), to(sandbox.goodRevision(), 25)));
    await(() -> sandbox.routed().size() == 2);
    Instant since = Instant.now();
    sandbox.users().rate(40);
    await(() -> logged(sandbox.goodRevision(), since).size() >= 10);

    List<HttpRequest> good = logged(sandbox.goodRevision(), since);
    List<HttpRequest> sick = logged(sandbox.sickRevision(), since);
    assertThat(sick.size()).isBetween(good.size(), 10 * good.size());
    assertThat(good).extracting(HttpRequest::getStatus).containsOnly(200);
    assertThat(sick).extracting(HttpRequest::getStatus).contains(200, 500);
    assertThat(good)
        .allSatisfy(
            request -> {
              assertThat(request.getLatency().getSeconds() * 1e9 + request.getLatency().getNanos())
                  .isGreaterThanOrEqualTo(4e8);
              assertThat(request.getRemoteIp()).startsWith("198.1");
              assertThat(request.getUserAgent()).startsWith("Mozilla/5.0");
              assertThat(request.getRequestUrl()).startsWith(sandbox.serviceUrl());
              assertThat(request.getRequestMethod()).isEqualTo("GET");
            });
  }

  @Test
  void thePageShowsTheRateAndSetsIt() {
    assertThat(choice("rate").value()).isEqualTo("25");
    assertThat(controls.choose("rate", "0", Locale.ENGLISH))
        .isEqualTo("Users: 0 requests a second");
    assertThat(choice("rate").value()).isEqualTo("0");
    assertThat(sandbox.users().rate()).isZero();
    sandbox.users().rate(0.5);
    assertThat(choice("rate").value()).as("set by a story").isEqualTo("0.5");
  }

  @Test
  void thePageSetsHowEachCommitsCodeDoes() {
    String id = "code-" + sandbox.goodCommit();
    assertThat(choice(id).value()).isEqualTo("well");
    assertThat(choice("code-" + sandbox.sickCommit()).value()).isEqualTo("sick");
    assertThat(controls.choose(id, "tenth_fails", Locale.JAPANESE))
        .isEqualTo("6831359: 10 回に 1 回失敗する");
    assertThat(sandbox.code(sandbox.goodCommit())).isEqualTo(Manner.TENTH_FAILS);
    sandbox.deployMended();
    assertThat(controls.choices(Locale.ENGLISH)).as("one more commit is deployed").hasSize(4);
  }

  @Test
  void whatIsNoSettingIsRefused() {
    for (String[] wrong :
        List.of(
            new String[] {"rate", "many"},
            new String[] {"rate", "-1"},
            new String[] {"code-1234567", "well"},
            new String[] {"code-6831359", "ill"},
            new String[] {"", ""})) {
      assertThatThrownBy(() -> controls.choose(wrong[0], wrong[1], Locale.ENGLISH))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private Choice choice(String id) {
    return controls.choices(Locale.ENGLISH).stream()
        .filter(choice -> choice.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private List<HttpRequest> logged(String revision, Instant since) {
    return sandbox
        .logging()
        .find(
            "logName=\"projects/demo-project/logs/run.googleapis.com%2Frequests\""
                + " AND resource.labels.revision_name=\""
                + revision
                + "\" AND timestamp>=\""
                + since
                + "\"")
        .stream()
        .map(LogEntry::getHttpRequest)
        .toList();
  }

  private static TrafficTarget to(String revision, int percent) {
    return TrafficTarget.newBuilder()
        .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
        .setRevision(revision)
        .setPercent(percent)
        .build();
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(BOUND);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        fail("not within " + BOUND);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }
}
