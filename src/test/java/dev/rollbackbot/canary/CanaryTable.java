package dev.rollbackbot.canary;

import dev.rollbackbot.canary.Rates.Part;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prints how often canaries are judged wrongly, as the tables of canary.md.
 *
 * <p>The argument is the number of canaries for each line.
 */
final class CanaryTable {
  private static final int[] SIZES = {5, 20, 100, 500, 2_000, 5_000};
  private static final String HEAD =
      "| requests a rung | live → candidate | **ours** | over 5 %% | Fisher 0.05 | Mann-Whitney |%n"
          + "|---:|---|---:|---:|---:|---:|%n";

  private final int canaries;
  private final PrintStream out;

  private CanaryTable(int canaries, PrintStream out) {
    this.canaries = canaries;
    this.out = out;
  }

  public static void main(String[] args) {
    int canaries = Integer.parseInt(args[0]);
    if (canaries < 1) {
      throw new IllegalArgumentException("at least one canary, not " + canaries);
    }
    new CanaryTable(canaries, System.out).print();
  }

  private void print() {
    long begun = System.nanoTime();
    aims();
    section("Falsely worse: both sides are the same", SIZES, same(), Part::worse);
    section("Falsely better: both sides are the same", SIZES, same(), Part::better);
    section("A doubled error rate, missed", SIZES, rises(0.01, 0.02, 0.04, 0.08), Part::missed);
    section(
        "A larger rise, missed",
        new int[] {20, 100, 500},
        rises(0.01, 0.1, 0.01, 0.33),
        Part::missed);
    section(
        "Back from a sick revision: better, found",
        new int[] {20, 100, 500},
        List.of(Story.back(0, 0.33, 0.01), Story.back(0, 0.1, 0.01)),
        Part::better);
    unusual();
    out.printf(
        Locale.ROOT,
        "%n%,d canaries a line, %.0f s on %d cores%n",
        canaries,
        (System.nanoTime() - begun) / 1e9,
        Runtime.getRuntime().availableProcessors());
  }

  private void aims() {
    out.printf("%n### Aims%n%n| | aim | measured | |%n|---|---:|---:|---|%n");
    double worst =
        Arrays.stream(SIZES)
            .boxed()
            .flatMap(size -> same().stream().map(story -> story.of(size)))
            .mapToDouble(story -> Rates.of(story, canaries).ours().worse())
            .max()
            .orElseThrow();
    aim("falsely worse, at most, in all of 1, 4, 33 % and 5 to 5,000 requests", worst, 0.03, false);
    aim("1 % → 10 % caught at 100 requests", worse(Story.forward(100, 0.01, 0.1)), 0.3, true);
    aim("1 % → 10 % caught at 500", worse(Story.forward(500, 0.01, 0.1)), 0.99, true);
    aim("1 % → 33 % caught at 100", worse(Story.forward(100, 0.01, 0.33)), 0.99, true);
    aim(
        "33 % → 1 % found better at 100",
        Rates.of(Story.back(100, 0.33, 0.01), canaries).ours().better(), 0.99, true);
    double falselyBetter =
        Arrays.stream(SIZES)
            .mapToObj(size -> Story.back(size, 0.33, 0.33))
            .mapToDouble(story -> Rates.of(story, canaries).ours().better())
            .max()
            .orElseThrow();
    aim("33 % → 33 % falsely better, at most", falselyBetter, 0.03, false);
  }

  private double worse(Story story) {
    return Rates.of(story, canaries).ours().worse();
  }

  private void aim(String what, double measured, double aim, boolean atLeast) {
    out.printf(
        "| %s | %s %s | %s | %s |%n",
        what,
        atLeast ? "≥" : "≤",
        percent(aim),
        percent(measured),
        (atLeast ? measured >= aim : measured <= aim) ? "met" : "MISSED");
  }

  private void section(
      String title, int[] sizes, List<Story> stories, ToDoubleFunction<Part> figure) {
    out.printf("%n### %s%n%n" + HEAD, title);
    for (int size : sizes) {
      for (Story story : stories) {
        Rates rates = Rates.of(story.of(size), canaries, Rule.values());
        out.printf(
            Locale.ROOT,
            "| %,d | %s → %s | **%s** | %s |%n",
            size,
            percent(story.live()),
            percent(story.first()),
            percent(figure.applyAsDouble(rates.ours())),
            others(rates, figure));
      }
    }
  }

  private void unusual() {
    out.printf(
        "%n### Unusual canaries%n%n"
            + "| requests a rung | | **worse** | **goes on at the end** | Fisher 0.05 worse |"
            + " Mann-Whitney worse |%n|---:|---|---:|---:|---:|---:|%n");
    for (int size : new int[] {100, 500}) {
      Story healthy = Story.forward(size, 0.01, 0.01);
      Story four = Story.forward(size, 0.04, 0.04);
      line("both the same (1 %)", healthy);
      line("sick (10 %) on the second rung only", healthy.onSecondRung(0.1));
      line("80 % of errors on both sides for one look", healthy.withOutage(0.8));
      line("4 %, errors in bursts of 20, spread over the sides", four.inBursts(20, false));
      line("4 %, errors in bursts of 20, each on one side (affinity)", four.inBursts(20, true));
      line("every answer takes twice as long", healthy.slowed(2));
      line("every answer takes 1.2 times as long", healthy.slowed(1.2));
      line(
          "back, well on the first rung, as sick as live (33 %) on the second",
          Story.back(size, 0.33, 0.01).onSecondRung(0.33));
      line(
          "back, well on the first rung, sicker (60 %) on the second",
          Story.back(size, 0.33, 0.01).onSecondRung(0.6));
    }
  }

  private void line(String what, Story story) {
    Rates rates = Rates.of(story, canaries, Rule.FISHER, Rule.MANN_WHITNEY);
    out.printf(
        Locale.ROOT,
        "| %,d | %s | **%s** | **%s** | %s |%n",
        story.requests(),
        what,
        percent(rates.ours().worse()),
        percent(rates.goesOn()),
        others(rates, Part::worse));
  }

  private static String others(Rates rates, ToDoubleFunction<Part> figure) {
    return rates.others().values().stream()
        .map(part -> percent(figure.applyAsDouble(part)))
        .collect(Collectors.joining(" | "));
  }

  private static List<Story> same() {
    return Stream.of(0.01, 0.04, 0.33).map(rate -> Story.forward(0, rate, rate)).toList();
  }

  private static List<Story> rises(double from, double to, double otherFrom, double otherTo) {
    return List.of(Story.forward(0, from, to), Story.forward(0, otherFrom, otherTo));
  }

  private static String percent(double share) {
    String text = String.format(Locale.ROOT, "%.1f", share * 100);
    return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " %";
  }
}
