package dev.rollbackbot.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code response_url}s: at most {@value #MAX_USES} uses within 30 minutes. An interactive one
 * replaces its message unless {@code replace_original} is false; a command's one cannot (Slack's
 * interactive-messages guide; docs.slack.dev/interactivity).
 */
final class ResponseUrls {
  static final int MAX_USES = 5;
  static final Duration LIFE = Duration.ofMinutes(30);
  private static final int MAX_URLS = 10_000;

  private record Url(String channel, String user, Optional<Post> original, Instant made, int uses) {
    Url used() {
      return new Url(channel, user, original, made, uses + 1);
    }
  }

  private final Workspace workspace;
  private final SlackApp app;
  private final URI base;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Url> urls =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Url> eldest) {
          return size() > MAX_URLS;
        }
      };

  ResponseUrls(Workspace workspace, SlackApp app, URI base, InstantSource clock) {
    this.workspace = workspace;
    this.app = app;
    this.base = base;
    this.clock = clock;
  }

  URI forCommand(String channel, String user) {
    return add("commands", new Url(channel, user, Optional.empty(), clock.instant(), 0));
  }

  URI forAction(String user, Post original) {
    return add(
        "actions", new Url(original.channel(), user, Optional.of(original), clock.instant(), 0));
  }

  /** Plays one answer; refuses with {@code used_url}, {@code expired_url} and content errors. */
  synchronized void use(String path, JsonNode body) {
    var url = urls.get(path);
    if (url == null || url.made().plus(LIFE).isBefore(clock.instant())) {
      throw new Refused("expired_url");
    }
    if (url.uses() >= MAX_USES) {
      throw new Refused("used_url");
    }
    urls.put(path, url.used());
    respond(workspace, app, url.channel(), url.user(), url.original(), body);
  }

  /** What an app's answer to a command, or a later one by its URL, does in the workspace. */
  static void respond(
      Workspace workspace,
      SlackApp app,
      String channel,
      String user,
      Optional<Post> original,
      JsonNode body) {
    if (original.isPresent() && body.path("delete_original").asBoolean(false)) {
      workspace.delete(channel, original.get().ts());
      return;
    }
    var text = Content.checkedText(body.path("text").asText(""));
    List<JsonNode> blocks =
        body.hasNonNull("blocks") ? Content.checked(body.get("blocks")) : List.of();
    if (text.isBlank() && blocks.isEmpty()) {
      throw new Refused("no_text");
    }
    if (original.isPresent() && body.path("replace_original").asBoolean(true)) {
      var version = new Post.Version(Instant.now(), text, blocks, Optional.empty());
      var _ =
          workspace
              .edit(channel, original.get().ts(), p -> p.edited(version))
              .orElseThrow(() -> new Refused("message_not_found"));
      return;
    }
    var draft =
        Draft.open(channel, app.botUser(), text, blocks)
            .inThread(Optional.ofNullable(body.get("thread_ts")).map(JsonNode::asText), false);
    var open = body.path("response_type").asText("ephemeral").equals("in_channel");
    workspace.post(open ? draft : draft.onlyFor(user));
  }

  private synchronized URI add(String kind, Url url) {
    var token = new byte[12];
    random.nextBytes(token);
    var path =
        "/%s/%s/%d/%s"
            .formatted(
                kind, workspace.team().id(), urls.size() + 1, HexFormat.of().formatHex(token));
    urls.put(path, url);
    return base.resolve(path);
  }
}
