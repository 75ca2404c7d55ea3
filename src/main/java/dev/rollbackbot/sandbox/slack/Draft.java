package dev.rollbackbot.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** A message that has passed every check and only lacks its timestamp. */
record Draft(
    String channel,
    String author,
    String text,
    List<JsonNode> blocks,
    Optional<JsonNode> metadata,
    Optional<String> threadTs,
    Optional<String> privateTo,
    boolean broadcast,
    List<SharedFile> files) {

  static Draft open(String channel, String author, String text, List<JsonNode> blocks) {
    return new Draft(
        channel,
        author,
        text,
        blocks,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        List.of());
  }

  static Draft privately(
      String channel, String author, String to, String text, List<JsonNode> blocks) {
    return open(channel, author, text, blocks).onlyFor(to);
  }

  Draft onlyFor(String user) {
    return new Draft(
        channel, author, text, blocks, metadata, threadTs, Optional.of(user), broadcast, files);
  }

  Draft inThread(Optional<String> parent, boolean alsoToChannel) {
    return new Draft(
        channel,
        author,
        text,
        blocks,
        metadata,
        parent,
        privateTo,
        alsoToChannel && parent.isPresent(),
        files);
  }

  Draft with(Optional<JsonNode> extra) {
    return new Draft(channel, author, text, blocks, extra, threadTs, privateTo, broadcast, files);
  }

  Draft withFiles(List<SharedFile> shared) {
    return new Draft(
        channel, author, text, blocks, metadata, threadTs, privateTo, broadcast, shared);
  }
}
