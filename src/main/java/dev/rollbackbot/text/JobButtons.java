package dev.rollbackbot.text;

import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.report.JobView;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Button;
import dev.rollbackbot.text.Message.Confirm;
import dev.rollbackbot.text.Message.Part;
import dev.rollbackbot.text.Message.Style;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The buttons of a rollback's card: at most one primary, the dangerous one last. */
final class JobButtons {
  private static final int LABEL = 75;
  private static final int DIALOG_TITLE = 100;
  private static final int DIALOG_TEXT = 300;
  private static final int DIALOG_BUTTON = 30;

  private final Voice voice;
  private final JobView view;
  private final JobWords words;

  JobButtons(Voice voice, JobView view, JobWords words) {
    this.voice = voice;
    this.view = view;
    this.words = words;
  }

  /** A row of those buttons that may be pressed now; empty when there are none. */
  Optional<Block> row() {
    if (!voice.hasButtons()) {
      return Optional.empty();
    }
    List<Button> buttons =
        view.values().stream()
            .sorted(Comparator.comparingInt(choice -> rank(choice.action())))
            .map(this::button)
            .toList();
    return buttons.isEmpty() ? Optional.empty() : Optional.of(new Block.Buttons(buttons));
  }

  /** The dialogs' words, for a message that says them in the open. */
  List<Part> dialogs() {
    var lines = new ArrayList<List<Part>>();
    for (JobView.Choice choice : view.values()) {
      confirm(choice.action(), said(choice.action(), "label"))
          .ifPresent(
              dialog ->
                  dialog.text().lines().forEach(l -> lines.add(List.of(new Part.Literal(l)))));
    }
    return Sentences.lines(lines);
  }

  private static int rank(JobAction action) {
    return switch (action) {
      case KEEP -> 0;
      case STOP -> 1;
      case UNDO -> 2;
      case NEWEST -> 3;
      case SWITCH_ANYWAY -> 4;
    };
  }

  private Button button(JobView.Choice choice) {
    JobAction action = choice.action();
    String label = OneLine.within(said(action, "label"), LABEL);
    return new Button(action.id(), label, choice.value(), style(action), confirm(action, label));
  }

  private Style style(JobAction action) {
    return switch (action) {
      case KEEP -> words.phase().needsSomebody() ? Style.PLAIN : Style.PRIMARY;
      // While it waits for a decision, leaving users alone is the safe answer.
      case STOP -> words.phase() == Phase.HELD ? Style.PRIMARY : Style.DANGER;
      case UNDO -> words.phase().needsSomebody() ? Style.PRIMARY : Style.PLAIN;
      case NEWEST, SWITCH_ANYWAY -> Style.DANGER;
    };
  }

  private Optional<Confirm> confirm(JobAction action, String label) {
    if (action == JobAction.KEEP) {
      return Optional.empty();
    }
    String text = said(action, "confirm");
    String more =
        switch (action) {
          case UNDO -> wasUnhealthy();
          case NEWEST -> words.newestIsWhatWasLeft() ? "\n" + voice.plain("action.newest.bad") : "";
          case STOP, KEEP, SWITCH_ANYWAY -> "";
        };
    return Optional.of(
        new Confirm(
            OneLine.within(voice.plain("action.title", Slot.text("label", label)), DIALOG_TITLE),
            OneLine.within(text + more, DIALOG_TEXT),
            label.length() <= DIALOG_BUTTON ? label : said(action, "yes"),
            voice.plain("confirm.no")));
  }

  private String said(JobAction action, String what) {
    String name = action == JobAction.STOP ? words.phase().stop() : action.id();
    return voice.plain(
        "action." + name + "." + what,
        Slot.text("service", view.service().name()),
        Slot.text("target", words.target()),
        Slot.text("from", words.from()),
        Slot.text("newest", words.newest().orElseGet(() -> voice.plain("newest.unknown"))));
  }

  /** What is known against going back to what was there before. */
  private String wasUnhealthy() {
    Journal journal = view.journal();
    return journal
        .evidence()
        .figures()
        .map(Figures::before)
        .filter(before -> before.errors() > 0)
        .map(
            before ->
                "\n"
                    + voice.plain(
                        "action.undo.bad",
                        Slot.text("from", words.from()),
                        Slot.text("share", Numbers.share(before.errorShare()))))
        .orElse("");
  }
}
