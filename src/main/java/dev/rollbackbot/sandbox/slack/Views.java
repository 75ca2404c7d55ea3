package dev.rollbackbot.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Modals: the triggers that permit one for three seconds, and the view each person has open. */
final class Views {
  private static final Duration TRIGGER_LIFE = Duration.ofSeconds(3);
  private static final int MAX_TRIGGERS = 1_000;

  private record Trigger(String user, Instant at, boolean used) {}

  private final Workspace workspace;
  private final SlackApp app;
  private final InstantSource clock;
  private final Map<String, Trigger> triggers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Trigger> eldest) {
          return size() > MAX_TRIGGERS;
        }
      };
  private final Map<String, JsonNode> open = new LinkedHashMap<>();
  private int count;

  Views(Workspace workspace, SlackApp app, InstantSource clock) {
    this.workspace = workspace;
    this.app = app;
    this.clock = clock;
  }

  Map<String, WebApi.Method> methods() {
    return Map.of("views.open", new WebApi.Method("", this::open));
  }

  /** A new {@code trigger_id} for what a person just did. */
  synchronized String trigger(String user) {
    var id = "%d.%d.%s".formatted(++count, clock.millis(), workspace.team().id());
    triggers.put(id, new Trigger(user, clock.instant(), false));
    return id;
  }

  /** The modal that a person looks at. */
  synchronized Optional<JsonNode> openFor(String user) {
    return Optional.ofNullable(open.get(user));
  }

  synchronized void close(String user) {
    open.remove(user);
  }

  private synchronized ObjectNode open(Args args) {
    var id = args.need("trigger_id", "invalid_trigger_id");
    var trigger = triggers.get(id);
    if (trigger == null) {
      throw new Refused("invalid_trigger_id");
    }
    if (trigger.used()) {
      throw new Refused("exchanged_trigger_id");
    }
    if (trigger.at().plus(TRIGGER_LIFE).isBefore(clock.instant())) {
      throw new Refused("expired_trigger_id");
    }
    var asked =
        args.json("view", "invalid_arguments").orElseThrow(() -> new Refused("invalid_arguments"));
    var problems = BlockKit.viewProblems(asked);
    if (!problems.isEmpty()) {
      throw new Refused("invalid_arguments", problems);
    }
    triggers.put(id, new Trigger(trigger.user(), trigger.at(), true));
    ObjectNode view = asked.deepCopy();
    view.set("blocks", Json.array(Content.checked(asked.get("blocks"))));
    view.put("id", "V0VIEW%05d".formatted(++count));
    view.put("team_id", workspace.team().id()).put("app_id", app.appId());
    view.put("bot_id", app.botId()).put("hash", clock.millis() + ".x");
    open.put(trigger.user(), view);
    var answer = Json.object();
    answer.set("view", view);
    return answer;
  }
}
