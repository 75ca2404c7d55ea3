package dev.rollbackbot.text;

import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Grant;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.plan.Candidate;
import dev.rollbackbot.domain.plan.Known;
import dev.rollbackbot.domain.plan.RunningBuild;
import dev.rollbackbot.domain.report.Deed;
import dev.rollbackbot.domain.report.DeskReport;
import dev.rollbackbot.domain.report.JobView;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Button;
import dev.rollbackbot.text.Message.Part;
import dev.rollbackbot.text.Message.Style;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts the desk's private answers into words. */
public final class DeskComposer {
  /** How many rows of a list are shown; a message holds 50 blocks. */
  private static final int MOST_ROWS = 20;

  private final Optional<ZoneId> zone;
  private final Typing typing;

  /** Times in Asia/Tokyo for Japanese, in UTC for English. */
  public DeskComposer() {
    this.zone = Optional.empty();
    this.typing = Typing.CHAT;
  }

  /** Times in this zone, whatever the language; for the chat product. */
  public DeskComposer(ZoneId zone) {
    this(zone, Typing.CHAT);
  }

  /** Times in this zone, whatever the language; commands as they are typed there. */
  public DeskComposer(ZoneId zone, Typing typing) {
    this.zone = Optional.of(zone);
    this.typing = typing;
  }

  public Message compose(DeskReport report, Locale locale) {
    Voice voice = Voice.of(locale, zone, typing);
    return switch (report) {
      case DeskReport.Targets targets -> targets(voice, targets);
      case DeskReport.Status status -> new StatusCard(voice, status).compose();
      case DeskReport.History history -> history(voice, history);
      case DeskReport.Done done -> done(voice, done);
      case DeskReport.YouApproved(JobView view) -> youApproved(voice, view);
      case DeskReport.Confirm(JobView view, var _) -> confirm(voice, view);
      case DeskReport.Help _ -> FrontComposer.help(locale, typing);
      case DeskReport.Not(var problem) -> ProblemComposer.compose(problem, voice);
    };
  }

  private static Message targets(Voice voice, DeskReport.Targets report) {
    ServiceId service = report.service();
    String heading = voice.heading(voice.plain("targets.word"), service);
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Heading(heading));
    if (report.rows().isEmpty()) {
      blocks.add(voice.paragraph("targets.none"));
    }
    List<Part> running = running(voice, report);
    if (!running.isEmpty()) {
      blocks.add(new Block.Paragraph(running));
    }
    report.rows().stream().limit(MOST_ROWS).forEach(row -> blocks.add(row(voice, row)));
    if (report.rows().size() > MOST_ROWS) {
      blocks.add(voice.paragraph("more", Slot.number("n", report.rows().size() - MOST_ROWS)));
    }
    if (report.rows().stream().allMatch(row -> row.commit().isEmpty())
        && !report.rows().isEmpty()
        && !report.unknown().stream().anyMatch(u -> u.source().equals("registry"))) {
      blocks.add(voice.paragraph("targets.nocommits"));
    }
    if (!report.unknown().isEmpty()) {
      blocks.add(
          new Block.Paragraph(
              voice.bullets(
                  report.unknown(),
                  report.unknown().size(),
                  missed -> voice.unknown(missed.source(), missed.missing()))));
    }
    blocks.add(
        voice
            .words()
            .context(
                voice.hasButtons() ? "targets.typed" : "targets.next",
                Slot.text("service", service.name()),
                Slot.text("zone", voice.clock().zone())));
    return new Message(heading, blocks);
  }

  /** What may change the list within minutes. */
  private static List<Part> running(Voice voice, DeskReport.Targets report) {
    var lines = new ArrayList<List<Part>>();
    report
        .starting()
        .ifPresent(
            name -> lines.add(voice.say("targets.starting", Slot.text("revision", name.value()))));
    for (RunningBuild build : report.builds()) {
      lines.add(
          voice.say(
              "targets.build",
              new Slot(
                  "build", CautionText.build(voice, build.name(), build.commit(), build.since()))));
    }
    return Sentences.lines(lines);
  }

  private static Block row(Voice voice, Candidate row) {
    List<Part> text =
        Sentences.lines(
            row.live()
                ? voice.say(
                    "targets.live", new Slot("commit", voice.commit(row.commit(), row.text())))
                : voice.commit(row.commit(), row.text()),
            new TrackText(voice).line(row.track(), row.worth()),
            voice.say(
                "targets.proof",
                Slot.text("revision", row.revision().value()),
                Slot.text("proof", voice.plain("proof.short." + row.proof()))));
    if (row.live() || !voice.hasButtons()) {
      return new Block.Paragraph(text);
    }
    String label =
        voice.plain(
            "targets.plan", Slot.text("target", Voice.nameOf(row.commit(), row.revision())));
    return new Block.Row(
        text, new Button("plan", label, row.revision().value(), Style.PLAIN, Optional.empty()));
  }

  private static List<Part> deed(Voice voice, Deed deed) {
    return voice.say(
        "history.row",
        Slot.text("at", voice.clock().stamp(deed.at())),
        Slot.mono("target", OneLine.of(deed.target(), OneLine.NAME)),
        Slot.text("word", voice.plain(Phase.of(deed.ending()).key("word"))),
        Slot.who("requester", deed.requester()),
        Slot.who("who", deed.who()));
  }

  private static Message history(Voice voice, DeskReport.History report) {
    String heading = voice.heading(voice.plain("history.word"), report.service());
    Block body =
        switch (report.deeds()) {
          case Known.Unknown<List<Deed>>(String _, Optional<Grant> missing) ->
              new Block.Paragraph(
                  Sentences.lines(
                      voice.say("history.unknown"), missing.map(voice::missing).orElse(List.of())));
          case Known.Value<List<Deed>>(List<Deed> deeds) when deeds.isEmpty() ->
              voice.paragraph("history.none");
          case Known.Value<List<Deed>>(List<Deed> deeds) ->
              new Block.Paragraph(voice.bullets(deeds, MOST_ROWS, deed -> deed(voice, deed)));
        };
    return new Message(
        heading,
        List.of(
            new Block.Heading(heading),
            body,
            voice.words().context("history.next", Slot.text("service", report.service().name()))));
  }

  private static Message done(Voice voice, DeskReport.Done report) {
    String text =
        voice.plain("done." + report.action(), Slot.text("service", report.service().name()));
    return new Message(text, List.of(new Block.Paragraph(List.of(new Part.Literal(text)))));
  }

  private static Message youApproved(Voice voice, JobView view) {
    var words = new JobWords(voice, view);
    boolean begun = view.journal().state() == JobState.PREPARING;
    String word = voice.plain("you.word");
    String heading =
        begun
            ? voice.heading(word, view.service(), words.from(), words.target())
            : voice.heading(word, view.service());
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Heading(heading));
    Instant at = begun ? view.journal().times().approved() : view.journal().since();
    boolean stoppable = words.phase().words().contains(JobAction.STOP);
    blocks.add(
        new Block.Paragraph(
            Sentences.lines(
                begun ? List.of() : words.sentence("line"),
                voice.say(
                    view.values().isEmpty() ? "you.elsewhere" : "you.now",
                    Slot.text("at", voice.clock().stamp(at)),
                    Slot.mono("typed", words.command(stoppable ? "stop" : "status"))))));
    new JobButtons(voice, view.only(JobAction.STOP), words).row().ifPresent(blocks::add);
    link(voice, view).ifPresent(blocks::add);
    return new Message(heading, blocks);
  }

  /** Says in the open what the button's dialog will say, for whoever cannot see the dialog. */
  private static Message confirm(Voice voice, JobView view) {
    var words = new JobWords(voice, view);
    var buttons = new JobButtons(voice, view, words);
    String heading = voice.heading(voice.plain("confirm.word"), view.service());
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Heading(heading));
    blocks.add(
        new Block.Paragraph(
            Sentences.lines(buttons.dialogs(), words.live(), voice.say("confirm.now"))));
    buttons.row().ifPresent(blocks::add);
    return new Message(heading, blocks);
  }

  /** The way to the card, where it is known. */
  static Optional<Block> link(Voice voice, JobView view) {
    return view.link()
        .map(url -> new Block.Context(List.of(new Part.Link(url, voice.plain("card.link")))));
  }

  /** What a journal's place says, for whoever asks how the service stands. */
  static List<Part> journal(Voice voice, JournalReading reading) {
    return switch (reading) {
      case JournalReading.Absent _ -> voice.say("status.nojob");
      case JournalReading.Found _ -> List.of();
      case JournalReading.Foreign(String why) ->
          voice.say("status.foreign", Slot.text("why", OneLine.of(why, OneLine.REASON)));
      case JournalReading.Unreadable(String why) ->
          voice.say("status.unreadable", Slot.text("why", OneLine.of(why, OneLine.REASON)));
    };
  }
}
