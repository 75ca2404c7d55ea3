package dev.rollbackbot.domain.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.health.LoggedRequest.Arm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserTrafficTest {
  private static final Instant START = Instant.parse("2026-11-24T03:00:00Z");
  private static final String BROWSER = "Mozilla/5.0";
  private static final UserTraffic TRAFFIC =
      new UserTraffic("rollback-bot-probe", Optional.of(new SlowLine(Duration.ofMillis(500))));

  @Test
  void usersAreCountedOnTheirSide() {
    Look look =
        look(
            candidate(0, "a", 200, 80),
            candidate(1, "b", 503, 80),
            candidate(2, "c", 404, 501),
            baseline(3, "d", 200, 500),
            baseline(4, "e", 500, 9_000));

    assertThat(look).isEqualTo(new Look(1, new Side(3, 1, 1), new Side(2, 1, 0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GoogleHC/1.0",
        "kube-probe/1.31",
        "GoogleStackdriverMonitoring-UptimeChecks(https://cloud.google.com/monitoring)",
        "Java-http-client rollback-bot-probe/1"
      })
  void healthChecksAreNoUsers(String agent) {
    assertThat(look(request(0, Arm.CANDIDATE, "a", agent, "GET /", 500, 10)))
        .isEqualTo(new Look(1, Side.NONE, Side.NONE));
  }

  @Test
  void somebodyWhoTriesAgainIsOneUserOnOneSide() {
    assertThat(
            look(
                candidate(0, "a", 500, 100),
                baseline(2, "a", 500, 100),
                baseline(11, "a", 500, 100),
                candidate(20, "a", 200, 100)))
        .isEqualTo(new Look(1, new Side(1, 1, 0), Side.NONE));
  }

  @Test
  void theTenSecondsBeginWithTheAnswer() {
    assertThat(look(candidate(0, "a", 504, 60_000), candidate(65, "a", 200, 100)).candidate())
        .isEqualTo(new Side(1, 1, 0));
  }

  @Test
  void whatFollowsASuccessOrComesLaterIsANewWish() {
    assertThat(
            look(
                    candidate(0, "a", 200, 100),
                    candidate(1, "a", 200, 100),
                    candidate(2, "a", 500, 100),
                    candidate(13, "a", 500, 100))
                .candidate())
        .isEqualTo(new Side(4, 2, 0));
  }

  @Test
  void anotherPageOrAnotherPersonIsNoRetry() {
    assertThat(
            look(
                    candidate(0, "a", 500, 100),
                    candidate(1, "b", 500, 100),
                    request(2, Arm.CANDIDATE, "a", BROWSER, "GET /other", 500, 100),
                    request(3, Arm.CANDIDATE, "a", "another browser", "GET /", 500, 100))
                .candidate())
        .isEqualTo(new Side(4, 4, 0));
  }

  @Test
  void aRetryOfWhatTheLookBeforeCountedIsNotCountedAgain() {
    assertThat(look(candidate(-5, "a", 500, 100), candidate(1, "a", 500, 100)))
        .isEqualTo(new Look(1, Side.NONE, Side.NONE));
  }

  @Test
  void withoutALineNothingIsSlow() {
    var traffic = new UserTraffic("rollback-bot-probe", Optional.empty());

    assertThat(traffic.look(0, START, List.of(candidate(0, "a", 200, 60_000))).candidate())
        .isEqualTo(new Side(1, 0, 0));
  }

  @Test
  void theRateIsOfUsersAlone() {
    var requests = new ArrayList<LoggedRequest>();
    for (int i = 1; i <= 40; i++) {
      requests.add(candidate(i, "user " + i, i <= 4 ? 500 : 200, i * 10));
    }
    requests.add(candidate(3, "user 2", 500, 9_000));
    requests.add(request(5, Arm.CANDIDATE, "a", "GoogleHC/1.0", "GET /", 500, 9_000));
    requests.add(candidate(-1, "before", 500, 9_000));

    assertThat(TRAFFIC.rate(START, START.plusSeconds(120), requests))
        .isEqualTo(new LiveRate(20, new Share(4, 40), Optional.of(Duration.ofMillis(380))));
  }

  @Test
  void liveThatIsYoungerThanTheWindowHasTheRateOfItsOwnTime() {
    var requests = new ArrayList<LoggedRequest>();
    for (int i = 1; i <= 120; i++) {
      requests.add(candidate(480 + i, "user " + i, 200, 50));
    }

    assertThat(TRAFFIC.rate(START, START.plusSeconds(601), requests).aMinute()).isEqualTo(60);
  }

  @Test
  void withoutUsersThereIsNoRateAndNoLatency() {
    assertThat(TRAFFIC.rate(START, START.plusSeconds(60), List.of())).isEqualTo(LiveRate.none());
  }

  private static Look look(LoggedRequest... requests) {
    return TRAFFIC.look(1, START, List.of(requests));
  }

  private static LoggedRequest candidate(int second, String caller, int status, int millis) {
    return request(second, Arm.CANDIDATE, caller, BROWSER, "GET /", status, millis);
  }

  private static LoggedRequest baseline(int second, String caller, int status, int millis) {
    return request(second, Arm.BASELINE, caller, BROWSER, "GET /", status, millis);
  }

  private static LoggedRequest request(
      int second, Arm arm, String caller, String agent, String what, int status, int millis) {
    return new LoggedRequest(
        START.plusSeconds(second), arm, caller, agent, what, status, Duration.ofMillis(millis));
  }
}
