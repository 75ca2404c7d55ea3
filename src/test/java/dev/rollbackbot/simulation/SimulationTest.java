package dev.rollbackbot.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Rollbacks under crashes, lost answers, outages, second writers and people, from seeds.
 *
 * <p>{@code -Dsimulation.seeds} says how many, {@code -Dsimulation.first} where they begin.
 */
class SimulationTest {
  private static final long FIRST = Long.getLong("simulation.first", 1);
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 200);
  private static final int MOST_SHOWN = 3;

  /** What every 200 seeds must have come by; a simulation that never gets there shows nothing. */
  private static final String[] REACHED = {
    "PREPARING",
    "HELD",
    "SETTLING",
    "WATCHING",
    "HOLDING",
    "REVERTED",
    "SWITCHING",
    "VERIFYING",
    "UNDOING",
    "RETURN_PREPARING",
    "RETURNING",
    "VERIFIED",
    "UNPROVEN",
    "BAD",
    "FAILED",
    "MOVED",
    "TAKEN_OVER",
    "STOPPED",
    "UNDONE",
    "RETURNED",
    "KEPT",
    "REDEPLOY PREPARING",
    "REDEPLOY HELD",
    "REDEPLOY VERIFYING",
    "REDEPLOY RETURN_PREPARING",
    "REDEPLOY FAILED",
    "REDEPLOY STOPPED",
    "REDEPLOY UNDONE",
    "REDEPLOY RETURNED"
  };

  private static final Logger BOT = (Logger) LoggerFactory.getLogger("dev.rollbackbot");

  /** The bot warns of each of the many failures that are made here on purpose. */
  @BeforeAll
  static void beQuiet() {
    BOT.setLevel(Level.OFF);
  }

  @AfterAll
  static void speakAgain() {
    BOT.setLevel(null);
  }

  @Test
  void whateverHappensTheRollbackStaysTrueAndComesToRest() {
    var broken = new ArrayList<Run.Result>();
    var reached = new TreeMap<String, Integer>();
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Run.Result result = new Run(seed).play();
      result.reached().forEach(where -> reached.merge(where, 1, Integer::sum));
      if (result.violation().isPresent()) {
        broken.add(result);
      }
    }
    assertThat(broken.stream().map(Run.Result::seed))
        .as("seeds that break a promise%s", story(broken))
        .isEmpty();
    if (FIRST == 1 && SEEDS >= 200) {
      assertThat(reached.keySet())
          .as("what the seeds reach, in how many of them: %s", reached)
          .contains(REACHED);
    }
  }

  private static String story(List<Run.Result> broken) {
    var text = new StringBuilder();
    int shown = 0;
    for (Run.Result result : broken) {
      text.append("\nseed %d: %s%n".formatted(result.seed(), result.violation().orElse("")));
      if (shown++ < MOST_SHOWN) {
        text.append(
            "replay: mvn -q verify -Dtest=SimulationTest -Dsimulation.first=%d -Dsimulation.seeds=1%n"
                .formatted(result.seed()));
        result.log().forEach(line -> text.append("  ").append(line).append('\n'));
        result.cause().ifPresent(cause -> text.append(trace(cause)));
      }
    }
    return text.toString();
  }

  private static String trace(Throwable cause) {
    var lines = new StringBuilder("  " + cause + "\n");
    for (StackTraceElement frame : cause.getStackTrace()) {
      lines.append("    at ").append(frame).append('\n');
    }
    return lines.toString();
  }
}
