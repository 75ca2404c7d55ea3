package dev.rollbackbot.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files in three steps: ask for a URL, send the bytes there, complete. Keeps the last 100 files.
 */
final class Uploads {
  private static final int MAX_FILES = 100;

  /** A file as far as it got. */
  private record Upload(String id, String name, long length, long received, String title) {}

  private final Workspace workspace;
  private final SlackApp app;
  private final URI base;
  private final Map<String, Upload> files =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Upload> eldest) {
          return size() > MAX_FILES;
        }
      };
  private int count;

  Uploads(Workspace workspace, SlackApp app, URI base) {
    this.workspace = workspace;
    this.app = app;
    this.base = base;
  }

  Map<String, WebApi.Method> methods() {
    return Map.of(
        "files.getUploadURLExternal", new WebApi.Method("files:write", this::begin),
        "files.completeUploadExternal", new WebApi.Method("files:write", this::complete));
  }

  /** Takes the bytes of a file; false if nobody asked for it or its length is wrong. */
  synchronized boolean receive(String id, long bytes) {
    var file = files.get(id);
    // A multipart body is longer than its file, never shorter.
    if (file == null || bytes < file.length()) {
      return false;
    }
    files.put(id, new Upload(id, file.name(), file.length(), bytes, file.title()));
    return true;
  }

  private synchronized ObjectNode begin(Args args) {
    var name = args.need("filename", "invalid_arguments");
    var length = length(args.need("length", "invalid_arguments"));
    var id = "F0FILE%05d".formatted(++count);
    files.put(id, new Upload(id, name, length, -1, name));
    return Json.object()
        .put("upload_url", base.resolve("/upload/v1/" + id).toString())
        .put("file_id", id);
  }

  private synchronized ObjectNode complete(Args args) {
    var asked = args.json("files", "invalid_arguments").orElseGet(Json::array);
    if (!asked.isArray() || asked.isEmpty()) {
      throw new Refused("invalid_arguments");
    }
    var answer = Json.object();
    var list = answer.putArray("files");
    var names = new StringBuilder();
    for (var one : asked) {
      var file = finished(one);
      list.addObject().put("id", file.id()).put("title", file.title()).put("name", file.name());
      names.append('\n').append("[file] ").append(file.title());
    }
    args.get("channel_id")
        .or(() -> args.get("channels"))
        .ifPresent(channel -> share(args, channel, names.toString()));
    return answer;
  }

  private Upload finished(JsonNode asked) {
    var file =
        Optional.ofNullable(files.get(asked.path("id").asText()))
            .filter(f -> f.received() >= 0)
            .orElseThrow(() -> new Refused("file_not_found"));
    var title = asked.path("title").asText(file.name());
    var done = new Upload(file.id(), file.name(), file.length(), file.received(), title);
    files.put(file.id(), done);
    return done;
  }

  private void share(Args args, String channelId, String names) {
    var channel = workspace.channel(channelId).orElseThrow(() -> new Refused("channel_not_found"));
    if (!channel.members().contains(app.botUser())) {
      throw new Refused("not_in_channel");
    }
    var text = args.get("initial_comment").orElse("") + names;
    workspace.post(
        Draft.open(channel.id(), app.botUser(), text.strip(), List.of())
            .inThread(args.get("thread_ts"), false));
  }

  private static long length(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Refused("invalid_arguments");
    }
  }
}
