package dev.rollbackbot.port;

import java.util.Set;

/**
 * Who belongs to a user group of the chat product. Answers are at most 60 seconds old. Throws
 * {@link ChatException}; a group that does not exist is {@code NOT_FOUND}.
 */
@FunctionalInterface
public interface Groups {
  /** The ids of its members. */
  Set<String> members(String group);
}
