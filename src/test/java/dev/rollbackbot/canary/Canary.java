package dev.rollbackbot.canary;

import dev.rollbackbot.domain.health.Look;
import dev.rollbackbot.domain.health.Side;
import dev.rollbackbot.domain.health.SlowLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One canary as chance plays it: each request draws its side, its fate and its latency.
 *
 * <p>Latencies are log-normal with a median of 100 ms and a 95th percentile near 270 ms.
 */
record Canary(SlowLine line, List<Seen> seen) {
  private static final double MEDIAN = 100;
  private static final double SPREAD = 0.6;
  private static final int BEFORE = 200;

  /**
   * A look, and what the log shows beside it.
   *
   * @param candidateP95 in milliseconds, NaN when there was no answer
   */
  record Seen(Look look, double candidateP95, double baselineP95) {}

  static Canary play(Story story, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    SlowLine line = SlowLine.of(story.direction(), Duration.ofMillis((long) liveP95(random)));
    var seen = new ArrayList<Seen>();
    for (int rung = 0; rung < Story.RUNGS; rung++) {
      for (int look = 0; look < Story.LOOKS; look++) {
        seen.add(look(story, rung, look, line, random));
      }
    }
    return new Canary(line, List.copyOf(seen));
  }

  List<Look> looks() {
    return seen.stream().map(Seen::look).toList();
  }

  private static Seen look(Story story, int rung, int look, SlowLine line, RandomGenerator random) {
    int requests =
        story.requests() * (look + 1) / Story.LOOKS - story.requests() * look / Story.LOOKS;
    var candidate = new Counter(requests);
    var baseline = new Counter(requests);
    double fate = 0;
    double draw = 0;
    for (int i = 0; i < requests; i++) {
      boolean next = i % story.burst() == 0;
      fate = next ? random.nextDouble() : fate;
      draw = next || !story.sticky() ? random.nextDouble() : draw;
      if (draw < story.share(rung)) {
        candidate.add(fate < story.candidateErrors(rung, look), latency(random) * story.slowdown());
      } else {
        baseline.add(fate < story.liveErrors(rung, look), latency(random));
      }
    }
    double over = line.over().toMillis();
    return new Seen(
        new Look(rung, candidate.side(over), baseline.side(over)), candidate.p95(), baseline.p95());
  }

  private static double liveP95(RandomGenerator random) {
    var before = new Counter(BEFORE);
    for (int i = 0; i < BEFORE; i++) {
      before.add(false, latency(random));
    }
    return before.p95();
  }

  private static double latency(RandomGenerator random) {
    return MEDIAN * Math.exp(SPREAD * random.nextGaussian());
  }

  private static final class Counter {
    private final double[] latencies;
    private int answered;
    private int errors;

    private Counter(int most) {
      this.latencies = new double[most];
    }

    private void add(boolean failed, double latency) {
      if (failed) {
        errors++;
      } else {
        latencies[answered++] = latency;
      }
    }

    private Side side(double over) {
      int slow = (int) Arrays.stream(latencies, 0, answered).filter(l -> l > over).count();
      return new Side(answered + errors, errors, slow);
    }

    private double p95() {
      if (answered == 0) {
        return Double.NaN;
      }
      Arrays.sort(latencies, 0, answered);
      return latencies[(int) Math.ceil(0.95 * answered) - 1];
    }
  }
}
