package dev.rollbackbot.sandbox.slack;

import static java.util.Objects.requireNonNull;

/**
 * One account as {@code users.info} knows it.
 *
 * @param locale an IETF tag such as {@code ja-JP}; only told to a caller that asks for it
 * @param teamId the workspace the account belongs to, which for a foreign person is not ours
 */
public record Person(
    String id, String name, String realName, String locale, Kind kind, String teamId) {

  /** What an account is, as far as permission to act depends on it. */
  public enum Kind {
    MEMBER,
    GUEST,
    SINGLE_CHANNEL_GUEST,
    BOT,
    DELETED,
    FOREIGN
  }

  public Person {
    if (!id.startsWith("U")) {
      throw new IllegalArgumentException("A user's id starts with U: " + id);
    }
    requireNonNull(name);
    requireNonNull(realName);
    requireNonNull(locale);
    requireNonNull(kind);
    requireNonNull(teamId);
  }

  /** Whether a human can type and click as this account. */
  public boolean canAct() {
    return kind != Kind.BOT && kind != Kind.DELETED;
  }
}
