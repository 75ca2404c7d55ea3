package dev.rollbackbot.text;

import java.util.Set;

/**
 * How commands are typed where a message is read: {@code /rollback 6831359} in the chat product,
 * {@code rollback-bot rollback 6831359} at a terminal.
 *
 * <p>At a terminal nothing can be pressed either, so messages for it carry no buttons.
 */
public enum Typing {
  CHAT,
  TERMINAL;

  private static final String SLASH = "/rollback";
  private static final String PROGRAM = "rollback-bot";

  /** Words that are subcommands of the program; everything else is a target. */
  private static final Set<String> SUBCOMMANDS =
      Set.of(
          "canary", "list", "status", "history", "stop", "undo", "keep", "newest", "go-on", "hold",
          "wait", "resume", "help");

  /** The whole command for these words of the grammar. */
  String command(String words) {
    return switch (this) {
      case CHAT -> SLASH + " " + words;
      case TERMINAL -> PROGRAM + " " + (subcommand(words) ? "" : "rollback ") + words;
    };
  }

  /** A command as the text files write it, in the way it is typed here; anything else as it is. */
  String here(String written) {
    if (written.equals(SLASH)) {
      return this == CHAT ? written : command("list");
    }
    return written.startsWith(SLASH + " ")
        ? command(written.substring(SLASH.length() + 1))
        : written;
  }

  boolean hasButtons() {
    return this == CHAT;
  }

  private static boolean subcommand(String words) {
    int end = words.indexOf(' ');
    return SUBCOMMANDS.contains(end < 0 ? words : words.substring(0, end));
  }
}
