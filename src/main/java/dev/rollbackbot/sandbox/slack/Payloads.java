package dev.rollbackbot.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The bodies of Slack's requests to an app. */
final class Payloads {
  private final SlackServer server;
  private final Workspace workspace;
  private final SlackApp app;

  Payloads(SlackServer server) {
    this.server = server;
    this.workspace = server.workspace();
    this.app = server.app();
  }

  /** The form fields of a slash command. */
  Map<String, String> command(Person person, String channel, String command, String text) {
    var form = new LinkedHashMap<String, String>();
    form.put("token", app.verificationToken());
    form.put("team_id", person.teamId());
    form.put("team_domain", workspace.team().domain());
    form.put("channel_id", channel);
    form.put("channel_name", workspace.channel(channel).map(Channel::name).orElse("privategroup"));
    form.put("user_id", person.id());
    form.put("user_name", person.name());
    form.put("command", command);
    form.put("text", text.strip());
    form.put("api_app_id", app.appId());
    form.put("is_enterprise_install", "false");
    form.put("response_url", server.responseUrls().forCommand(channel, person.id()).toString());
    form.put("trigger_id", server.views().trigger(person.id()));
    return form;
  }

  ObjectNode viewSubmission(Person person, JsonNode view, Map<String, String> typed) {
    ObjectNode submitted = view.deepCopy();
    submitted.putObject("state").set("values", PayloadJson.values(view.path("blocks"), typed));
    var payload = interaction("view_submission", person);
    payload.set("view", submitted);
    payload.putArray("response_urls");
    return payload;
  }

  ObjectNode blockActions(Person person, Post post, Widget widget, Map<String, String> typed) {
    var payload = interaction("block_actions", person);
    payload
        .putObject("container")
        .put("type", "message")
        .put("message_ts", post.ts())
        .put("channel_id", post.channel())
        .put("is_ephemeral", post.privateTo().isPresent());
    payload
        .putObject("channel")
        .put("id", post.channel())
        .put("name", workspace.channel(post.channel()).map(Channel::name).orElse(""));
    if (post.privateTo().isEmpty()) {
      payload.set("message", PayloadJson.message(post, workspace, app));
    }
    payload.putObject("state").set("values", PayloadJson.values(post.blocks(), typed));
    payload.put("response_url", server.responseUrls().forAction(person.id(), post).toString());
    var action =
        payload
            .putArray("actions")
            .addObject()
            .put("action_id", widget.actionId())
            .put("block_id", widget.blockId())
            .put("type", widget.type())
            .put("action_ts", workspace.nextTs());
    if (widget.type().equals("button")) {
      action.set("text", widget.element().path("text"));
      widget.value().ifPresent(value -> action.put("value", value));
    } else {
      action.set(
          "selected_option", PayloadJson.option(widget.element(), widget.value().orElse("")));
    }
    return payload;
  }

  private ObjectNode interaction(String type, Person person) {
    var payload =
        Json.object()
            .put("type", type)
            .put("api_app_id", app.appId())
            .put("token", app.verificationToken())
            .put("trigger_id", server.views().trigger(person.id()))
            .put("is_enterprise_install", false)
            .putNull("enterprise");
    payload
        .putObject("user")
        .put("id", person.id())
        .put("username", person.name())
        .put("name", person.name())
        .put("team_id", person.teamId());
    payload
        .putObject("team")
        .put("id", workspace.team().id())
        .put("domain", workspace.team().domain());
    return payload;
  }

  ObjectNode mention(Person person, Post post) {
    var team = workspace.team().id();
    var envelope =
        Json.object()
            .put("token", app.verificationToken())
            .put("team_id", team)
            .put("api_app_id", app.appId())
            .put("type", "event_callback")
            .put("event_id", "Ev" + post.ts().replace(".", ""))
            .put("event_time", Long.parseLong(post.ts().substring(0, post.ts().indexOf('.'))))
            .put(
                "is_ext_shared_channel",
                workspace
                    .channel(post.channel())
                    .filter(c -> c.kind() == Channel.Kind.SHARED)
                    .isPresent());
    var event =
        envelope
            .putObject("event")
            .put("type", "app_mention")
            .put("user", person.id())
            .put("text", post.text())
            .put("ts", post.ts())
            .put("channel", post.channel())
            .put("event_ts", post.ts())
            .put("team", person.teamId());
    post.threadTs().ifPresent(ts -> event.put("thread_ts", ts));
    envelope
        .putArray("authorizations")
        .addObject()
        .putNull("enterprise_id")
        .put("team_id", team)
        .put("user_id", app.botUser())
        .put("is_bot", true)
        .put("is_enterprise_install", false);
    return envelope;
  }
}
