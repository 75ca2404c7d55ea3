package dev.rollbackbot.bench;

import dev.rollbackbot.bench.FrontRun.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The tables of the front's benchmark, in Markdown. */
final class FrontTables {
  private FrontTables() {}

  /** One variant and its runs, in the order of the rounds. */
  record Series(String name, List<FrontRun> runs) {
    Series {
      runs = List.copyOf(runs);
    }

    private List<Double> values(Figure figure) {
      return runs.stream().map(figure::of).toList();
    }
  }

  /** The median of every figure, a row for each variant. */
  static String medians(List<Series> all) {
    var rows = new ArrayList<List<String>>();
    for (Series series : all) {
      rows.add(
          Stream.concat(
                  Stream.of(series.name()),
                  Stream.of(Figure.values())
                      .map(figure -> number("%.0f", Spread.of(series.values(figure)).median())))
              .toList());
    }
    return table(
        Stream.concat(
                Stream.of("median"),
                Stream.of(Figure.values()).map(figure -> figure.title + ", " + figure.unit))
            .toList(),
        rows);
  }

  /**
   * Ours by each other one, a row for each figure: median, quartiles in brackets.
   *
   * <p>A ratio is made inside a round, between runs that were neighbours in time, so it holds where
   * the machine's speed drifts.
   */
  static String ratios(Series ours, List<Series> others) {
    var rows = new ArrayList<List<String>>();
    for (Figure figure : Figure.values()) {
      rows.add(
          Stream.concat(
                  Stream.of(figure.title),
                  others.stream().map(other -> ratio(ours.values(figure), other.values(figure))))
              .toList());
    }
    return table(
        Stream.concat(
                Stream.of(ours.name() + " /"), others.stream().map(other -> "/ " + other.name()))
            .toList(),
        rows);
  }

  private static String ratio(List<Double> ours, List<Double> theirs) {
    var spread =
        Spread.of(
            IntStream.range(0, ours.size()).mapToObj(i -> ours.get(i) / theirs.get(i)).toList());
    return number("%.2f", spread.median())
        + " ["
        + number("%.2f", spread.lower())
        + "–"
        + number("%.2f", spread.upper())
        + "]";
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String table(List<String> head, List<List<String>> rows) {
    var lines = new ArrayList<String>();
    lines.add(line(head));
    lines.add("|---" + "|---:".repeat(head.size() - 1) + "|");
    rows.forEach(row -> lines.add(line(row)));
    return String.join("\n", lines);
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
