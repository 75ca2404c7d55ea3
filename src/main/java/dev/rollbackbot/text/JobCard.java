package dev.rollbackbot.text;

import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.Times;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.report.JobView;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The one card of a rollback, whatever its state. */
final class JobCard {
  private final Voice voice;
  private final JobView view;
  private final Journal journal;
  private final JobWords words;

  JobCard(Voice voice, JobView view) {
    this.voice = voice;
    this.view = view;
    this.journal = view.journal();
    this.words = new JobWords(voice, view);
  }

  Message compose() {
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Heading(words.heading()));
    blocks.add(
        new Block.Paragraph(
            Sentences.lines(words.sentence("now"), hint(), words.live(), words.pin())));
    List<Part> steps = new CanaryText(voice).progress(view, words.phase());
    if (!steps.isEmpty()) {
      blocks.add(new Block.Paragraph(steps));
    }
    blocks.add(new Block.Paragraph(move()));
    blocks.add(new Block.Paragraph(timeline()));
    journal
        .evidence()
        .figures()
        .ifPresent(f -> blocks.add(new Block.Paragraph(new FigureText(voice).table(f))));
    blocks.addAll(byHand());
    new JobButtons(voice, view, words).rowOfCard().ifPresent(blocks::add);
    blocks.add(new Block.Context(words.typed(voice.hasButtons() && !view.values().isEmpty())));
    return new Message(words.heading(), blocks);
  }

  /** What the figures or probes suggest beyond the sentence of the state. */
  private List<Part> hint() {
    if (words.phase() == Phase.HELD) {
      return Sentences.lines(
          words.probes().results(),
          words.probes().failsLikeLive() ? voice.say("card.alike") : List.of());
    }
    if (words.phase() == Phase.FAILED && journal.aim().route() == Route.SHIFT) {
      return voice.say("card.otherroute", Slot.mono("typed", words.redeploy()));
    }
    return words.phase() == Phase.BAD
        ? voice.say("card.another", Slot.mono("typed", words.command("list")))
        : List.of();
  }

  private List<Part> move() {
    List<Part> from = voice.commit(journal.aim().fromCommit(), view.from());
    List<Part> target = voice.commit(journal.aim().commit(), view.target());
    boolean back = journal.tookBackAPin();
    return Sentences.lines(
        words.route(),
        voice.say("card.from", new Slot("commit", back ? target : from)),
        voice.say("card.to", new Slot("commit", back ? from : target)),
        journal
            .actors()
            .reason()
            .map(
                reason ->
                    voice.say(
                        "card.reason", Slot.text("reason", OneLine.of(reason, OneLine.REASON))))
            .orElse(List.of()));
  }

  private List<Part> timeline() {
    Times times = journal.times();
    var lines = new ArrayList<List<Part>>();
    lines.add(voice.say("time.day", Slot.text("day", voice.clock().day(times.asked()))));
    lines.add(entry("time.asked", times.asked(), Slot.who("who", journal.actors().requester())));
    lines.add(
        entry("time.approved", times.approved(), Slot.who("who", journal.actors().approver())));
    times.probed().ifPresent(at -> lines.add(words.probes().probed(at)));
    journal.canary().ifPresent(canary -> lines.addAll(steps(canary)));
    times.switched().ifPresent(at -> lines.add(entry("time.switched", at)));
    times.moved().ifPresent(at -> lines.add(entry("time.moved", at, took(at))));
    if (!words.phase().cameBack()) {
      times.rested().ifPresent(at -> lines.add(entry("time.rested", at, took(at))));
    }
    if (words.phase().bySomebody() && journal.actors().closer().isPresent()) {
      lines.add(
          entry(
              "time.closer",
              journal.since(),
              Slot.text("word", words.word()),
              new Slot("who", words.closer())));
    } else if (journal.state() == JobState.CLOSED) {
      lines.add(entry("time.closed", journal.since(), Slot.text("word", words.word())));
    }
    lines.add(words.probes().liveNow());
    return Sentences.lines(lines);
  }

  /** All users have an entry of their own. */
  private List<List<Part>> steps(Canary canary) {
    return IntStream.range(0, Math.min(canary.begun().size(), canary.ladder().rungs()))
        .mapToObj(
            step ->
                entry(
                    "time.step",
                    canary.begun().get(step),
                    Slot.number("percent", canary.ladder().steps().get(step)),
                    Slot.mono("target", words.target())))
        .toList();
  }

  private List<Part> entry(String key, Instant at, Slot... slots) {
    var all = new ArrayList<Slot>(List.of(slots));
    all.add(Slot.text("at", voice.clock().time(at)));
    return voice.words().say(key, all);
  }

  private Slot took(Instant at) {
    return Slot.text("took", voice.clock().between(journal.times().approved(), at));
  }

  /** The commands that still help when the bot is gone. */
  private List<Block> byHand() {
    ServiceId service = view.service();
    ByHand hand = ByHand.of(view);
    List<Block> toLatest = voice.byHand("hand.newest", hand.newest());
    List<Block> look = voice.byHand("hand.look", Gcloud.look(service));
    List<Block> go = journal.tookBackAPin() ? toLatest : voice.byHand("hand.do", hand.target());
    List<Block> undo =
        journal.before().percents().isEmpty()
            ? List.of()
            : voice.byHand("hand.undo", hand.before());
    List<Block> newest = hand.followedLatest() ? List.of() : toLatest;
    return switch (words.phase()) {
      case PREPARING, HELD, SWITCHING, VERIFYING -> join(go, undo);
      case VERIFIED, UNPROVEN, BAD -> join(undo, newest);
      case NEWEST_UNWELL -> words.endedElsewhere() ? newest : join(undo, newest);
      case UNKNOWN, STUCK -> join(look, go, undo);
      case SETTLING, WATCHING, HOLDING, UNDOING -> undo;
      case RETURN_PREPARING, RETURNING, KEPT -> toLatest;
      case MOVED, TAKEN_OVER -> look;
      case FAILED, STOPPED, UNDONE, REVERTED -> words.restorable() ? newest : List.of();
      case RETURNED -> List.of();
    };
  }

  @SafeVarargs
  private static List<Block> join(List<Block>... lists) {
    var all = new ArrayList<Block>();
    for (List<Block> list : lists) {
      all.addAll(list);
    }
    return all;
  }
}
