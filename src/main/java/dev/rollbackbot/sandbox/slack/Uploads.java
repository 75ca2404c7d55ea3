package dev.rollbackbot.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files in three steps: ask for a URL, send the bytes there, complete. Keeps the last 100 files.
 *
 * <p>Source: docs.slack.dev, {@code files.getUploadURLExternal} and {@code
 * files.completeUploadExternal}, with their errors, read 2026-11-24: alt text of at most 1,000
 * characters, no file of length 0, a body that is raw or multipart, a non-200 answer to a wrong
 * one, one completion for each file, one channel with a thread, and the thread's parent as {@code
 * thread_ts}. Unproved, so strict here: the error code for an archived channel and for a wrong
 * {@code thread_ts}; and the real message may come a moment after the answer.
 */
final class Uploads {
  private static final int MAX_FILES = 100;
  private static final int MAX_ALT_TEXT = 1_000;

  /** How far a file got. */
  private enum Stage {
    ASKED,
    RECEIVED,
    SHARED
  }

  private record Upload(SharedFile file, ByteString bytes, Stage stage) {}

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
  synchronized boolean receive(String id, String contentType, byte[] body) {
    var upload = files.get(id);
    var bytes = Multipart.file(contentType, body);
    if (upload == null
        || upload.stage() == Stage.SHARED
        || bytes.filter(b -> b.length == upload.file().size()).isEmpty()) {
      return false;
    }
    files.put(id, new Upload(upload.file(), ByteString.copyFrom(bytes.get()), Stage.RECEIVED));
    return true;
  }

  /** The bytes of a file that was shared. */
  synchronized Optional<byte[]> bytes(String id) {
    return Optional.ofNullable(files.get(id))
        .filter(upload -> upload.stage() == Stage.SHARED)
        .map(upload -> upload.bytes().toByteArray());
  }

  private synchronized ObjectNode begin(Args args) {
    var name = args.need("filename", "invalid_arguments");
    int length = length(args.need("length", "missing_argument"));
    var altText = args.get("alt_txt").orElse("");
    if (altText.codePointCount(0, altText.length()) > MAX_ALT_TEXT) {
      throw new Refused("alt_txt_too_large");
    }
    var id = "F0FILE%05d".formatted(++count);
    files.put(
        id,
        new Upload(new SharedFile(id, name, name, altText, length), ByteString.EMPTY, Stage.ASKED));
    return Json.object()
        .put("upload_url", base.resolve("/upload/v1/" + id).toString())
        .put("file_id", id);
  }

  private synchronized ObjectNode complete(Args args) {
    var asked = args.json("files", "invalid_arguments").orElseGet(Json::array);
    if (!asked.isArray() || asked.isEmpty()) {
      throw new Refused("invalid_arguments");
    }
    var done = new ArrayList<Upload>();
    asked.forEach(one -> done.add(shared(one)));
    var shown = done.stream().map(Upload::file).toList();
    // Checked first: a refused completion has shared nothing.
    var draft = args.get("channel_id").or(() -> args.get("channels")).map(c -> draft(args, c));
    done.forEach(upload -> files.put(upload.file().id(), upload));
    draft.ifPresent(d -> workspace.post(d.withFiles(shown)));
    var answer = Json.object();
    answer.set("files", PayloadJson.files(shown));
    return answer;
  }

  /** A file that has been received, as it is once it is shared. */
  private Upload shared(JsonNode asked) {
    var upload =
        Optional.ofNullable(files.get(asked.path("id").asText()))
            .filter(u -> u.stage() == Stage.RECEIVED)
            .orElseThrow(() -> new Refused("file_not_found"));
    var file = upload.file();
    var title = asked.path("title").asText(file.name());
    return new Upload(
        new SharedFile(file.id(), file.name(), title, file.altText(), file.size()),
        upload.bytes(),
        Stage.SHARED);
  }

  private Draft draft(Args args, String channelId) {
    var thread = args.get("thread_ts");
    if (channelId.contains(",")) {
      throw new Refused("invalid_arguments");
    }
    var channel = workspace.channel(channelId).orElseThrow(() -> new Refused("channel_not_found"));
    if (!channel.members().contains(app.botUser())) {
      throw new Refused(
          channel.kind() == Channel.Kind.PRIVATE ? "channel_not_found" : "not_in_channel");
    }
    if (channel.archived()) {
      throw new Refused("posting_to_channel_denied");
    }
    thread.ifPresent(ts -> requireParent(channel, ts));
    var text = Content.checkedText(args.get("initial_comment").orElse(""));
    return Draft.open(channel.id(), app.botUser(), text, List.of()).inThread(thread, false);
  }

  private void requireParent(Channel channel, String ts) {
    var _ =
        workspace
            .find(channel.id(), ts)
            .filter(post -> post.privateTo().isEmpty() && post.threadTs().isEmpty())
            .orElseThrow(() -> new Refused("invalid_arguments"));
  }

  private static int length(String text) {
    try {
      int length = Integer.parseInt(text);
      if (length > 0) {
        return length;
      }
    } catch (NumberFormatException e) {
      throw new Refused("invalid_arguments");
    }
    throw new Refused("missing_argument");
  }
}
