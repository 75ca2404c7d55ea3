package dev.rollbackbot.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code chat.*}: what posts, edits and points at messages. */
final class ChatMethods {
  private final Workspace workspace;
  private final SlackApp app;

  ChatMethods(Workspace workspace, SlackApp app) {
    this.workspace = workspace;
    this.app = app;
  }

  Map<String, WebApi.Method> methods() {
    return Map.of(
        "chat.postMessage", new WebApi.Method("chat:write", this::postMessage),
        "chat.update", new WebApi.Method("chat:write", this::update),
        "chat.postEphemeral", new WebApi.Method("chat:write", this::postEphemeral),
        "chat.getPermalink", new WebApi.Method("", this::permalink));
  }

  private ObjectNode postMessage(Args args) {
    var channel = writable(args);
    var thread = args.get("thread_ts");
    thread.ifPresent(ts -> parent(channel, ts));
    var blocks = args.blocks();
    var draft =
        Draft.open(channel.id(), app.botUser(), text(args, blocks), blocks.orElse(List.of()))
            .with(args.metadata())
            .inThread(thread, args.flag("reply_broadcast"));
    return posted(workspace.post(draft));
  }

  private ObjectNode update(Args args) {
    var channel = channel(args);
    var ts = args.need("ts", "message_not_found");
    var before =
        workspace
            .find(channel.id(), ts)
            .filter(p -> p.privateTo().isEmpty())
            .orElseThrow(() -> new Refused("message_not_found"));
    if (!before.author().equals(app.botUser())) {
      throw new Refused("cant_update_message");
    }
    var blocks = args.blocks();
    var text = text(args, blocks);
    // Text without blocks takes the old blocks away (docs.slack.dev, chat.update).
    var metadata = args.metadata();
    var after =
        workspace.edit(
            channel.id(),
            ts,
            p ->
                p.edited(
                    new Post.Version(
                        Instant.now(), text, blocks.orElse(List.of()), metadata.or(p::metadata))));
    var post = after.orElseThrow(() -> new Refused("message_not_found"));
    return posted(post).put("text", post.text());
  }

  private ObjectNode postEphemeral(Args args) {
    var channel = writable(args);
    var user = args.need("user", "user_not_found");
    var _ = workspace.person(user).orElseThrow(() -> new Refused("user_not_found"));
    if (!channel.members().contains(user)) {
      throw new Refused("user_not_in_channel");
    }
    var blocks = args.blocks();
    var draft =
        Draft.privately(
                channel.id(), app.botUser(), user, text(args, blocks), blocks.orElse(List.of()))
            .inThread(args.get("thread_ts"), false);
    return Json.object().put("message_ts", workspace.post(draft).ts());
  }

  private ObjectNode permalink(Args args) {
    var channel = channel(args);
    var ts = args.need("message_ts", "message_not_found");
    var post = workspace.find(channel.id(), ts).orElseThrow(() -> new Refused("message_not_found"));
    var thread = post.threadTs().map(p -> "?thread_ts=" + p + "&cid=" + channel.id()).orElse("");
    return Json.object()
        .put("channel", channel.id())
        .put(
            "permalink",
            // A reserved name, so that a stray request never reaches a stranger's workspace.
            "https://%s.slack.example/archives/%s/p%s%s"
                .formatted(workspace.team().domain(), channel.id(), ts.replace(".", ""), thread));
  }

  private String text(Args args, Optional<List<JsonNode>> blocks) {
    var text = Content.checkedText(args.get("text").orElse(""));
    if (text.isBlank() && blocks.orElse(List.of()).isEmpty()) {
      throw new Refused("no_text");
    }
    return text;
  }

  private Channel channel(Args args) {
    var id = args.need("channel", "channel_not_found");
    if (id.startsWith("U")) {
      var person =
          workspace
              .person(id)
              .filter(p -> p.kind() != Person.Kind.DELETED)
              .orElseThrow(() -> new Refused("channel_not_found"));
      return workspace.direct(app.botUser(), person.id());
    }
    return workspace.channel(id).orElseThrow(() -> new Refused("channel_not_found"));
  }

  private Channel writable(Args args) {
    var channel = channel(args);
    if (channel.archived()) {
      throw new Refused("is_archived");
    }
    if (!channel.members().contains(app.botUser())) {
      // A private channel does not even exist for who is not in it.
      throw new Refused(
          channel.kind() == Channel.Kind.PRIVATE ? "channel_not_found" : "not_in_channel");
    }
    return channel;
  }

  private void parent(Channel channel, String ts) {
    var _ =
        workspace
            .find(channel.id(), ts)
            .filter(p -> p.privateTo().isEmpty())
            .orElseThrow(() -> new Refused("thread_not_found"));
  }

  private ObjectNode posted(Post post) {
    var answer = Json.object().put("channel", post.channel()).put("ts", post.ts());
    answer.set("message", PayloadJson.message(post, workspace, app));
    return answer;
  }
}
