package dev.rollbackbot.driver;

import static dev.rollbackbot.domain.Samples.K_BACK;
import static dev.rollbackbot.domain.Samples.LIMITS;
import static dev.rollbackbot.domain.Samples.OLD;
import static dev.rollbackbot.domain.Samples.T0;
import static dev.rollbackbot.domain.Samples.job;
import static dev.rollbackbot.domain.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.rollbackbot.domain.approval.ApprovalPolicy;
import dev.rollbackbot.domain.approval.ApprovalPolicy.Rule;
import dev.rollbackbot.domain.health.CanaryVerdict.Word;
import dev.rollbackbot.domain.health.Direction;
import dev.rollbackbot.domain.health.HealthJudge;
import dev.rollbackbot.domain.health.LoggedRequest;
import dev.rollbackbot.domain.health.LoggedRequest.Arm;
import dev.rollbackbot.domain.health.Look;
import dev.rollbackbot.domain.health.Side;
import dev.rollbackbot.domain.job.Move.Need;
import dev.rollbackbot.domain.job.Observed;
import dev.rollbackbot.domain.job.Readings;
import dev.rollbackbot.domain.job.Readings.Watched;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.Canary.Doubt;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.engine.CanaryTerms;
import dev.rollbackbot.engine.Cards;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.engine.Together;
import dev.rollbackbot.engine.Verdicts;
import dev.rollbackbot.port.LogReader;
import dev.rollbackbot.port.LogReader.CanaryRequests;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import dev.rollbackbot.statistics.CommonsChances;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A look at a canary: what is read, and what becomes of it. */
class LookTest {
  private static final CanaryTerms TERMS = new CanaryTerms(Ladder.standard(), 20, 0.05);
  private static final Canary BEGUN =
      Canary.of(Ladder.standard(), Direction.BACK, Optional.empty()).higher(T0);

  private final LogReader logs = mock(LogReader.class);
  private final Verdicts verdicts =
      new Verdicts(new CommonsChances(), Map.of(K_BACK.name(), TERMS));

  @Test
  void countsUsersOfBothSidesUpToTheEndThatIsDue() {
    log(T0, T0.plusSeconds(60), requests(T0, 60, 40, 1, 200, 66));

    assertThat(look(BEGUN, 76))
        .isInstanceOfSatisfying(
            Watched.Seen.class,
            seen -> {
              assertThat(seen.look())
                  .isEqualTo(new Look(0, new Side(40, 1, 0), new Side(200, 66, 0)));
              assertThat(seen.end()).isEqualTo(T0.plusSeconds(60));
              assertThat(seen.verdict().word()).isIn(Word.BETTER, Word.SAME);
            });
  }

  @Test
  void oneLookCoversThoseThatWereMissed() {
    log(T0, T0.plusSeconds(180), requests(T0, 180, 120, 2, 600, 200));

    assertThat(look(BEGUN, 200))
        .isInstanceOfSatisfying(
            Watched.Seen.class, seen -> assertThat(seen.end()).isEqualTo(T0.plusSeconds(180)));
  }

  @Test
  void noUserAtAllMayMeanThatTheLogsAreLate() {
    log(T0, T0.plusSeconds(60), List.of());

    assertThat(look(BEGUN, 76)).isEqualTo(new Watched.Blind(Doubt.LATE));
  }

  @Test
  void logsThatEndLongBeforeTheLookAreLate() {
    Canary seen =
        BEGUN.saw(new Look(0, new Side(20, 0, 0), new Side(180, 60, 0)), T0.plusSeconds(60));
    log(T0.plusSeconds(60), T0.plusSeconds(120), requests(T0.plusSeconds(60), 20, 3, 0, 30, 9));

    assertThat(look(seen, 140)).isEqualTo(new Watched.Blind(Doubt.LATE));
  }

  @Test
  void whereFewComeSilenceSaysNothing() {
    Canary seen = BEGUN.saw(new Look(0, new Side(1, 0, 0), new Side(4, 1, 0)), T0.plusSeconds(60));
    log(T0.plusSeconds(60), T0.plusSeconds(120), requests(T0.plusSeconds(60), 20, 1, 0, 1, 0));

    assertThat(look(seen, 140)).isInstanceOf(Watched.Seen.class);
  }

  @Test
  void whatCannotBeReadIsNotJudged() {
    when(logs.canary(any(), any(), any(), any()))
        .thenThrow(new WorldException(Kind.UNAVAILABLE, "nobody answers"));

    assertThat(look(BEGUN, 76)).isEqualTo(new Watched.Blind(Doubt.UNREAD));
  }

  @Test
  void whoseTurnHasNotComeIsNotJudgedEither() {
    when(logs.canary(any(), any(), any(), any()))
        .thenThrow(new WorldException(Kind.QUOTA, "more than 40 log reads in a minute"));

    assertThat(look(BEGUN, 76)).isEqualTo(new Watched.Blind(Doubt.BUDGET));
  }

  private void log(Instant from, Instant to, List<LoggedRequest> requests) {
    Instant retries = from.minusSeconds(10);
    when(logs.canary(eq(K_BACK), eq(OLD), eq(retries), eq(to)))
        .thenReturn(new CanaryRequests(requests, retries, retries));
  }

  /** Evenly over so many seconds. */
  private static List<LoggedRequest> requests(
      Instant from, int seconds, int target, int targetErrors, int live, int liveErrors) {
    var all = new ArrayList<LoggedRequest>();
    add(all, from, seconds, Arm.CANDIDATE, target, targetErrors);
    add(all, from, seconds, Arm.BASELINE, live, liveErrors);
    return all;
  }

  private static void add(
      List<LoggedRequest> all, Instant from, int seconds, Arm arm, int requests, int errors) {
    for (int i = 0; i < requests; i++) {
      all.add(
          new LoggedRequest(
              from.plusMillis(seconds * 1000L * i / requests),
              arm,
              "10.0.0." + all.size(),
              "Mozilla/5.0",
              "GET /plans",
              i < errors ? 500 : 200,
              Duration.ofMillis(80)));
    }
  }

  private Watched look(Canary canary, int at) {
    try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
      var gauges =
          new Gauges(
              Map.of(),
              logs,
              mock(Cards.class),
              new Together(readers, Duration.ofSeconds(5)),
              verdicts,
              () -> T0.plusSeconds(at));
      var observed =
          new Observed(
              service().wanted("old=10 new=90 old#rb-01234567=0").build(),
              job()
                  .in(JobState.WATCHING, Duration.ZERO, Duration.ofMinutes(5))
                  .canary(canary)
                  .build(),
              Optional.empty());
      return gauges
          .measure(Need.LOOK, observed, settings(), Readings.none())
          .watched()
          .orElseThrow();
    }
  }

  private static ServiceSettings settings() {
    return new ServiceSettings(
        K_BACK,
        "repo",
        "main",
        false,
        new ApprovalPolicy(Rule.CONFIRM, Set.of(), Set.of(), Duration.ofMinutes(5)),
        new HealthJudge(20, 0.05),
        LIMITS,
        TERMS,
        Duration.ofMinutes(15),
        Optional.empty(),
        Optional.empty());
  }
}
