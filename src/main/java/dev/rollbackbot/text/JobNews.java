package dev.rollbackbot.text;

import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.Canary.Doubt;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.plan.GcloudCommands;
import dev.rollbackbot.domain.report.JobView;
import dev.rollbackbot.domain.report.RollbackReport.DeployGotNothing;
import dev.rollbackbot.domain.report.RollbackReport.Lost;
import dev.rollbackbot.domain.report.RollbackReport.Messages;
import dev.rollbackbot.domain.report.RollbackReport.Superseded;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is told of a rollback beside its card: in its thread, elsewhere, and out of turn. */
final class JobNews {
  private final Voice voice;
  private final JobView view;
  private final Journal journal;
  private final JobWords words;

  JobNews(Voice voice, JobView view) {
    this.voice = voice;
    this.view = view;
    this.journal = view.journal();
    this.words = new JobWords(voice, view);
  }

  /** One sentence; names the requester only where a person must act now. */
  Message line() {
    List<Part> told = new ArrayList<>(state());
    List<Part> figures = figures();
    if (!figures.isEmpty()) {
      told.addAll(voice.say("sentences.join"));
      told.addAll(figures);
    }
    var said = new ArrayList<Part>();
    if (words.phase().needsSomebody()) {
      said.add(new Part.Mention(journal.actors().requester()));
      said.add(new Part.Literal(" "));
    }
    said.addAll(told);
    return new Message(
        PlainText.calm(view.service().name() + " " + Sentences.flat(told)),
        List.of(new Block.Paragraph(said)));
  }

  /** The figure that proves it, or why nothing does. */
  private List<Part> figures() {
    Phase phase = words.phase();
    if (phase == Phase.UNPROVEN) {
      return journal.evidence().figures().map(new FigureText(voice)::gap).orElse(List.of());
    }
    boolean proves = phase == Phase.VERIFIED || phase == Phase.HOLDING || phase == Phase.REVERTED;
    return proves ? proof() : List.of();
  }

  /** A canary's verdict, or users' requests before and after. */
  private List<Part> proof() {
    boolean judged = words.phase() == Phase.HOLDING || words.phase() == Phase.REVERTED;
    Optional<Doubt> doubt = judged ? journal.canary().flatMap(Canary::doubt) : Optional.empty();
    if (doubt.isPresent()) {
      return voice.say("canary.doubt." + doubt.get());
    }
    return judged
        ? view.verdict().map(new CanaryText(voice)::brief).orElse(List.of())
        : journal.evidence().figures().map(new FigureText(voice)::brief).orElse(List.of());
  }

  private List<Part> state() {
    var said = new ArrayList<Part>();
    said.add(new Part.Bold(words.word()));
    said.add(new Part.Literal(": "));
    said.addAll(words.sentence("line"));
    return said;
  }

  /** What errors said, redacted, each as it is. */
  Message messages(Messages said) {
    List<Part> lines =
        voice.bullets(
            said.messages(),
            said.messages().size(),
            each ->
                voice.say(
                    "messages.row",
                    Slot.text("signature", OneLine.of(each.signature(), OneLine.NAME)),
                    Slot.text("message", OneLine.of(each.message(), OneLine.REASON))));
    String title = voice.plain("messages.title", Slot.text("service", view.service().name()));
    return new Message(
        title,
        List.of(new Block.Paragraph(Sentences.lines(List.of(new Part.Literal(title)), lines))));
  }

  /** For those who are not in the card's channel. */
  Message incident() {
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Heading(words.heading()));
    blocks.add(
        new Block.Paragraph(
            Sentences.lines(
                voice.say(
                    journal.tookBackAPin() ? "incident.return" : "incident.asked",
                    Slot.mono("target", journal.tookBackAPin() ? words.from() : words.target()),
                    Slot.who("requester", journal.actors().requester()),
                    Slot.who("approver", journal.actors().approver()),
                    Slot.text("at", voice.clock().stamp(journal.times().approved()))),
                words.sentence("line"),
                words.live(),
                proof(),
                words.pin())));
    blocks.add(new Block.Paragraph(words.typed(false)));
    DeskComposer.link(voice, view).ifPresent(blocks::add);
    return new Message(words.heading(), blocks);
  }

  /** A deploy that succeeded and reached nobody. */
  Message deployGotNothing(DeployGotNothing report) {
    String revision = report.revision().value();
    String heading = voice.heading(voice.plain("pinned.word"), view.service());
    boolean canary = words.phase().splits();
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Heading(heading));
    blocks.add(
        new Block.Paragraph(
            Sentences.lines(
                voice.say(
                    "pinned.deploy",
                    Slot.mono("deployed", Voice.nameOf(report.commit(), report.revision())),
                    Slot.text("revision", revision)),
                canary
                    ? voice.say("pinned.canary", Slot.mono("target", words.target()))
                    : voice.say(
                        "pinned.why",
                        Slot.mono("target", words.target()),
                        new Slot("since", since())),
                words.live(),
                canary ? List.of() : voice.say("pinned.next"))));
    if (canary) {
      blocks.add(new Block.Paragraph(words.typed(false)));
    } else {
      blocks.addAll(voice.byHand("hand.newest", GcloudCommands.toLatest(view.service())));
      new JobButtons(voice, view.only(JobAction.NEWEST), words).row().ifPresent(blocks::add);
      blocks.add(
          voice
              .words()
              .context("card.typed", Slot.mono("commands", words.command(JobAction.NEWEST.id()))));
    }
    DeskComposer.link(voice, view).ifPresent(blocks::add);
    return new Message(heading, blocks);
  }

  private List<Part> since() {
    return List.of(
        new Part.Literal(
            voice.clock().stamp(journal.times().moved().orElse(journal.times().approved()))));
  }

  /** Told on the cards of a rollback that this one closed. */
  Message superseded(Superseded report) {
    String heading = voice.heading(voice.plain("superseded.word"), view.service());
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Heading(heading));
    blocks.add(
        new Block.Paragraph(
            Sentences.lines(
                voice.say(
                    "superseded.now",
                    Slot.mono("target", report.target()),
                    Slot.mono("next", words.target()),
                    Slot.who("approver", journal.actors().approver()),
                    Slot.text("at", voice.clock().stamp(journal.times().approved()))))));
    DeskComposer.link(voice, view).ifPresent(blocks::add);
    blocks.add(
        new Block.Context(voice.say("card.status", Slot.mono("typed", words.command("status")))));
    return new Message(heading, blocks);
  }

  /** The bot's record is gone, so the bot no longer acts. */
  Message lost(Lost report) {
    String heading =
        voice.heading(voice.plain("lost.word"), view.service(), words.from(), words.target());
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Heading(heading));
    blocks.add(
        new Block.Paragraph(
            Sentences.lines(
                report
                    .by()
                    .map(by -> voice.say("lost.now", Slot.text("by", OneLine.of(by, OneLine.NAME))))
                    .orElseGet(() -> voice.say("lost.service")),
                report.by().isPresent() ? words.live() : List.of(),
                voice.say("lost.next", Slot.mono("list", words.command("list"))))));
    blocks.addAll(voice.byHand("hand.look", Gcloud.look(view.service())));
    return new Message(heading, blocks);
  }
}
