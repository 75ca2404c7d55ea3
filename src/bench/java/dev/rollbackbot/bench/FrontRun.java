package dev.rollbackbot.bench;

import java.time.Duration;

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
    START("start", "ms"),
    START_CPU("CPU to start", "ms"),
    START_RESIDENT("memory then", "MB"),
    FIRST_THOUSAND("CPU, first 1,000", "ms"),
    NEXT_THOUSAND("CPU, next 1,000", "ms"),
    RESIDENT("memory after", "MB");

    final String title;
    final String unit;

    Figure(String title, String unit) {
      this.title = title;
      this.unit = unit;
    }

    double of(FrontRun run) {
      return switch (this) {
        case START -> millis(run.start());
        case START_CPU -> millis(run.startCpu());
        case START_RESIDENT -> run.startResident() / 1e6;
        case FIRST_THOUSAND -> millis(run.firstThousand());
        case NEXT_THOUSAND -> millis(run.nextThousand());
        case RESIDENT -> run.resident() / 1e6;
      };
    }
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }
}
