package dev.rollbackbot.text;

import dev.rollbackbot.domain.health.CanaryVerdict;
import dev.rollbackbot.domain.health.CanaryVerdict.Reason;
import dev.rollbackbot.domain.health.CanaryVerdict.Word;
import dev.rollbackbot.domain.health.Detectability;
import dev.rollbackbot.domain.health.Direction;
import dev.rollbackbot.domain.health.LiveRate;
import dev.rollbackbot.domain.health.Share;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.plan.Known;
import dev.rollbackbot.domain.plan.Outlook;
import dev.rollbackbot.domain.plan.Plan;
import dev.rollbackbot.domain.report.JobView;
import dev.rollbackbot.text.Message.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a canary's rung can show, and what it has shown. */
final class CanaryText {
  private static final double FEW_A_MINUTE = 10;

  private final Voice voice;

  CanaryText(Voice voice) {
    this.voice = voice;
  }

  /** Where a canary stands, for its card: the ladder, what was found, what stands in the way. */
  List<Part> progress(JobView view, Phase phase) {
    if (view.journal().canary().isEmpty() || phase.rests()) {
      return List.of();
    }
    Canary canary = view.journal().canary().get();
    var lines = new ArrayList<List<Part>>();
    if (!phase.goesBack()) {
      String who = phase == Phase.HOLDING ? "HELD" : String.valueOf(canary.ladder().advance());
      lines.add(ladder(canary.ladder(), phase.splits() ? canary.rung() : -1, who));
    }
    canary.doubt().ifPresent(doubt -> lines.add(voice.say("canary.doubt." + doubt)));
    view.verdict().ifPresent(verdict -> lines.add(verdict(verdict)));
    if (phase == Phase.WATCHING) {
      Instant look = canary.endAfter(canary.seenUntil());
      lines.add(voice.say("canary.look", Slot.text("at", voice.clock().time(look))));
    }
    return Sentences.lines(lines);
  }

  /** The steps, the one that users are on in bold, and who takes the next. */
  private List<Part> ladder(Ladder ladder, int rung, String who) {
    var steps = new ArrayList<Part>();
    for (int i = 0; i < ladder.steps().size(); i++) {
      if (i > 0) {
        steps.add(new Part.Literal(" → "));
      }
      String step = ladder.steps().get(i) + " %";
      steps.add(i == rung ? new Part.Bold(step) : new Part.Literal(step));
    }
    return voice.say(
        "canary.ladder." + who,
        new Slot("steps", steps),
        Slot.text("hold", voice.clock().duration(ladder.hold())));
  }

  /** Before the first rung: what each will see, and what of it would be noticed. */
  List<Part> outlook(Plan.Steps steps) {
    Outlook outlook = steps.outlook();
    var lines = new ArrayList<List<Part>>();
    lines.add(ladder(steps.ladder(), -1, String.valueOf(steps.ladder().advance())));
    lines.add(voice.say("canary.direction." + outlook.direction()));
    if (outlook.rate() instanceof Known.Value<LiveRate>(LiveRate rate)) {
      lines.add(
          voice.say(
              "canary.rate",
              Slot.text("rate", aMinute(rate.aMinute())),
              Slot.text("errors", share(rate.errors()))));
      for (int rung = 0; rung < outlook.rungs().size(); rung++) {
        lines.add(rung(steps.ladder().steps().get(rung), outlook.rungs().get(rung)));
      }
    } else {
      lines.add(voice.say("canary.rate.unknown"));
    }
    return Sentences.lines(lines);
  }

  /** The verdict and what decided it, in one sentence. */
  List<Part> brief(CanaryVerdict verdict) {
    return voice.say(
        "canary.brief",
        new Slot("verdict", voice.say(key(verdict.word()))),
        new Slot("reason", reason(verdict.reasons().getFirst())));
  }

  /** Before a rung: how much it will see, and what of that would be noticed. */
  List<Part> rung(int percent, Detectability expected) {
    return voice.say(
        "canary.rung",
        Slot.number("percent", percent),
        Slot.number("n", expected.candidate()),
        new Slot("findings", findings(expected)));
  }

  private List<Part> findings(Detectability expected) {
    if (expected.noticed().isEmpty()) {
      return voice.say("canary.expect.nothing");
    }
    Slot noticed = Slot.text("noticed", percent(expected.noticed().getAsDouble()));
    boolean forward = expected.direction() == Direction.FORWARD;
    if (expected.unnoticed().isEmpty()) {
      return voice.say(forward ? "canary.expect.worse" : "canary.expect.better", noticed);
    }
    return voice.say(
        forward ? "canary.expect.worse.not" : "canary.expect.better.not",
        noticed,
        Slot.text("unnoticed", percent(expected.unnoticed().getAsDouble())));
  }

  /** The verdict in bold, and its reasons, one a line. */
  List<Part> verdict(CanaryVerdict verdict) {
    var lines = new ArrayList<List<Part>>();
    lines.add(voice.say(key(verdict.word())));
    verdict.reasons().forEach(reason -> lines.add(reason(reason)));
    return Sentences.lines(lines);
  }

  private static String key(Word word) {
    return switch (word) {
      case WORSE -> "canary.worse";
      case BETTER -> "canary.better";
      case SAME -> "canary.same";
      case NOT_ENOUGH_DATA -> "canary.little";
      case BOTH_BAD -> "canary.bothbad";
    };
  }

  private List<Part> reason(Reason reason) {
    return switch (reason) {
      case Reason.MoreErrors(Share candidate, Share baseline) ->
          shares("canary.errors.more", candidate, baseline);
      case Reason.FewerErrors(Share candidate, Share baseline) ->
          shares("canary.errors.fewer", candidate, baseline);
      case Reason.NoDifference(Share candidate, Share baseline) ->
          shares("canary.errors.alike", candidate, baseline);
      case Reason.Slower(var line, Share candidate, Share baseline) ->
          shares("canary.slow.more", candidate, baseline, line(line.over()));
      case Reason.Faster(var line, Share candidate, Share baseline) ->
          shares("canary.slow.fewer", candidate, baseline, line(line.over()));
      case Reason.OverLimit(double limit, Share candidate, Share baseline) ->
          shares("canary.limit", candidate, baseline, Slot.text("limit", percent(limit)));
      case Reason.TooFewRequests(int candidate, int baseline, int needed) ->
          voice.say(
              "canary.few",
              Slot.number("candidate", candidate),
              Slot.number("baseline", baseline),
              Slot.number("needed", needed));
    };
  }

  private List<Part> shares(String key, Share candidate, Share baseline, Slot... more) {
    var slots = new ArrayList<>(List.of(more));
    slots.add(Slot.text("candidate", share(candidate)));
    slots.add(Slot.text("baseline", share(baseline)));
    return voice.words().say(key, slots);
  }

  private static Slot line(Duration over) {
    return Slot.text("line", Numbers.grouped(over.toMillis()) + " ms");
  }

  /** {@code 9/48 (18.8 %)}; of nothing there is no share. */
  private String share(Share share) {
    return share.of() == 0
        ? voice.plain("figures.nodata")
        : "%s/%s (%s)"
            .formatted(
                Numbers.grouped(share.count()),
                Numbers.grouped(share.of()),
                Numbers.share(share.value()));
  }

  /** Round numbers stay round. */
  private static String percent(double share) {
    double percent = share * 100;
    return percent == Math.rint(percent) ? Math.round(percent) + " %" : Numbers.share(share);
  }

  private static String aMinute(double requests) {
    return requests < FEW_A_MINUTE
        ? String.format(Locale.ROOT, "%.1f", requests)
        : Numbers.grouped(Math.round(requests));
  }
}
