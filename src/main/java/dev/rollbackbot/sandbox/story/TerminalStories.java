package dev.rollbackbot.sandbox.story;

import dev.rollbackbot.sandbox.BotProcesses;
import java.util.List;
import java.util.Map;

/** The story at a prompt. */
final class TerminalStories {
  private TerminalStories() {}

  /** The same at a prompt: no chat, no queue, no worker. */
  static void terminal(Stage stage, BotProcesses bot) {
    if (bot.workerRuns()) {
      throw new StoryFailed("a worker runs, so it might have been its work");
    }
    var shell = new Shell(stage, bot);
    Map<String, Integer> rolledBack = Map.of(stage.sandbox().goodRevision(), 100);
    shell.types(
        0,
        List.of("rollback", "--yes", stage.sandbox().goodCommit()),
        () -> stage.sandbox().routed().equals(rolledBack),
        List.of("status"));
    stage.usersAreOn(rolledBack);
    stage.usersAreWell();
    shell.types(0, "undo", "--yes");
    stage.usersAreOn(Map.of(stage.sandbox().sickRevision(), 100));
  }
}
