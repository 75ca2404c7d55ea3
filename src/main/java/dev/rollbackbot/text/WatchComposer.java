package dev.rollbackbot.text;

import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.plan.GcloudCommands;
import dev.rollbackbot.domain.report.WatchReport;
import dev.rollbackbot.domain.report.WatchReport.Deed;
import dev.rollbackbot.domain.report.WatchReport.Named;
import dev.rollbackbot.domain.report.WatchReport.Orphan;
import dev.rollbackbot.domain.report.WatchReport.OrphanGone;
import dev.rollbackbot.domain.report.WatchReport.PinMoved;
import dev.rollbackbot.domain.report.WatchReport.RolledBack;
import dev.rollbackbot.domain.report.WatchReport.Standing;
import dev.rollbackbot.domain.report.WatchReport.StrangeRecord;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Button;
import dev.rollbackbot.text.Message.Confirm;
import dev.rollbackbot.text.Message.Part;
import dev.rollbackbot.text.Message.Style;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts into words what others did to a service. */
public final class WatchComposer {
  private static final int DIALOG_TITLE = 100;

  private final Optional<ZoneId> zone;

  /** Times in Asia/Tokyo for Japanese, in UTC for English. */
  public WatchComposer() {
    this.zone = Optional.empty();
  }

  /** Times in this zone, whatever the language. */
  public WatchComposer(ZoneId zone) {
    this.zone = Optional.of(zone);
  }

  /** For the service's own channel, where buttons work. */
  public Message compose(WatchReport report, Locale locale) {
    return compose(report, locale, true);
  }

  /** For everybody else. */
  public Message withoutButtons(WatchReport report, Locale locale) {
    return compose(report, locale, false);
  }

  private Message compose(WatchReport report, Locale locale, boolean buttons) {
    Voice voice = Voice.of(locale, zone);
    return switch (report) {
      case RolledBack rolledBack -> rolledBack(voice, rolledBack, buttons);
      case PinMoved moved -> pinMoved(voice, moved, buttons);
      case Orphan orphan -> orphan(voice, orphan, buttons);
      case OrphanGone gone -> gone(voice, gone);
      case StrangeRecord record -> strange(voice, record);
    };
  }

  private static Message rolledBack(Voice voice, RolledBack report, boolean buttons) {
    String from = name(report.from());
    String to = name(report.to());
    var blocks = new ArrayList<Block>();
    String heading = voice.heading(voice.plain("watch.moved.word"), report.service(), from, to);
    blocks.add(new Block.Heading(heading));
    blocks.add(
        new Block.Paragraph(
            Sentences.lines(
                voice.say("watch.moved.now", slots(voice, from, to, report.deed())),
                live(voice, report.standing()),
                report.standing().pinned()
                    ? voice.say("watch.moved.next.pinned", typed(report, "newest"))
                    : voice.say("watch.moved.next", typed(report, "status")))));
    newestByHand(voice, report, report.standing(), blocks);
    if (buttons) {
      blocks.add(plan(voice, report.from(), from));
    }
    return new Message(heading, blocks);
  }

  private static Message pinMoved(Voice voice, PinMoved report, boolean buttons) {
    String target = name(report.target());
    String to = name(report.to());
    var blocks = new ArrayList<Block>();
    String heading = voice.heading(voice.plain("watch.pin.word"), report.service(), target, to);
    blocks.add(new Block.Heading(heading));
    blocks.add(
        new Block.Paragraph(
            Sentences.lines(
                voice.say("watch.pin.now", slots(voice, target, to, report.deed())),
                live(voice, report.standing()),
                voice.say("watch.pin.next", typed(report, target)))));
    newestByHand(voice, report, report.standing(), blocks);
    if (buttons) {
      blocks.add(plan(voice, report.target(), target));
    }
    return new Message(heading, blocks);
  }

  private static Message orphan(Voice voice, Orphan report, boolean buttons) {
    Slot tag = Slot.mono("tag", report.tag());
    var blocks = new ArrayList<Block>();
    String heading = voice.heading(voice.plain("watch.tag.word"), report.service());
    blocks.add(new Block.Heading(heading));
    blocks.add(
        new Block.Paragraph(
            Sentences.lines(
                voice.say(
                    "watch.tag.now",
                    tag,
                    Slot.text(
                        "revision",
                        report.on().map(on -> on.value()).orElse(voice.plain("newest.unknown")))),
                report.users() == 0
                    ? voice.say("watch.tag.nobody")
                    : voice.say("watch.tag.users", Slot.number("percent", report.users())),
                live(voice, report.live()))));
    blocks.addAll(
        voice.byHand("hand.tag", GcloudCommands.withoutTag(report.service(), report.tag())));
    if (buttons) {
      String label = voice.plain("watch.tag.button", tag);
      blocks.add(
          new Block.Buttons(
              List.of(
                  new Button(
                      "remove_tag",
                      label,
                      report.value(),
                      Style.PLAIN,
                      Optional.of(
                          new Confirm(
                              OneLine.within(
                                  voice.plain("action.title", Slot.text("label", label)),
                                  DIALOG_TITLE),
                              voice.plain(
                                  "watch.tag.confirm",
                                  Slot.text("service", report.service().name()),
                                  tag),
                              label,
                              voice.plain("confirm.no")))))));
    }
    return new Message(heading, blocks);
  }

  private static Message gone(Voice voice, OrphanGone report) {
    String heading = voice.heading(voice.plain("watch.tag.gone.word"), report.service());
    return new Message(
        heading,
        List.of(
            new Block.Heading(heading),
            new Block.Paragraph(
                Sentences.lines(
                    voice.say(
                        "watch.tag.gone",
                        Slot.mono("tag", report.tag()),
                        Slot.who("by", report.by())),
                    live(voice, report.live())))));
  }

  private static Message strange(Voice voice, StrangeRecord report) {
    boolean damaged = report.damaged();
    String heading =
        voice.heading(
            voice.plain(damaged ? "watch.record.damaged.word" : "watch.record.foreign.word"),
            report.service());
    return new Message(
        heading,
        List.of(
            new Block.Heading(heading),
            new Block.Paragraph(
                Sentences.lines(
                    voice.say(
                        damaged ? "watch.record.damaged" : "watch.record.foreign",
                        Slot.text("why", OneLine.of(report.why(), OneLine.REASON))),
                    live(voice, report.live()),
                    voice.say("card.status", typed(report, "status"))))));
  }

  /** Where users stay pinned, the way back to the newest needs no rollback of the bot. */
  private static void newestByHand(
      Voice voice, WatchReport report, Standing standing, List<Block> blocks) {
    if (standing.pinned()) {
      blocks.addAll(voice.byHand("hand.newest", GcloudCommands.toLatest(report.service())));
    }
  }

  private static Block plan(Voice voice, Named back, String name) {
    return new Block.Buttons(
        List.of(
            new Button(
                "plan",
                voice.plain("targets.plan", Slot.text("target", name)),
                back.revision().value(),
                Style.PLAIN,
                Optional.empty())));
  }

  private static Slot[] slots(Voice voice, String from, String to, Deed deed) {
    return new Slot[] {
      Slot.mono("from", from),
      Slot.mono("to", to),
      Slot.text("by", OneLine.of(deed.by(), OneLine.NAME)),
      Slot.text(
          "client",
          deed.client().isBlank()
              ? voice.plain("status.client.unknown")
              : OneLine.of(deed.client(), OneLine.NAME)),
      Slot.text("at", voice.clock().stamp(deed.at()))
    };
  }

  private static List<Part> live(Voice voice, Standing standing) {
    return Sentences.lines(
        live(voice, standing.live()),
        voice.say(standing.pinned() ? "status.pinned" : "status.floats"));
  }

  private static List<Part> live(Voice voice, LiveSplit live) {
    return voice.say("card.live", new Slot("split", voice.split(live, _ -> Optional.empty())));
  }

  private static Slot typed(WatchReport report, String word) {
    return Slot.mono("typed", "/rollback " + word + " " + report.service().name());
  }

  private static String name(Named named) {
    return Voice.nameOf(named.commit(), named.revision());
  }
}
