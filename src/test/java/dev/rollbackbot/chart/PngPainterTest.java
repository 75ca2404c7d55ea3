package dev.rollbackbot.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rollbackbot.domain.health.Look;
import dev.rollbackbot.domain.health.Side;
import dev.rollbackbot.domain.health.SlowLine;
import dev.rollbackbot.domain.report.CanaryChart;
import dev.rollbackbot.domain.report.CanaryChart.Seen;
import dev.rollbackbot.domain.report.CanaryChart.Step;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class PngPainterTest {
  private static final Instant START = Instant.parse("2026-11-24T03:00:00Z");
  private static final Optional<SlowLine> LINE = Optional.of(new SlowLine(Duration.ofMillis(480)));
  private static final List<Step> STEPS =
      List.of(new Step(START, 10), new Step(START.plusSeconds(300), 50));
  private static final int TITLE_BOTTOM = 84;
  private static final int BESIDE = 760;

  @Test
  void isASmallPngOnWhiteWithBothSides() throws IOException {
    byte[] png = png(chart(LINE, 5, new Side(8, 0, 1), new Side(72, 24, 9)));

    assertThat(png.length).isLessThan(60_000);
    assertThat(new String(png, 1, 3, StandardCharsets.US_ASCII)).isEqualTo("PNG");
    BufferedImage image = read(png);
    assertThat(image.getWidth()).isEqualTo(PngPainter.WIDTH);
    assertThat(image.getRGB(0, 0)).as("its own white, in dark mode too").isEqualTo(0xffffffff);
    assertThat(image.getColorModel().hasAlpha()).isFalse();
    assertThat(pixels(image, Ink.TARGET, BESIDE)).isGreaterThan(100);
    assertThat(pixels(image, Ink.LIVE, BESIDE)).isGreaterThan(100);
  }

  @Test
  void withoutColourTheSidesDifferByStrokeAndMark() throws IOException {
    BufferedImage image =
        read(png(chart(Optional.empty(), 5, new Side(10, 2, 0), new Side(90, 60, 0))));

    // One run of ink from the first point to the last, against one for each dash and mark.
    assertThat(runs(image, Ink.TARGET)).isLessThan(4);
    assertThat(runs(image, Ink.LIVE)).isGreaterThan(8);
  }

  @Test
  void aLongCanaryStaysSmall() {
    assertThat(png(chart(LINE, 120, new Side(800, 30, 90), new Side(7_200, 2_400, 900))).length)
        .isLessThan(60_000);
  }

  @Test
  void nobodyOnOneSideOrAtAllIsDrawnToo() throws IOException {
    BufferedImage image = read(png(chart(LINE, 3, Side.NONE, new Side(1, 0, 0))));

    assertThat(pixels(image, Ink.LIVE, BESIDE)).isGreaterThan(100);
    assertThat(pixels(image, Ink.TARGET, 0)).as("only its name").isLessThan(3_000);
    assertThat(png(chart(Optional.empty(), 0, Side.NONE, Side.NONE))).isNotEmpty();
  }

  @Test
  void namesFromOutsideMayBeLongOrNotAscii() {
    var chart =
        new CanaryChart(
            "切り戻し",
            "a-service-with-a-very-long-name-00042-abc",
            LINE,
            STEPS,
            List.of(new Seen(START.plusSeconds(60), new Look(0, Side.NONE, new Side(9, 1, 1)))));

    assertThat(png(chart)).isNotEmpty();
    assertThat(Pen.name("切り戻し")).isEqualTo("????");
    assertThat(Pen.name("a-service-with-a-very-long-name-00042-abc"))
        .isEqualTo("..g-name-00042-abc");
  }

  /** A JRE in a container without a font: the words must do. */
  @Test
  void withoutAnyFontThereIsNoPictureAndNoHarm(@TempDir Path home)
      throws IOException, InterruptedException {
    assumeThat(System.getProperty("os.name").toLowerCase(Locale.ROOT)).contains("linux");
    Path fonts =
        Files.writeString(home.resolve("fonts.conf"), "<?xml version=\"1.0\"?><fontconfig/>");
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Duser.home=" + home,
            "-cp",
            Stream.of(Fontless.class, PngPainter.class, LoggerFactory.class, NullMarked.class)
                .map(PngPainterTest::place)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator)),
            Fontless.class.getName());
    builder.environment().put("FONTCONFIG_FILE", fonts.toString());
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("pictures: 0 of 2");
  }

  private static String place(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  /** What runs without fonts. */
  static final class Fontless {
    private Fontless() {}

    public static void main(String[] args) {
      var painter = new PngPainter();
      CanaryChart chart = chart(LINE, 5, Side.NONE, Side.NONE);
      long drawn = IntStream.range(0, 2).filter(_ -> painter.png(chart).isPresent()).count();
      System.out.println("pictures: " + drawn + " of 2");
    }
  }

  private static CanaryChart chart(
      Optional<SlowLine> line, int looksEach, Side candidate, Side baseline) {
    var looks = new ArrayList<Seen>();
    for (int rung = 0; rung < STEPS.size(); rung++) {
      for (int i = 1; i <= looksEach; i++) {
        Instant until = STEPS.get(rung).at().plusMillis(290_000L * i / looksEach);
        looks.add(new Seen(until, new Look(rung, candidate, baseline)));
      }
    }
    return new CanaryChart("6831359", "930c691", line, STEPS, looks);
  }

  private static byte[] png(CanaryChart chart) {
    return new PngPainter().png(chart).orElseThrow();
  }

  private static BufferedImage read(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private static long pixels(BufferedImage image, Ink ink, int fromX) {
    return IntStream.range(fromX, image.getWidth())
        .mapToLong(
            x ->
                IntStream.range(0, image.getHeight())
                    .filter(y -> is(image, x, y, ink.colour()))
                    .count())
        .sum();
  }

  /** How often the ink begins anew from left to right within the first rung. */
  private static int runs(BufferedImage image, Ink ink) {
    int runs = 0;
    boolean before = false;
    for (int x = 100; x < 420; x++) {
      int column = x;
      boolean now =
          IntStream.range(TITLE_BOTTOM, image.getHeight())
              .anyMatch(y -> is(image, column, y, ink.colour()));
      runs += now && !before ? 1 : 0;
      before = now;
    }
    return runs;
  }

  private static boolean is(BufferedImage image, int x, int y, Color colour) {
    return image.getRGB(x, y) == colour.getRGB();
  }
}
