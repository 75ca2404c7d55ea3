package dev.rollbackbot.text;

import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.plan.Differences;
import dev.rollbackbot.domain.plan.Known;
import dev.rollbackbot.domain.plan.Plan;
import dev.rollbackbot.domain.plan.Routes;
import dev.rollbackbot.text.Message.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Both ways side by side: which one is taken and why, and what differs between them. */
final class RouteText {
  private final Voice voice;
  private final Plan plan;
  private final Routes routes;

  RouteText(Voice voice, Plan plan) {
    this.voice = voice;
    this.plan = plan;
    this.routes = plan.routes();
  }

  /** The way that is taken, and the other one with the command that plans it. */
  List<Part> ways(String otherTyped) {
    Route other = routes.taken() == Route.SHIFT ? Route.REDEPLOY : Route.SHIFT;
    var taken = new ArrayList<Part>(voice.say("route." + routes.taken()));
    taken.addAll(voice.say("sentences.join"));
    taken.addAll(voice.say("route.why." + routes.why()));
    return Sentences.lines(
        taken,
        routes.otherToo()
            ? voice.say("route.other." + other, Slot.mono("typed", otherTyped))
            : List.of());
  }

  /** From the configuration of the old revision to today's. Names, never values of variables. */
  List<Part> differences() {
    return switch (routes.differences()) {
      case Known.Unknown<Differences> _ ->
          voice.say(plan.target().revision().isPresent() ? "differs.unknown" : "differs.gone");
      case Known.Value<Differences>(Differences found) ->
          Sentences.lines(
              voice.say(found.none() ? "differs.none" : "differs"),
              names("differs.added", found.added()),
              names("differs.removed", found.removed()),
              names("differs.changed", found.changed()),
              Sentences.lines(found.figures().stream().map(this::figure).toList()),
              names("differs.others", found.others()),
              names("differs.floating", found.floating()),
              names("differs.fixed", found.fixed()));
    };
  }

  private List<Part> figure(Differences.Change change) {
    return voice.say(
        "differs.figure",
        Slot.text("name", voice.plain("figure." + change.figure())),
        Slot.text("then", value(change.then())),
        Slot.text("now", value(change.now())));
  }

  private String value(Optional<String> value) {
    return value.map(v -> OneLine.of(v, OneLine.NAME)).orElseGet(() -> voice.plain("figure.unset"));
  }

  private List<Part> names(String key, List<String> names) {
    return names.isEmpty()
        ? List.of()
        : voice.say(key, Slot.text("names", OneLine.of(String.join(", ", names), OneLine.LIST)));
  }
}
