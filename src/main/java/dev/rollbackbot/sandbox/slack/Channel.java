package dev.rollbackbot.sandbox.slack;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.Set;

/** One conversation as {@code conversations.info} knows it. */
public record Channel(String id, String name, Kind kind, Set<String> members, boolean archived) {

  /** The sorts of conversation that a bot meets. */
  public enum Kind {
    PUBLIC,
    PRIVATE,
    DIRECT,
    /** Slack Connect: shared with another company. */
    SHARED
  }

  public Channel {
    if (!id.startsWith("C") && !id.startsWith("D")) {
      throw new IllegalArgumentException("A conversation's id starts with C or D: " + id);
    }
    requireNonNull(name);
    requireNonNull(kind);
    members = Set.copyOf(members);
  }

  Channel with(String member) {
    var more = new HashSet<>(members);
    more.add(member);
    return new Channel(id, name, kind, more, archived);
  }

  Channel without(String member) {
    var fewer = new HashSet<>(members);
    fewer.remove(member);
    return new Channel(id, name, kind, fewer, archived);
  }

  Channel asArchived(boolean isArchived) {
    return new Channel(id, name, kind, members, isArchived);
  }
}
