package dev.rollbackbot.text;

import dev.rollbackbot.domain.command.InSteps;
import dev.rollbackbot.domain.health.Direction;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Grant;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.plan.Caution;
import dev.rollbackbot.domain.plan.CommitInfo;
import dev.rollbackbot.domain.plan.GcloudCommands;
import dev.rollbackbot.domain.plan.Known;
import dev.rollbackbot.domain.plan.Migration;
import dev.rollbackbot.domain.plan.Plan;
import dev.rollbackbot.domain.plan.Routes;
import dev.rollbackbot.domain.report.RollbackReport.Moved;
import dev.rollbackbot.domain.report.RollbackReport.OfferOver;
import dev.rollbackbot.domain.report.RollbackReport.Offered;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The card that asks: everything somebody should know before saying yes. */
final class OfferCard {
  /** How many commits and migrations are named before "+ n more". */
  private static final int MOST_NAMED = 8;

  private final Voice voice;

  OfferCard(Voice voice) {
    this.voice = voice;
  }

  Message offered(Offered offer) {
    Plan plan = offer.plan();
    String heading =
        heading(plan, voice.plain(offer.value().isPresent() ? "offer.word" : "offer.word.plan"));

    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Heading(heading));
    offer.moved().ifPresent(moved -> blocks.add(new Block.Paragraph(moved(moved))));
    blocks.add(new Block.Paragraph(asked(offer)));
    blocks.add(new Block.Paragraph(sides(plan, offer.at())));
    var routes = new RouteText(voice, plan);
    blocks.add(new Block.Paragraph(routes.ways(otherWay(plan))));
    blocks.add(new Block.Paragraph(routes.differences()));
    plan.steps()
        .ifPresent(steps -> blocks.add(new Block.Paragraph(new CanaryText(voice).outlook(steps))));
    blocks.add(new Block.Paragraph(between(plan.between())));
    blocks.add(new Block.Paragraph(migrations(plan.migrations())));
    boolean shift = plan.routes().taken() == Route.SHIFT;
    blocks.add(voice.paragraph(shift ? "offer.stays" : "offer.stays.redeploy"));
    List<Part> cautions = cautions(plan.cautions());
    if (!cautions.isEmpty()) {
      blocks.add(new Block.Paragraph(Sentences.lines(voice.say("offer.cautions"), cautions)));
    }
    blocks.add(voice.paragraph(how("offer.how", plan)));
    if (plan.steps().isPresent() && plan.routes().taken() == Route.SHIFT) {
      blocks.addAll(voice.byHand("hand.step", plan.doCommand()));
    }
    blocks.addAll(voice.byHand("hand.do", allAtOnce(plan)));
    blocks.addAll(voice.byHand("hand.undo", plan.undoCommand()));
    if (offer.value().isPresent()) {
      blocks.add(new Block.Buttons(new OfferButtons(voice, plan).of(offer.value().get())));
      blocks.add(
          voice
              .words()
              .context(
                  "offer.until",
                  Slot.text("until", voice.clock().minute(offer.expires())),
                  Slot.mono("typed", Typing.TERMINAL.command(words(plan)))));
    }
    return new Message(heading, blocks);
  }

  /** Said otherwise for a redeploy, and where nothing can be probed. */
  static String how(String key, Plan plan) {
    return key
        + (plan.steps().isPresent() ? ".canary" : "")
        + (plan.routes().taken() == Route.SHIFT ? "" : ".redeploy")
        + (plan.probeable() ? "" : ".unprobed");
  }

  /** What plans the other way. */
  private String otherWay(Plan plan) {
    Route other = plan.routes().taken() == Route.SHIFT ? Route.REDEPLOY : Route.SHIFT;
    String asked =
        plan.steps()
            .map(steps -> canary(plan, steps.ladder()))
            .orElseGet(() -> target(plan) + " " + plan.service().name());
    return voice.command(asked + " --route " + other.word());
  }

  /** The same card after it ended without effect. */
  Message over(OfferOver over) {
    Plan plan = over.plan();
    Problem why = over.why();
    String heading = heading(plan, voice.plain("over." + overWord(why.code())));
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Heading(heading));
    var problem = new ProblemText(voice);
    blocks.add(new Block.Paragraph(Sentences.lines(problem.why(why), problem.next(why))));
    blocks.add(voice.paragraph("over.asked", Slot.who("requester", over.requester())));
    if (why instanceof Problem.Failure) {
      blocks.addAll(voice.byHand("hand.do", plan.doCommand()));
      blocks.addAll(voice.byHand("hand.undo", plan.undoCommand()));
    }
    blocks.add(again("over.again", plan));
    return new Message(heading, blocks);
  }

  private static String overWord(Problem.Code code) {
    // Only the words differ, so an unnamed code is simply "not done".
    return code == Problem.Code.OFFER_EXPIRED || code == Problem.Code.CLICK_TOO_LATE
        ? "expired"
        : code == Problem.Code.SERVICE_MOVED ? "moved" : "other";
  }

  private Block again(String key, Plan plan) {
    return voice.words().context(key, Slot.mono("typed", voice.command(words(plan))));
  }

  private static String words(Plan plan) {
    String asked =
        plan.routes().why() == Routes.Why.ASKED ? " --route " + plan.routes().taken().word() : "";
    return plan.steps()
        .map(steps -> canary(plan, steps.ladder()) + asked)
        .orElseGet(() -> target(plan) + " " + plan.service().name() + asked);
  }

  private static String canary(Plan plan, Ladder ladder) {
    return "canary " + target(plan) + " " + plan.service().name() + InSteps.of(ladder).typed();
  }

  static String target(Plan plan) {
    return name(plan.target()).orElseGet(plan.digest()::abbreviated);
  }

  static String from(Voice voice, Plan plan) {
    return name(plan.live()).orElseGet(() -> voice.plain("from.unknown"));
  }

  private static Optional<String> name(Plan.Side side) {
    return side.commit()
        .map(CommitSha::abbreviated)
        .or(() -> side.revision().map(RevisionName::value));
  }

  private String heading(Plan plan, String word) {
    return voice.heading(word, plan.service(), from(voice, plan), target(plan));
  }

  private List<Part> moved(Moved moved) {
    return voice.say(
        "offer.moved",
        Slot.text("now", moved.now()),
        Slot.text("by", OneLine.of(moved.by(), OneLine.NAME)));
  }

  private List<Part> asked(Offered offer) {
    return Sentences.lines(
        voice.say(
            "offer.asked",
            Slot.who("requester", offer.requester()),
            Slot.text("at", voice.clock().stamp(offer.at()))),
        ActionCard.reason(voice, offer.reason()));
  }

  private List<Part> sides(Plan plan, Instant now) {
    return Sentences.lines(
        voice.say(
            "offer.live",
            new Slot("commit", voice.commit(plan.live().commit(), plan.live().text()))),
        since("offer.live.since", plan.live(), now),
        plan.before().sole().isPresent()
            ? List.of()
            : voice.say("offer.split", new Slot("split", liveSplit(plan))),
        voice.say(
            forward(plan) ? "offer.target.forward" : "offer.target",
            new Slot("commit", voice.commit(plan.target().commit(), plan.target().text()))),
        plan.routes().taken() == Route.SHIFT
            ? since("offer.target.since", plan.target(), now)
            : voice.say("offer.target.made"),
        // It says how the old revision did, with its own settings.
        plan.track()
            .filter(_ -> plan.routes().taken() == Route.SHIFT)
            .map(track -> new TrackText(voice).more(track, plan.worth()))
            .orElse(List.of()),
        voice.say("proof." + plan.proof()));
  }

  /** Also of a canary: when the bot is gone nobody takes its steps. */
  private static String allAtOnce(Plan plan) {
    boolean shift = plan.routes().taken() == Route.SHIFT;
    return plan.steps().isPresent() && shift
        ? plan.target()
            .revision()
            .map(name -> GcloudCommands.toRevision(plan.service(), LiveSplit.all(name)))
            .orElse(plan.doCommand())
        : plan.doCommand();
  }

  /** A canary to a revision that nobody has had yet leads nowhere back. */
  private static boolean forward(Plan plan) {
    return plan.steps().filter(s -> s.outlook().direction() == Direction.FORWARD).isPresent();
  }

  private List<Part> since(String key, Plan.Side side, Instant now) {
    Slot revision =
        Slot.text(
            "revision",
            side.revision().map(RevisionName::value).orElseGet(() -> voice.plain("from.unknown")));
    Optional<Instant> since = side.since();
    return since.isPresent()
        ? voice.say(key, revision, Slot.text("since", voice.clock().near(since.get(), now)))
        : voice.say("offer.since.unknown", revision);
  }

  private List<Part> liveSplit(Plan plan) {
    return voice.split(
        plan.before(),
        name ->
            plan.live().revision().filter(name::equals).isPresent()
                ? plan.live().commit()
                : plan.target().revision().filter(name::equals).isPresent()
                    ? plan.target().commit()
                    : Optional.empty());
  }

  private List<Part> between(Known<List<CommitInfo>> between) {
    return switch (between) {
      case Known.Unknown<List<CommitInfo>>(String source, Optional<Grant> _) ->
          voice.say("offer.between.unknown", new Slot("why", voice.unknown(source)));
      case Known.Value<List<CommitInfo>>(List<CommitInfo> commits) when commits.isEmpty() ->
          voice.say("offer.between.none");
      case Known.Value<List<CommitInfo>>(List<CommitInfo> commits) ->
          Sentences.lines(
              voice.say(
                  commits.size() < Plan.MOST_COMMITS ? "offer.between" : "offer.between.most",
                  Slot.number("n", commits.size())),
              voice.bullets(commits, MOST_NAMED, voice::commit));
    };
  }

  private List<Part> migrations(Known<List<Migration>> migrations) {
    return switch (migrations) {
      case Known.Unknown<List<Migration>> _ -> voice.say("offer.migrations.unknown");
      case Known.Value<List<Migration>>(List<Migration> crossed) when crossed.isEmpty() ->
          voice.say("offer.migrations.none");
      case Known.Value<List<Migration>>(List<Migration> crossed) ->
          Sentences.lines(
              voice.say("offer.migrations", Slot.number("n", crossed.size())),
              voice.bullets(crossed, MOST_NAMED, this::migration),
              voice.say("offer.migrations.warning"));
    };
  }

  private List<Part> migration(Migration migration) {
    return voice.say(
        "offer.migration",
        Slot.text("name", OneLine.of(migration.name(), OneLine.NAME)),
        Slot.text("downgrade", voice.plain("downgrade." + migration.downgrade())));
  }

  /** Migrations have their own paragraph and are not said twice. */
  static List<Caution> others(List<Caution> cautions) {
    return cautions.stream().filter(c -> !(c instanceof Caution.MigrationsCrossed)).toList();
  }

  private List<Part> cautions(List<Caution> cautions) {
    List<Caution> others = others(cautions);
    return voice.bullets(others, others.size(), new CautionText(voice)::say);
  }
}
