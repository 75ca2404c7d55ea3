package dev.rollbackbot.chart;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The few colours of a chart and their soft edges on white: with a byte for each pixel, and no
 * noise, the file is a third as large.
 */
final class Palette {
  private static final int SHADES = 40;
  private static final List<Color> INKS =
      List.of(Pen.INK, Pen.SOFT, Pen.GRID, Ink.TARGET.colour(), Ink.LIVE.colour());

  private final int[] colours =
      IntStream.concat(
              IntStream.of(Pen.PAPER.getRGB()),
              INKS.stream()
                  .flatMapToInt(ink -> IntStream.rangeClosed(1, SHADES).map(i -> shade(ink, i))))
          .toArray();
  private final Map<Integer, Integer> nearest = new HashMap<>();

  /** The same picture in these colours. */
  static BufferedImage apply(BufferedImage image) {
    return new Palette().reduced(image);
  }

  private BufferedImage reduced(BufferedImage image) {
    int width = image.getWidth();
    var model = new IndexColorModel(8, colours.length, colours, 0, false, -1, 0);
    var reduced =
        new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
    var row = new int[width];
    int last = Pen.PAPER.getRGB();
    int index = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        // Most pixels are like the one before: no look-up for those.
        if (row[x] != last) {
          last = row[x];
          index = nearest.computeIfAbsent(last, this::index);
        }
        row[x] = index;
      }
      reduced.getRaster().setPixels(0, y, width, 1, row);
    }
    return reduced;
  }

  private int index(int rgb) {
    int best = 0;
    for (int i = 1; i < colours.length; i++) {
      if (distance(colours[i], rgb) < distance(colours[best], rgb)) {
        best = i;
      }
    }
    return best;
  }

  private static int distance(int a, int b) {
    int red = (a >> 16 & 0xff) - (b >> 16 & 0xff);
    int green = (a >> 8 & 0xff) - (b >> 8 & 0xff);
    int blue = (a & 0xff) - (b & 0xff);
    return red * red + green * green + blue * blue;
  }

  private static int shade(Color ink, int of) {
    return new Color(mixed(ink.getRed(), of), mixed(ink.getGreen(), of), mixed(ink.getBlue(), of))
        .getRGB();
  }

  private static int mixed(int channel, int of) {
    return 255 - (255 - channel) * of / SHADES;
  }
}
