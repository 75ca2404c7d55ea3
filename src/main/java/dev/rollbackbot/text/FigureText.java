package dev.rollbackbot.text;

import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.health.Figures.Load;
import dev.rollbackbot.text.Message.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The numbers of a report, before and after. */
final class FigureText {
  private final Voice voice;

  FigureText(Voice voice) {
    this.voice = voice;
  }

  /** Everything, one figure a line. */
  List<Part> table(Figures figures) {
    Load before = figures.before();
    Load after = figures.after();
    var lines = new ArrayList<List<Part>>();
    lines.add(voice.say("figures.title"));
    lines.add(
        row("requests", Numbers.grouped(before.requests()), Numbers.grouped(after.requests())));
    lines.add(row("errors", errors(before), errors(after)));
    lines.add(row("p50", millis(before, before.p50Millis()), millis(after, after.p50Millis())));
    lines.add(row("p95", millis(before, before.p95Millis()), millis(after, after.p95Millis())));
    lines.add(signatures("gone", figures.gone()));
    lines.add(signatures("still", figures.still()));
    lines.add(signatures("fresh", figures.fresh()));
    if (!figures.complete()) {
      lines.add(voice.say("figures.incomplete"));
    }
    return Sentences.lines(lines);
  }

  /** The one figure that people ask for. */
  List<Part> brief(Figures figures) {
    return row("errors", errors(figures.before()), errors(figures.after()));
  }

  private List<Part> row(String what, String before, String after) {
    return voice.say("figures." + what, Slot.text("before", before), Slot.text("after", after));
  }

  private List<Part> signatures(String what, List<String> signatures) {
    String list =
        signatures.isEmpty()
            ? voice.plain("figures.no")
            : signatures.stream()
                .map(signature -> OneLine.of(signature, OneLine.NAME))
                .collect(Collectors.joining("; "));
    return voice.say("figures." + what, Slot.text("list", list));
  }

  /** No requests is no data, and is not written as a zero. */
  private String errors(Load load) {
    return load.requests() == 0
        ? voice.plain("figures.nodata")
        : Numbers.grouped(load.errors()) + " (" + Numbers.share(load.errorShare()) + ")";
  }

  private String millis(Load load, int millis) {
    return load.requests() == 0 ? voice.plain("figures.nodata") : Numbers.grouped(millis) + " ms";
  }
}
