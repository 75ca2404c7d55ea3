package dev.rollbackbot.chart;

import dev.rollbackbot.chart.Pen.Align;
import dev.rollbackbot.domain.health.Share;
import dev.rollbackbot.domain.report.CanaryChart;
import dev.rollbackbot.domain.report.CanaryChart.Point;
import java.awt.geom.Path2D;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * One figure of both sides over time.
 *
 * @param title of the figure
 * @param target its points
 * @param live the other side's points
 * @param top pixel of the title's upper edge
 * @param bottom pixel of 0 percent
 */
record Panel(String title, List<Point> target, List<Point> live, double top, double bottom) {
  static final double TITLE = 48;

  private static final double LEAST_TOP = 0.02;
  private static final int GRID_LINES = 3;
  private static final int NAME = 28;
  private static final int FIGURE = 24;
  private static final double LABEL_HEIGHT = 58;

  void draw(Pen pen, CanaryChart chart, Scale time) {
    Scale share = Scale.upTo(greatest(), GRID_LINES, bottom, top + TITLE);
    grid(pen, share, time);
    steps(pen, chart, time);
    pen.size(FIGURE, true);
    pen.write(title, time.from(), top + 28, Align.LEFT, Pen.INK);
    series(pen, chart, live, Ink.LIVE, time, share);
    series(pen, chart, target, Ink.TARGET, time, share);
    labels(pen, chart, time, share);
  }

  private double greatest() {
    return DoubleStream.concat(
            DoubleStream.of(LEAST_TOP),
            Stream.concat(target.stream(), live.stream()).mapToDouble(p -> p.share().value()))
        .max()
        .orElse(LEAST_TOP);
  }

  private static void grid(Pen pen, Scale share, Scale time) {
    pen.size(FIGURE, false);
    for (double value : share.labels()) {
      double y = share.pixel(value);
      pen.line(time.from(), y, time.to(), y, value == 0 ? Pen.SOFT : Pen.GRID);
      pen.write(Pen.percent(value), time.from() - 12, y + 8, Align.RIGHT, Pen.SOFT);
    }
  }

  private void steps(Pen pen, CanaryChart chart, Scale time) {
    for (CanaryChart.Step step : chart.steps()) {
      double x = time.pixel(seconds(chart, step.at()));
      pen.line(x, top + TITLE, x, bottom, Pen.SOFT, 3, 5);
    }
  }

  /** Each rung for itself: the shares begin anew at a step. */
  private static void series(
      Pen pen, CanaryChart chart, List<Point> points, Ink ink, Scale time, Scale share) {
    var path = new Path2D.Double();
    int rung = -1;
    for (Point point : points) {
      double x = time.pixel(seconds(chart, point.at()));
      double y = share.pixel(point.share().value());
      if (point.rung() == rung) {
        path.lineTo(x, y);
      } else {
        path.moveTo(x, y);
      }
      rung = point.rung();
    }
    pen.path(path, ink);
    for (Point point : points) {
      pen.mark(time.pixel(seconds(chart, point.at())), share.pixel(point.share().value()), ink);
    }
  }

  /** Beside the last points, pushed apart where they would meet. */
  private void labels(Pen pen, CanaryChart chart, Scale time, Scale share) {
    double targetAt = place(target, share);
    double liveAt = place(live, share);
    double apart = LABEL_HEIGHT - Math.abs(targetAt - liveAt);
    if (apart > 0) {
      double up = targetAt <= liveAt ? -1 : 1;
      targetAt += up * apart / 2;
      liveAt -= up * apart / 2;
    }
    double over = Math.max(0, Math.max(targetAt, liveAt) - (bottom - LABEL_HEIGHT / 2 + 12));
    double under = Math.max(0, top + LABEL_HEIGHT / 2 + 12 - Math.min(targetAt, liveAt));
    double shift = under > 0 ? under : -over;
    double x = time.to() + 26;
    label(pen, chart.target(), figure(target), Ink.TARGET, x, targetAt + shift);
    label(pen, chart.live(), figure(live), Ink.LIVE, x, liveAt + shift);
  }

  private double place(List<Point> points, Scale share) {
    return points.isEmpty() ? bottom : share.pixel(points.getLast().share().value());
  }

  private static void label(Pen pen, String name, String figure, Ink ink, double x, double middle) {
    pen.mark(x + 2, middle - 12, ink);
    pen.fit(Pen.name(name), NAME, true, PngPainter.WIDTH - x - 26);
    pen.write(Pen.name(name), x + 20, middle - 2, Align.LEFT, ink.colour());
    pen.fit(figure, FIGURE, false, PngPainter.WIDTH - x - 26);
    pen.write(figure, x + 20, middle + 24, Align.LEFT, Pen.INK);
  }

  /** Of the last step that was looked at; what came before it stands in the picture. */
  private String figure(List<Point> points) {
    int rung = Math.max(lastRung(target), lastRung(live));
    return points.isEmpty() || lastRung(points) < rung
        ? "no requests"
        : figure(points.getLast().share());
  }

  private static String figure(Share share) {
    return String.format(Locale.ROOT, "%s of %,d", Pen.percent(share.value()), share.of());
  }

  private static int lastRung(List<Point> points) {
    return points.isEmpty() ? -1 : points.getLast().rung();
  }

  /** From the first step. */
  static double seconds(CanaryChart chart, Instant at) {
    return Duration.between(chart.steps().getFirst().at(), at).toMillis() / 1e3;
  }
}
