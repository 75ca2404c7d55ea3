package dev.rollbackbot.text;

import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.health.Figures.Load;
import dev.rollbackbot.domain.health.LogGap;
import dev.rollbackbot.text.Message.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The numbers of a report, before and after. */
final class FigureText {
  private final Voice voice;

  FigureText(Voice voice) {
    this.voice = voice;
  }

  /** Everything, one figure a line; where nothing was read, only why. */
  List<Part> table(Figures figures) {
    if (unread(figures)) {
      return gap(figures);
    }
    Load before = figures.before();
    Load after = figures.after();
    var lines = new ArrayList<List<Part>>();
    lines.add(voice.say("figures.title"));
    lines.add(
        row("requests", Numbers.grouped(before.requests()), Numbers.grouped(after.requests())));
    lines.add(row("errors", errors(before), errors(after)));
    lines.add(row("p50", millis(before, before.p50Millis()), millis(after, after.p50Millis())));
    lines.add(row("p95", millis(before, before.p95Millis()), millis(after, after.p95Millis())));
    lines.add(signatures("gone", figures.errors().gone()));
    lines.add(unlessNone("unseen", figures.errors().unseen()));
    lines.add(signatures("still", figures.errors().still()));
    lines.add(signatures("fresh", figures.errors().fresh()));
    lines.add(unlessNone("unsure", figures.errors().unsure()));
    if (!figures.complete()) {
      lines.add(voice.say("figures.incomplete"));
    }
    lines.add(gap(figures));
    return Sentences.lines(lines);
  }

  /** The one figure that people ask for; where there is none, why. */
  List<Part> brief(Figures figures) {
    return unread(figures)
        ? gap(figures)
        : row("errors", errors(figures.before()), errors(figures.after()));
  }

  /** Why the logs do not tell everything; nothing where they do. */
  List<Part> gap(Figures figures) {
    return figures.gap().map(this::gap).orElse(List.of());
  }

  private List<Part> gap(LogGap gap) {
    return switch (gap) {
      case LogGap.Late(Instant from) ->
          voice.say("figures.late", Slot.text("from", voice.clock().time(from)));
      case LogGap.Unread(LogGap.Reason reason) ->
          switch (reason) {
            case QUOTA -> voice.say("figures.unread.quota");
            case DENIED -> voice.say("figures.unread.denied");
            case UNAVAILABLE -> voice.say("figures.unread.unavailable");
          };
    };
  }

  private static boolean unread(Figures figures) {
    return figures.gap().filter(LogGap.Unread.class::isInstance).isPresent();
  }

  private List<Part> unlessNone(String what, List<String> signatures) {
    return signatures.isEmpty() ? List.of() : signatures(what, signatures);
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
