package dev.rollbackbot.sandbox.slack;

import java.util.Set;

/**
 * How the app under test is installed in the workspace.
 *
 * @param scopes what the bot token may do; a method outside them answers {@code missing_scope}
 * @param commands the slash commands its manifest declares, with their slash
 */
public record SlackApp(
    String appId,
    String botToken,
    String signingSecret,
    String verificationToken,
    String botUser,
    String botId,
    Set<String> scopes,
    Set<String> commands) {

  public SlackApp {
    if (!botToken.startsWith("xoxb-")) {
      throw new IllegalArgumentException("A bot token starts with xoxb-");
    }
    if (signingSecret.isBlank()) {
      throw new IllegalArgumentException("Slack never has an empty signing secret");
    }
    scopes = Set.copyOf(scopes);
    commands = Set.copyOf(commands);
  }

  @Override
  public String toString() {
    return "SlackApp[" + appId + "]";
  }
}
