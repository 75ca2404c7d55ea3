package dev.rollbackbot.bench;

import java.time.Duration;
import java.util.function.ToDoubleFunction;

/**
 * What one front took from its start, over its first answer, to the end of a load.
 *
 * @param start from the start of its process until the first signed command was answered
 * @param startCpu CPU time until then
 * @param startResident bytes of memory then
 * @param firstThousand CPU time of the first thousand commands after that
 * @param nextThousand CPU time of each later thousand, on average
 * @param resident bytes of memory after them
 */
record FrontRun(
    Duration start,
    Duration startCpu,
    long startResident,
    Duration firstThousand,
    Duration nextThousand,
    long resident) {

  /** A column of the tables. */
  enum Figure {
    START("start", "ms", run -> millis(run.start())),
    START_CPU("CPU to start", "ms", run -> millis(run.startCpu())),
    START_RESIDENT("memory then", "MB", run -> run.startResident() / 1e6),
    FIRST_THOUSAND("CPU, first 1,000", "ms", run -> millis(run.firstThousand())),
    NEXT_THOUSAND("CPU, next 1,000", "ms", run -> millis(run.nextThousand())),
    RESIDENT("memory after", "MB", run -> run.resident() / 1e6);

    final String title;
    final String unit;
    private final ToDoubleFunction<FrontRun> value;

    Figure(String title, String unit, ToDoubleFunction<FrontRun> value) {
      this.title = title;
      this.unit = unit;
      this.value = value;
    }

    double of(FrontRun run) {
      return value.applyAsDouble(run);
    }
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }
}
