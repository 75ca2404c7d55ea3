package dev.rollbackbot.text;

import dev.rollbackbot.domain.plan.Caution;
import dev.rollbackbot.text.Message.Part;
import java.util.List;

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
      case Caution.OwnedByTool(String client) -> voice.say(key, outside("client", client));
      case Caution.ClosesOpenJob(String target) -> voice.say(key, outside("target", target));
      case Caution.CannotProbe(String reason) -> voice.say(key, reason(reason));
      case Caution.ProvedByLabelOnly(var revision) ->
          voice.say(key, outside("revision", revision.value()));
      case Caution.NewestFailing(String reason) -> voice.say(key, reason(reason));
      case Caution.AlreadyPinned() -> voice.say(key);
    };
  }

  private Slot reason(String reason) {
    return Slot.text("reason", voice.reason(reason));
  }

  private static Slot outside(String name, String text) {
    return Slot.text(name, OneLine.of(text, OneLine.REASON));
  }
}
