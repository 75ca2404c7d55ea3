package dev.rollbackbot.sandbox.slack;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One message as it stands now, with every version it had.
 *
 * @param ts the message's identity within its channel, {@code seconds.microseconds}
 * @param threadTs the message this one replies to
 * @param privateTo the only person who sees it (an ephemeral message)
 * @param broadcast a thread reply that was also shown in the channel
 * @param files what was shared with it
 * @param versions oldest first, never empty
 */
public record Post(
    String channel,
    String ts,
    String author,
    Optional<String> threadTs,
    Optional<String> privateTo,
    boolean broadcast,
    List<SharedFile> files,
    List<Version> versions) {

  /** What a message said from one moment on. */
  public record Version(
      Instant at, String text, List<JsonNode> blocks, Optional<JsonNode> metadata) {
    public Version {
      requireNonNull(at);
      requireNonNull(text);
      blocks = List.copyOf(blocks);
      requireNonNull(metadata);
    }
  }

  public Post {
    requireNonNull(channel);
    requireNonNull(ts);
    requireNonNull(author);
    requireNonNull(threadTs);
    requireNonNull(privateTo);
    files = List.copyOf(files);
    versions = List.copyOf(versions);
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("A message has at least one version");
    }
  }

  public String text() {
    return versions.getLast().text();
  }

  public List<JsonNode> blocks() {
    return versions.getLast().blocks();
  }

  public Optional<JsonNode> metadata() {
    return versions.getLast().metadata();
  }

  /** How often it was edited after it was posted. */
  public int edits() {
    return versions.size() - 1;
  }

  Post edited(Version next) {
    var all = new ArrayList<>(versions);
    all.add(next);
    return new Post(channel, ts, author, threadTs, privateTo, broadcast, files, all);
  }
}
