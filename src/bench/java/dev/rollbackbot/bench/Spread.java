package dev.rollbackbot.bench;

import java.util.List;

/** The middle and the spread of numbers that were measured again and again. */
record Spread(double lower, double median, double upper) {

  /** By linear interpolation; of one number it is that number three times. */
  static Spread of(List<Double> numbers) {
    List<Double> sorted = numbers.stream().sorted().toList();
    return new Spread(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
  }

  private static double at(List<Double> sorted, double share) {
    double place = share * (sorted.size() - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
  }
}
