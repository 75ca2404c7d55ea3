package dev.rollbackbot.text;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Hand;
import dev.rollbackbot.domain.plan.Caution;
import dev.rollbackbot.text.Message.Part;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One sentence for each caution. */
final class CautionText {
  private final Voice voice;

  CautionText(Voice voice) {
    this.voice = voice;
  }

  List<Part> say(Caution caution) {
    String key = "caution." + caution.getClass().getSimpleName();
    return switch (caution) {
      case Caution.MigrationsCrossed(int count, int without) ->
          voice.say(key, Slot.number("n", count), Slot.number("without", without));
      case Caution.FactUnknown(String source) -> voice.unknown(source);
      case Caution.PermissionMissing(var grant) -> voice.missing(grant);
      case Caution.NotOnBranch(String branch) -> voice.say(key, outside("branch", branch));
      case Caution.GoesForward() -> voice.say(key);
      case Caution.TargetWasNotReady(String reason) -> voice.say(key, reason(reason));
      case Caution.LeftoverTags(List<String> tags) ->
          voice.say(key, outside("tags", String.join(", ", tags)));
      case Caution.NotSettled(String wanted, String observed) ->
          voice.say(key, outside("wanted", wanted), outside("observed", observed));
      case Caution.KeptBy(Hand hand) -> voice.say(key + "." + hand);
      case Caution.UnknownTool(String client) -> voice.say(key, outside("client", client));
      case Caution.PinCleared(String by, String with, Instant at) ->
          voice.say(
              key,
              outside("by", by),
              outside("with", with),
              Slot.text("at", voice.clock().shortDay(at)));
      case Caution.BuildRunning(String name, Optional<CommitSha> commit, Instant since) ->
          voice.say(key, new Slot("build", build(voice, name, commit, since)));
      case Caution.DeployInFlight(var revision) ->
          voice.say(key, outside("revision", revision.value()));
      case Caution.RecordUnreadable(String why) -> voice.say(key, reason(why));
      case Caution.TargetWasUnwell() -> voice.say(key);
      case Caution.ClosesOpenJob(String target) -> voice.say(key, outside("target", target));
      case Caution.CannotProbe(String reason) -> voice.say(key, reason(reason));
      case Caution.ProvedByLabelOnly(var revision) ->
          voice.say(key, outside("revision", revision.value()));
      case Caution.NewestFailing(String reason) -> voice.say(key, reason(reason));
      case Caution.AlreadyPinned() -> voice.say(key);
      case Caution.TakesOverCanary(String target, int percent) ->
          voice.say(key, outside("target", target), Slot.number("percent", percent));
      case Caution.SessionAffinity() -> voice.say(key);
      case Caution.MinInstances(String instances) -> voice.say(key, outside("n", instances));
      case Caution.ColdStarts() -> voice.say(key);
    };
  }

  /** A build under way, by its trigger and commit. */
  static List<Part> build(Voice voice, String name, Optional<CommitSha> commit, Instant since) {
    return voice.say(
        "build",
        outside("name", name),
        Slot.mono(
            "commit",
            commit.map(CommitSha::abbreviated).orElseGet(() -> voice.plain("commit.unknown"))),
        Slot.text("since", voice.clock().shortDay(since)));
  }

  private Slot reason(String reason) {
    return Slot.text("reason", voice.reason(reason));
  }

  private static Slot outside(String name, String text) {
    return Slot.text(name, OneLine.of(text, OneLine.REASON));
  }
}
