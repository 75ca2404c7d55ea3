package dev.rollbackbot.sandbox.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollbackbot.sandbox.page.PageServer.Rejected;
import dev.rollbackbot.sandbox.slack.Answer;
import dev.rollbackbot.sandbox.slack.Forgery;
import dev.rollbackbot.sandbox.slack.Person;
import dev.rollbackbot.sandbox.slack.SlackClientActions;
import dev.rollbackbot.sandbox.slack.Widget;
import dev.rollbackbot.sandbox.slack.Workspace;
import java.util.HashMap;
import java.util.Optional;

/** What the page's script asks to be done, in the name of the chosen person. */
final class PageActions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Workspace workspace;
  private final SlackClientActions slack;
  private final Controls controls;
  private final PageState state;

  PageActions(Workspace workspace, SlackClientActions slack, Controls controls, PageState state) {
    this.workspace = workspace;
    this.slack = slack;
    this.controls = controls;
    this.state = state;
  }

  Person actor(String id) {
    return state.actors().stream()
        .filter(p -> p.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new Rejected(400, "Nobody can act as " + id));
  }

  JsonNode command(JsonNode body) {
    var me = actor(text(body, "as"));
    return told(slack.command(me.id(), channel(body, me), text(body, "text").strip()));
  }

  JsonNode mention(JsonNode body) {
    var me = actor(text(body, "as"));
    var thread = Optional.of(text(body, "thread")).filter(t -> !t.isEmpty());
    return slack
        .say(me.id(), channel(body, me), text(body, "text").strip(), thread)
        .map(PageActions::told)
        .orElseGet(() -> JSON.createObjectNode().put("result", Answer.Result.OK.name()));
  }

  JsonNode click(JsonNode body) {
    var me = actor(text(body, "as"));
    var post =
        workspace
            .find(text(body, "channel"), text(body, "ts"))
            .filter(p -> state.visible(p, me))
            .orElseThrow(() -> new Rejected(404, "No such message"));
    var widget =
        Widget.all(post).stream()
            .filter(w -> w.blockId().equals(text(body, "block_id")))
            .filter(w -> w.actionId().equals(text(body, "action_id")))
            .filter(
                w -> w.type().equals("button") || w.value().orElse("").equals(text(body, "value")))
            .findFirst()
            .orElseThrow(() -> new Rejected(409, "That button is no longer there"));
    var typed = new HashMap<String, String>();
    body.path("typed").properties().forEach(f -> typed.put(f.getKey(), f.getValue().asText()));
    return told(slack.click(me.id(), post, widget, typed, Forgery.NONE));
  }

  byte[] file(String as, String id) {
    return slack.open(actor(as).id(), id).orElseThrow(() -> new Rejected(404, "No such file here"));
  }

  JsonNode control(JsonNode body) {
    var locale = PageServer.locale(text(body, "language"));
    try {
      return JSON.createObjectNode().put("said", controls.press(text(body, "id"), locale));
    } catch (IllegalArgumentException e) {
      throw new Rejected(404, "No such control");
    }
  }

  JsonNode choose(JsonNode body) {
    var locale = PageServer.locale(text(body, "language"));
    try {
      return JSON.createObjectNode()
          .put("said", controls.choose(text(body, "id"), text(body, "value"), locale));
    } catch (IllegalArgumentException e) {
      throw new Rejected(404, "No such setting");
    }
  }

  private String channel(JsonNode body, Person me) {
    return workspace
        .channel(text(body, "channel"))
        .filter(c -> c.members().contains(me.id()))
        .orElseThrow(() -> new Rejected(404, "No such channel"))
        .id();
  }

  private static JsonNode told(Answer answer) {
    return JSON.createObjectNode()
        .put("result", answer.result().name())
        .put("error", answer.result().error())
        .put("millis", answer.took().toMillis());
  }

  private static String text(JsonNode body, String field) {
    return body.path(field).asText("");
  }
}
