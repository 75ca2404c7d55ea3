package dev.rollbackbot.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Slack's JSON for people, conversations and messages. */
final class PayloadJson {
  private PayloadJson() {}

  static ObjectNode message(Post post, Workspace workspace, SlackApp app) {
    var json =
        Json.object()
            .put("type", "message")
            .put("user", post.author())
            .put("ts", post.ts())
            .put("team", workspace.team().id())
            .put("text", post.text());
    if (post.author().equals(app.botUser())) {
      json.put("bot_id", app.botId()).put("app_id", app.appId());
    }
    post.threadTs().ifPresent(ts -> json.put("thread_ts", ts));
    if (!post.blocks().isEmpty()) {
      json.set("blocks", Json.array(post.blocks()));
    }
    if (!post.files().isEmpty()) {
      json.set("files", files(post.files()));
    }
    post.metadata().ifPresent(m -> json.set("metadata", m));
    if (post.edits() > 0) {
      json.putObject("edited").put("user", post.author()).put("ts", post.ts());
    }
    return json;
  }

  static ArrayNode files(List<SharedFile> files) {
    var list = Json.array();
    for (var file : files) {
      var json =
          list.addObject()
              .put("id", file.id())
              .put("name", file.name())
              .put("title", file.title())
              .put("mimetype", file.mimeType())
              .put("size", file.size());
      if (!file.altText().isEmpty()) {
        json.put("alt_txt", file.altText());
      }
    }
    return list;
  }

  static ObjectNode user(Person person, boolean withLocale) {
    var kind = person.kind();
    var json =
        Json.object()
            .put("id", person.id())
            .put("team_id", person.teamId())
            .put("name", person.name())
            .put("real_name", person.realName())
            .put("deleted", kind == Person.Kind.DELETED)
            .put("tz", person.locale().startsWith("ja") ? "Asia/Tokyo" : "America/New_York")
            .put("is_bot", kind == Person.Kind.BOT)
            .put("is_admin", false)
            .put("is_stranger", kind == Person.Kind.FOREIGN)
            .put(
                "is_restricted",
                kind == Person.Kind.GUEST || kind == Person.Kind.SINGLE_CHANNEL_GUEST)
            .put("is_ultra_restricted", kind == Person.Kind.SINGLE_CHANNEL_GUEST);
    if (withLocale) {
      json.put("locale", person.locale());
    }
    json.putObject("profile")
        .put("display_name", person.realName())
        .put("real_name", person.realName())
        .put("team", person.teamId());
    return json;
  }

  static ObjectNode channel(Channel channel, SlackApp app) {
    var direct = channel.kind() == Channel.Kind.DIRECT;
    var json =
        Json.object()
            .put("id", channel.id())
            .put("name", channel.name())
            .put("is_channel", !direct)
            .put("is_im", direct)
            .put("is_private", channel.kind() == Channel.Kind.PRIVATE)
            .put("is_archived", channel.archived())
            .put("is_shared", channel.kind() == Channel.Kind.SHARED)
            .put("is_ext_shared", channel.kind() == Channel.Kind.SHARED)
            .put("is_org_shared", false)
            .put("is_member", channel.members().contains(app.botUser()));
    if (direct) {
      json.put("user", channel.name());
    }
    return json;
  }

  /** {@code state.values} of what a person typed or chose, keyed by action id. */
  static ObjectNode values(Iterable<JsonNode> blocks, Map<String, String> typed) {
    var values = Json.object();
    for (var block : blocks) {
      for (var element : Content.interactive(block)) {
        var type = element.path("type").asText();
        if (type.equals("button") || type.equals("overflow")) {
          continue;
        }
        var id = element.path("action_id").asText();
        var state = Json.object().put("type", type);
        var value = typed.get(id);
        if (type.equals("static_select")) {
          state.set("selected_option", value == null ? null : option(element, value));
        } else if (value == null && element.has("initial_value")) {
          state.set("value", element.get("initial_value"));
        } else {
          state.put("value", value);
        }
        values
            .withObject("/" + block.path("block_id").asText().replace("~", "~0").replace("/", "~1"))
            .set(id, state);
      }
    }
    return values;
  }

  static JsonNode option(JsonNode element, String value) {
    return element.findParents("value").stream()
        .filter(o -> o.path("value").asText().equals(value) && o.has("text"))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No option with value " + value));
  }
}
