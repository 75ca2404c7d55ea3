package dev.rollbackbot.text;

import java.util.Locale;

/** Numbers as both languages write them. */
final class Numbers {
  private Numbers() {}

  /** {@code 12,345}. */
  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A share of 0 to 1 as {@code 33.3 %}; {@code 0 %} only for a true zero. */
  static String share(double share) {
    if (share == 0 || share == 1) {
      return share == 0 ? "0 %" : "100 %";
    }
    return share < 0.001 ? "< 0.1 %" : String.format(Locale.ROOT, "%.1f %%", share * 100);
  }
}
