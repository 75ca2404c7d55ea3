package dev.rollbackbot.text;

import dev.rollbackbot.domain.command.Reason;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.plan.GcloudCommands;
import dev.rollbackbot.domain.report.JobView;
import dev.rollbackbot.domain.report.RollbackReport.ActionOffered;
import dev.rollbackbot.domain.report.RollbackReport.ActionOver;
import dev.rollbackbot.domain.report.RollbackReport.ActionTaken;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The card that asks for an undo, for the return to newest, for a canary's next step and so on. */
final class ActionCard {
  private final Voice voice;

  ActionCard(Voice voice) {
    this.voice = voice;
  }

  Message offered(ActionOffered offer) {
    JobView view = offer.view();
    var words = new JobWords(voice, view);
    var buttons = new JobButtons(voice, view, words);
    String heading = heading("offer.word", view, words, offer.action());
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Heading(heading));
    if (offer.renewed()) {
      blocks.add(voice.paragraph("action.renewed"));
    }
    blocks.add(
        new Block.Paragraph(
            Sentences.lines(
                voice.say(
                    "offer.asked",
                    Slot.who("requester", offer.requester()),
                    Slot.text("at", voice.clock().stamp(offer.at()))),
                reason(voice, offer.reason()))));
    // In the open what the button's dialog will say, for whoever cannot see the dialog.
    blocks.add(
        new Block.Paragraph(
            Sentences.lines(buttons.dialogs(), words.live(), voice.say("confirm.now"))));
    blocks.addAll(voice.byHand("hand.this", byHand(view, offer.action())));
    blocks.addAll(
        voice.byHand("hand.undo", GcloudCommands.toRevision(view.service(), view.live())));
    blocks.add(buttons.offered());
    blocks.add(
        voice
            .words()
            .context(
                "offer.until",
                Slot.text("until", voice.clock().minute(offer.expires())),
                Slot.mono("typed", atTerminal(view, offer.action()))));
    return new Message(heading, blocks);
  }

  /** Why, and whether who asked goes alone. */
  static List<Part> reason(Voice voice, Optional<Reason> reason) {
    return reason
        .map(
            why ->
                voice.say(
                    why.alone() ? "offer.alone" : "card.reason",
                    Slot.text("reason", OneLine.of(why.text(), OneLine.REASON))))
        .orElse(List.of());
  }

  private String heading(String word, JobView view, JobWords words, JobAction action) {
    String target = words.target();
    String newest = words.newest().orElseGet(() -> voice.plain("newest.unknown"));
    return switch (action) {
      case UNDO, KEEP, STOP -> heading(word, view, target, words.from());
      case NEWEST -> heading(word, view, target, newest);
      case RESTORE -> heading(word, view, words.whereUsersAre(), words.held());
      case GO_ON, HOLD_HERE, WAIT, SWITCH_ANYWAY -> heading(word, view, words.from(), target);
    };
  }

  private String heading(String word, JobView view, String from, String to) {
    return voice.heading(voice.plain(word), view.service(), from, to);
  }

  private static String byHand(JobView view, JobAction action) {
    ByHand hand = ByHand.of(view);
    return switch (action) {
      case NEWEST, RESTORE -> hand.newest();
      case UNDO, KEEP, STOP -> hand.before();
      case GO_ON, HOLD_HERE, WAIT -> hand.next();
      case SWITCH_ANYWAY -> hand.target();
    };
  }

  private static String atTerminal(JobView view, JobAction action) {
    // Nobody types a switch at a terminal: the rollback that waits there asks by itself.
    String word =
        switch (action) {
          case SWITCH_ANYWAY -> "status";
          case RESTORE -> JobAction.NEWEST.id();
          case STOP, KEEP, UNDO, NEWEST, GO_ON, HOLD_HERE, WAIT -> action.id();
        };
    return Typing.TERMINAL.command(word + " " + view.service().name());
  }

  Message taken(ActionTaken taken) {
    JobView view = taken.view();
    String heading = heading("action.taken.word", view, new JobWords(voice, view), taken.action());
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Heading(heading));
    blocks.add(
        voice.paragraph(
            "action.taken",
            Slot.who("requester", taken.requester()),
            Slot.who("approver", taken.accepted().by()),
            Slot.text("at", voice.clock().stamp(taken.accepted().at()))));
    DeskComposer.link(voice, view).ifPresent(blocks::add);
    return new Message(heading, blocks);
  }

  Message over(ActionOver over) {
    String heading = voice.heading(voice.plain("over.other"), over.service());
    Problem why = over.why();
    var problem = new ProblemText(voice);
    return new Message(
        heading,
        List.of(
            new Block.Heading(heading),
            new Block.Paragraph(Sentences.lines(problem.why(why), problem.next(why))),
            voice.paragraph("over.asked", Slot.who("requester", over.requester()))));
  }
}
