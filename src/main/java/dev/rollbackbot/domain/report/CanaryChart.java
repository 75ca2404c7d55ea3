package dev.rollbackbot.domain.report;

import dev.rollbackbot.domain.health.LoggedRequest.Arm;
import dev.rollbackbot.domain.health.Look;
import dev.rollbackbot.domain.health.Share;
import dev.rollbackbot.domain.health.Side;
import dev.rollbackbot.domain.health.SlowLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A canary so far, as its picture and its table show it: what users got from both sides since each
 * step.
 *
 * <p>Shares are of all requests since the step and not of each look alone: with few requests single
 * looks jump, and the last point is then the figure that stands in the table.
 *
 * @param target as people call it: a short commit or a revision
 * @param live the same of the other side
 * @param slowLine what counts as a slow answer; without one only errors are shown
 * @param steps in order, at least one; the first is rung 0
 * @param looks in order
 */
public record CanaryChart(
    String target, String live, Optional<SlowLine> slowLine, List<Step> steps, List<Seen> looks) {

  /** The moment at which the target's share of users became this, 1 to 100. */
  public record Step(Instant at, int percent) {
    public Step {
      if (percent < 1 || percent > 100) {
        throw new IllegalArgumentException("a step is 1 to 100 percent, not " + percent);
      }
    }
  }

  /** A look and the moment up to which it saw. */
  public record Seen(Instant until, Look look) {}

  /** Everything of one rung, in sums. */
  public record Rung(Step step, Side target, Side live) {}

  /** A share since the step of its rung, at the end of a look. */
  public record Point(int rung, Instant at, Share share) {}

  public CanaryChart {
    steps = List.copyOf(steps);
    looks = List.copyOf(looks);
    if (target.isBlank() || live.isBlank() || steps.isEmpty()) {
      throw new IllegalArgumentException("a chart needs two names and a step");
    }
    for (Seen seen : looks) {
      if (seen.look().rung() >= steps.size()) {
        throw new IllegalArgumentException("no step for rung " + seen.look().rung());
      }
    }
  }

  /** Where the picture ends; where it begins is the first step. */
  public Instant end() {
    Instant lastStep = steps.getLast().at();
    return looks.stream()
        .map(Seen::until)
        .filter(lastStep::isBefore)
        .max(Instant::compareTo)
        .orElse(lastStep);
  }

  /** One for each step. */
  public List<Rung> rungs() {
    return IntStream.range(0, steps.size())
        .mapToObj(
            rung ->
                new Rung(steps.get(rung), sum(rung, Look::candidate), sum(rung, Look::baseline)))
        .toList();
  }

  /** Shares of 5xx; none where nobody had come. */
  public List<Point> errors(Arm arm) {
    return points(arm, side -> new Share(side.errors(), side.requests()));
  }

  /** Shares of slow answers among those that were no 5xx; none without a line. */
  public List<Point> slow(Arm arm) {
    return slowLine.isEmpty()
        ? List.of()
        : points(arm, side -> new Share(side.slow(), side.requests() - side.errors()));
  }

  private List<Point> points(Arm arm, Function<Side, Share> share) {
    var points = new ArrayList<Point>();
    Side sum = Side.NONE;
    int rung = 0;
    for (Seen seen : looks) {
      if (seen.look().rung() != rung) {
        rung = seen.look().rung();
        sum = Side.NONE;
      }
      sum = sum.plus(side(arm).apply(seen.look()));
      Share now = share.apply(sum);
      if (now.of() > 0) {
        points.add(new Point(rung, seen.until(), now));
      }
    }
    return List.copyOf(points);
  }

  private Side sum(int rung, Function<Look, Side> side) {
    return looks.stream()
        .map(Seen::look)
        .filter(look -> look.rung() == rung)
        .map(side)
        .reduce(Side.NONE, Side::plus);
  }

  private static Function<Look, Side> side(Arm arm) {
    return switch (arm) {
      case CANDIDATE -> Look::candidate;
      case BASELINE -> Look::baseline;
    };
  }
}
