package dev.rollbackbot.text;

import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.Canary;
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

/**
 * The buttons of a rollback's card: at most one primary, at most three in sight, the dangerous one
 * the last of them; what is left goes into the menu beside them.
 */
final class JobButtons {
  /** What the button of an offered action is called in the chat product. */
  static final String OFFERED = "act";

  /** More are hard to hit on a phone. */
  private static final int IN_SIGHT = 3;

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
    return row(List.of());
  }

  /** The same on the rollback's own card, with the ways on that only plan. */
  Optional<Block> rowOfCard() {
    return row(onward());
  }

  private Optional<Block> row(List<Button> onward) {
    if (!voice.hasButtons()) {
      return Optional.empty();
    }
    var choices = view.values().stream().sorted(Comparator.comparingInt(this::rank)).toList();
    var buttons = new ArrayList<Button>();
    choices.stream().filter(choice -> !dangerous(choice)).map(this::button).forEach(buttons::add);
    buttons.addAll(Math.min(buttons.size(), 1), onward);
    List<Button> dangerous = choices.stream().filter(this::dangerous).map(this::button).toList();
    buttons.addAll(Math.min(buttons.size(), IN_SIGHT - dangerous.size()), dangerous);
    return buttons.isEmpty() ? Optional.empty() : Optional.of(new Block.Buttons(buttons));
  }

  private boolean dangerous(JobView.Choice choice) {
    return style(choice.action()) == Style.DANGER;
  }

  /** The ways on that only plan: another commit where this one did not help, the same again. */
  private List<Button> onward() {
    return switch (words.phase()) {
      case BAD -> List.of(plain("list", "action.another.label", view.service().name()));
      case MOVED, TAKEN_OVER ->
          List.of(plain("plan", "action.again.label", view.journal().aim().target().value()));
      case PREPARING,
          HELD,
          SETTLING,
          WATCHING,
          HOLDING,
          SWITCHING,
          VERIFYING,
          VERIFIED,
          UNPROVEN,
          UNKNOWN,
          NEWEST_UNWELL,
          UNDOING,
          RETURN_PREPARING,
          RETURNING,
          STUCK,
          FAILED,
          STOPPED,
          UNDONE,
          REVERTED,
          RETURNED,
          KEPT ->
          List.of();
    };
  }

  private Button plain(String action, String label, String value) {
    String shown = voice.plain(label, Slot.text("target", words.target()));
    return new Button(action, OneLine.within(shown, LABEL), value, Style.PLAIN, Optional.empty());
  }

  /** The button of an offer: whoever presses it says yes to somebody's request. */
  Block offered() {
    return new Block.Buttons(
        view.values().stream()
            .map(this::button)
            .map(b -> new Button(OFFERED, b.label(), b.value(), Style.PRIMARY, b.confirm()))
            .toList());
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

  /** The likeliest first. */
  private int rank(JobView.Choice choice) {
    if (style(choice.action()) == Style.PRIMARY) {
      return 0;
    }
    return switch (choice.action()) {
      case KEEP, GO_ON -> 1;
      case STOP, WAIT, HOLD_HERE -> 2;
      case UNDO -> 3;
      case NEWEST, RESTORE -> 4;
      case SWITCH_ANYWAY -> 5;
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
      case GO_ON -> view.speaksForTheNextStep() ? Style.PRIMARY : Style.PLAIN;
      case HOLD_HERE, WAIT -> Style.PLAIN;
      case NEWEST, SWITCH_ANYWAY -> Style.DANGER;
      // Where users never left, it only mends what the rollback has left behind.
      case RESTORE -> words.phase().pins() ? Style.DANGER : Style.PRIMARY;
    };
  }

  private Optional<Confirm> confirm(JobAction action, String label) {
    // What leaves users where they are needs no second thought.
    if (action == JobAction.KEEP || action == JobAction.WAIT || action == JobAction.HOLD_HERE) {
      return Optional.empty();
    }
    String text = said(action, "confirm");
    String more =
        switch (action) {
          case UNDO -> wasUnhealthy();
          case NEWEST -> words.newestIsWhatWasLeft() ? "\n" + voice.plain("action.newest.bad") : "";
          case RESTORE ->
              words.restoreGivesBackWhatWasLeft() ? "\n" + voice.plain("action.restore.bad") : "";
          case GO_ON -> view.speaksForTheNextStep() ? "" : "\n" + voice.plain("action.go-on.doubt");
          case STOP, KEEP, HOLD_HERE, WAIT, SWITCH_ANYWAY -> "";
        };
    return Optional.of(
        new Confirm(
            OneLine.within(voice.plain("action.title", Slot.text("label", label)), DIALOG_TITLE),
            OneLine.within(text + more, DIALOG_TEXT),
            label.length() <= DIALOG_BUTTON ? label : said(action, "yes"),
            voice.plain("confirm.no")));
  }

  /** Under which name its words stand. */
  private String name(JobAction action) {
    if (action == JobAction.STOP) {
      return words.phase().stop();
    }
    boolean aShare = action == JobAction.SWITCH_ANYWAY && view.journal().canary().isPresent();
    return aShare ? "switch_canary" : action.id();
  }

  private String said(JobAction action, String what) {
    String name = name(action);
    // Stop, undo and the rest name the target for what it is; these name it as where users are.
    boolean fromWhereUsersAre = action == JobAction.NEWEST || name.equals("stop_return");
    return voice.plain(
        "action." + name + "." + what,
        Slot.text("service", view.service().name()),
        Slot.text("target", fromWhereUsersAre ? words.whereUsersAre() : words.target()),
        Slot.text("from", words.from()),
        Slot.text("held", words.held()),
        Slot.number("percent", view.journal().canary().map(Canary::percent).orElse(100)),
        Slot.number("next", view.journal().canary().map(Canary::next).orElse(100)),
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
