package dev.rollbackbot.chart;

import dev.rollbackbot.chart.Pen.Align;
import dev.rollbackbot.domain.health.LoggedRequest.Arm;
import dev.rollbackbot.domain.report.CanaryChart;
import dev.rollbackbot.port.ChartPainter;
import java.awt.AWTError;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws charts as PNG with Java2D: {@value #WIDTH} pixels wide, under 60 KB, in some tens of
 * milliseconds after the first one.
 *
 * <p>Needs the JDK's desktop module, fontconfig and any font. Where one of them is missing no
 * picture is drawn, and the log says so.
 */
public final class PngPainter implements ChartPainter {
  private static final Logger LOG = LoggerFactory.getLogger(PngPainter.class);

  static final int WIDTH = 1_000;
  static final int HEIGHT = 560;

  private static final double LEFT = 96;
  private static final double RIGHT = 744;
  private static final double TOP = 44;
  private static final double BOTTOM = HEIGHT - 46;
  private static final int TYPE = 24;
  private static final int TIME_LABELS = 6;

  @Override
  public Optional<byte[]> png(CanaryChart chart) {
    try {
      return Optional.of(encoded(Palette.apply(drawn(chart))));
    } catch (RuntimeException | LinkageError | InternalError | AWTError e) {
      // Without fonts the JDK throws a bare RuntimeException first and then whatever is left.
      LOG.warn("no picture was drawn; a JRE needs its desktop module, fontconfig and a font", e);
      return Optional.empty();
    }
  }

  private static BufferedImage drawn(CanaryChart chart) {
    // Asked for by no window: without this, a machine with a broken display would fail.
    System.setProperty("java.awt.headless", "true");
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    var canvas = image.createGraphics();
    try {
      draw(new Pen(canvas), chart);
    } finally {
      canvas.dispose();
    }
    return image;
  }

  private static void draw(Pen pen, CanaryChart chart) {
    pen.clear(WIDTH, HEIGHT);
    double length = Math.max(1, Panel.seconds(chart, chart.end()));
    Scale time = Scale.exactly(length, TIME_LABELS, LEFT, RIGHT);
    for (Panel panel : panels(chart)) {
      panel.draw(pen, chart, time);
    }
    stepNames(pen, chart, time);
    timeLabels(pen, length);
  }

  private static List<Panel> panels(CanaryChart chart) {
    boolean both = chart.slowLine().isPresent();
    double middle = (TOP + BOTTOM) / 2;
    var panels = new ArrayList<Panel>();
    panels.add(
        new Panel(
            "5xx answers since the step",
            chart.errors(Arm.CANDIDATE),
            chart.errors(Arm.BASELINE),
            TOP,
            both ? middle - 10 : BOTTOM));
    chart
        .slowLine()
        .ifPresent(
            line ->
                panels.add(
                    new Panel(
                        String.format(
                            Locale.ROOT,
                            "answers over %,d ms since the step",
                            line.over().toMillis()),
                        chart.slow(Arm.CANDIDATE),
                        chart.slow(Arm.BASELINE),
                        middle,
                        BOTTOM)));
    return panels;
  }

  /** The first tells whose share it is; one that would run into the last is left out. */
  private static void stepNames(Pen pen, CanaryChart chart, Scale time) {
    pen.size(TYPE, true);
    double free = 0;
    for (CanaryChart.Step step : chart.steps()) {
      double x = time.pixel(Panel.seconds(chart, step.at()));
      String name = step.percent() + " %";
      if (x >= free) {
        pen.write(name, x, 32, Align.LEFT, Pen.INK);
        free = x + pen.width(name) + 12;
      }
    }
    String whose = "on " + Pen.name(chart.target());
    double last = time.pixel(Panel.seconds(chart, chart.steps().getLast().at()));
    pen.write(whose, Math.max(free, last), 32, Align.LEFT, Pen.INK);
  }

  /** Since the first step, in the unit that suits: a clock's time would need a zone. */
  private static void timeLabels(Pen pen, double seconds) {
    Unit unit = seconds < 180 ? Unit.S : seconds < 3 * 3_600 ? Unit.MIN : Unit.H;
    Scale scale = Scale.exactly(seconds / unit.seconds, TIME_LABELS, LEFT, RIGHT);
    pen.size(TYPE, false);
    for (double at : scale.labels()) {
      String label = at == 0 ? "0" : Pen.number(at) + " " + unit.name().toLowerCase(Locale.ROOT);
      pen.write(label, scale.pixel(at), HEIGHT - 12, Align.MIDDLE, Pen.SOFT);
    }
  }

  private enum Unit {
    S(1),
    MIN(60),
    H(3_600);

    private final int seconds;

    Unit(int seconds) {
      this.seconds = seconds;
    }
  }

  private static byte[] encoded(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam smallest = writer.getDefaultWriteParam();
    smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    smallest.setCompressionQuality(0);
    var bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), smallest);
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
