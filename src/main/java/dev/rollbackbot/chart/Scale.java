package dev.rollbackbot.chart;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One axis: values from 0 to a round top, on a stretch of pixels.
 *
 * @param top in the axis' own unit, positive
 * @param step between two labels
 * @param from the pixel of 0
 * @param to the pixel of {@code top}; less than {@code from} on an axis that points up
 */
record Scale(double top, double step, double from, double to) {
  private static final List<Double> ROUND = List.of(1.0, 2.0, 5.0, 10.0);

  /**
   * A scale that ends in a label at or above the greatest value.
   *
   * @param steps the most that fit
   */
  static Scale upTo(double greatest, int steps, double from, double to) {
    double step = round(greatest / steps);
    return new Scale(Math.max(1, Math.ceil(greatest / step - 1e-9)) * step, step, from, to);
  }

  /** A scale that ends with its greatest value, wherever that is. */
  static Scale exactly(double greatest, int steps, double from, double to) {
    return new Scale(greatest, round(greatest / steps), from, to);
  }

  /** The next number above that begins with 1, 2 or 5. */
  private static double round(double least) {
    double magnitude = Math.pow(10, Math.floor(Math.log10(least)));
    return ROUND.stream()
        .mapToDouble(r -> r * magnitude)
        .filter(r -> r >= least - 1e-9)
        .findFirst()
        .orElse(10 * magnitude);
  }

  double pixel(double value) {
    return from + (to - from) * Math.clamp(value, 0, top) / top;
  }

  double[] labels() {
    int last = (int) Math.floor(top / step + 1e-9);
    return IntStream.rangeClosed(0, last).mapToDouble(i -> i * step).toArray();
  }
}
