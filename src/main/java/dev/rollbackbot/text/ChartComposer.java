package dev.rollbackbot.text;

import dev.rollbackbot.domain.health.Share;
import dev.rollbackbot.domain.health.Side;
import dev.rollbackbot.domain.report.CanaryChart;
import dev.rollbackbot.domain.report.CanaryChart.Rung;
import dev.rollbackbot.domain.report.CanaryChart.Step;
import dev.rollbackbot.text.Message.Block;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says in words what a canary's picture shows: for the text beside it and for who hears it. */
public final class ChartComposer {
  /** As Slack limits the description of a picture. */
  private static final int ALT_TEXT = 1_000;

  /** Below this, steps may share a minute. */
  private static final Duration SHORT = Duration.ofMinutes(10);

  private static final int NAME = 18;
  private static final String GAP = "  ";

  private final ZoneId zone;

  /** Times in this zone, whatever the language. */
  public ChartComposer(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * The words of one picture.
   *
   * @param fileName in ASCII, ends in {@code .png}
   * @param altText at most 1,000 UTF-16 units; the newest step first
   * @param table the same figures as blocks of a message
   */
  public record Caption(String fileName, String title, String altText, List<Block> table) {
    public Caption {
      table = List.copyOf(table);
    }
  }

  public Caption caption(CanaryChart chart, Locale locale) {
    return new Words(Voice.of(locale, Optional.of(zone)), chart).caption();
  }

  private record Words(Voice voice, CanaryChart chart) {

    Caption caption() {
      Step now = chart.steps().getLast();
      String name = chart.target().replaceAll("[^A-Za-z0-9.-]", "_");
      return new Caption(
          "canary-%s-%d.png".formatted(name, now.percent()),
          voice.plain("chart.title", target(), live(), Slot.number("percent", now.percent())),
          OneLine.within(altText(), ALT_TEXT),
          table());
    }

    private Slot target() {
      return Slot.text("target", PlainText.calm(chart.target()));
    }

    private Slot live() {
      return Slot.text("live", PlainText.calm(chart.live()));
    }

    private Optional<Slot> line() {
      return chart
          .slowLine()
          .map(line -> Slot.text("line", Numbers.grouped(line.over().toMillis()) + " ms"));
    }

    private String altText() {
      var sentences = new ArrayList<String>();
      sentences.add(voice.plain("chart.alt", target(), live()));
      for (Rung rung : chart.rungs().reversed()) {
        sentences.add(
            voice.plain(
                "chart.alt.rung",
                Slot.number("percent", rung.step().percent()),
                Slot.text("time", time(rung.step().at())),
                target(),
                live(),
                said("errors", errors(rung.target())),
                said("liveErrors", errors(rung.live()))));
        line()
            .ifPresent(
                line ->
                    sentences.add(
                        voice.plain(
                            "chart.alt.slow",
                            line,
                            target(),
                            live(),
                            said("slow", slow(rung.target())),
                            said("liveSlow", slow(rung.live())))));
      }
      return String.join(voice.plain("sentences.join"), sentences);
    }

    private Slot said(String name, Share share) {
      return Slot.text(
          name,
          share.of() == 0
              ? voice.plain("chart.share.none")
              : voice.plain(
                  "chart.share",
                  Slot.number("count", share.count()),
                  Slot.number("of", share.of()),
                  Slot.text("share", Numbers.share(share.value()))));
    }

    private List<Block> table() {
      var blocks = new ArrayList<Block>();
      blocks.add(
          new Block.Paragraph(
              Sentences.lines(
                  voice.say(
                      "chart.steps",
                      Slot.text("steps", steps()),
                      Slot.text("zone", voice.clock().zone())),
                  voice.say("chart.errors"))));
      blocks.add(rows(Words::errors));
      line()
          .ifPresent(
              line -> {
                blocks.add(voice.paragraph("chart.slow", line));
                blocks.add(rows(Words::slow));
              });
      return blocks;
    }

    private String steps() {
      return chart.steps().stream()
          .map(step -> step.percent() + " % " + time(step.at()))
          .collect(Collectors.joining(", "));
    }

    private String time(Instant at) {
      Duration length = Duration.between(chart.steps().getFirst().at(), chart.end());
      return length.compareTo(SHORT) < 0 ? voice.clock().time(at) : voice.clock().minute(at);
    }

    /** Columns of fixed width under the two names; only ASCII, which is as wide everywhere. */
    private Block.Code rows(Function<Side, Share> share) {
      var lines = new ArrayList<List<String>>();
      lines.add(List.of("", column(chart.target()), column(chart.live())));
      for (Rung rung : chart.rungs()) {
        lines.add(
            List.of(
                rung.step().percent() + " %",
                cell(share.apply(rung.target())),
                cell(share.apply(rung.live()))));
      }
      return new Block.Code(
          lines.stream().map(cells -> line(cells, lines)).collect(Collectors.joining("\n")));
    }

    private static String line(List<String> cells, List<List<String>> all) {
      var line = new StringBuilder();
      for (int i = 0; i < cells.size(); i++) {
        int column = i;
        int width = all.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        line.append(i == 0 ? "" : GAP)
            .append(" ".repeat(width - cells.get(i).length()))
            .append(cells.get(i));
      }
      return line.toString();
    }

    private static String column(String name) {
      return OneLine.within(PlainText.calm(name), NAME);
    }

    private static String cell(Share share) {
      return share.of() == 0
          ? "-"
          : "%s/%s %s"
              .formatted(
                  Numbers.grouped(share.count()),
                  Numbers.grouped(share.of()),
                  Numbers.share(share.value()));
    }

    private static Share errors(Side side) {
      return new Share(side.errors(), side.requests());
    }

    private static Share slow(Side side) {
      return new Share(side.slow(), side.requests() - side.errors());
    }
  }
}
