package dev.rollbackbot.engine;

import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.report.CanaryChart;
import dev.rollbackbot.domain.report.CanaryChart.Step;
import dev.rollbackbot.port.ChartPainter;
import dev.rollbackbot.port.Picture;
import dev.rollbackbot.text.ChartComposer;
import dev.rollbackbot.text.ChartComposer.Caption;
import dev.rollbackbot.text.Message;
import java.util.ArrayList;
import java.util.Optional;

/** Makes of a canary's journal its picture and the words beside it. */
public final class Charts {
  private final ChartPainter painter;
  private final ChartComposer composer;

  public Charts(ChartPainter painter, ChartComposer composer) {
    this.painter = painter;
    this.composer = composer;
  }

  /**
   * What is shown.
   *
   * @param picture empty where this machine cannot draw
   */
  public record Shown(Optional<Picture> picture, Message words) {}

  /** Of a canary that was looked at; empty before. */
  public Optional<Shown> of(Journal journal) {
    return journal
        .canary()
        .filter(canary -> !canary.seen().isEmpty())
        .map(canary -> shown(chart(journal, canary), journal));
  }

  private Shown shown(CanaryChart chart, Journal journal) {
    Caption caption = composer.caption(chart, journal.cards().language());
    return new Shown(
        painter
            .png(chart)
            .map(png -> new Picture(png, caption.fileName(), caption.title(), caption.altText())),
        new Message(caption.title(), caption.table()));
  }

  /** Up to the last rung that was looked at: what follows it has a report of its own. */
  private static CanaryChart chart(Journal journal, Canary canary) {
    int rungs = canary.seen().getLast().look().rung() + 1;
    var steps = new ArrayList<Step>();
    for (int rung = 0; rung < rungs; rung++) {
      steps.add(new Step(canary.begun().get(rung), canary.ladder().steps().get(rung)));
    }
    return new CanaryChart(
        journal.aim().called(),
        journal
            .aim()
            .fromCommit()
            .map(CommitSha::abbreviated)
            .or(() -> journal.before().main().map(RevisionName::value))
            .orElse("-"),
        canary.slowLine(),
        steps,
        canary.seen().stream().map(s -> new CanaryChart.Seen(s.end(), s.look())).toList());
  }
}
