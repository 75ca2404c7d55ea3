package dev.rollbackbot.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one thing took, again and again, as it was waited for and without the stand-ins' work. */
public final class Samples {
  private final String name;
  private final Duration aim;
  private final List<Duration> raw = new ArrayList<>();
  private final List<Duration> net = new ArrayList<>();

  /**
   * @param aim at the 99th percentile, net
   */
  public Samples(String name, Duration aim) {
    this.name = name;
    this.aim = aim;
  }

  /** Adds one wait, of which the stand-ins were at work for {@code standIns}. */
  public void add(Duration waited, Duration standIns) {
    raw.add(waited);
    net.add(waited.minus(standIns));
  }

  /** The table's head. */
  public static String head() {
    return "| | n | raw p50 | raw p99 | raw max | net p50 | net p99 | aim p99 | |\n"
        + "|---|---:|---:|---:|---:|---:|---:|---:|---|";
  }

  /** One line of the table, in milliseconds. */
  public String row() {
    return "| %s | %d | %s | %s | %s | %s | %s | %s | %s |"
        .formatted(
            name,
            raw.size(),
            millis(percentile(raw, 50)),
            millis(percentile(raw, 99)),
            millis(percentile(raw, 100)),
            millis(percentile(net, 50)),
            millis(percentile(net, 99)),
            millis(aim),
            percentile(net, 99).compareTo(aim) <= 0 ? "met" : "MISSED");
  }

  /** By nearest rank. */
  private static Duration percentile(List<Duration> samples, int percent) {
    int rank = (int) Math.ceil(percent / 100.0 * samples.size());
    return samples.stream().sorted().toList().get(Math.max(0, rank - 1));
  }

  private static String millis(Duration time) {
    return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
  }
}
