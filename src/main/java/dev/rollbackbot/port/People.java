package dev.rollbackbot.port;

/** Who somebody is. Answers are at most 60 seconds old. Throws {@link ChatException}. */
@FunctionalInterface
public interface People {
  Person find(String userId);

  /** A member of the chat product. */
  record Person(String id, String name, String team, Standing standing) {}

  /** Whether the person belongs here. */
  enum Standing {
    MEMBER,
    GUEST,
    BOT,
    DELETED,
    FOREIGN
  }
}
