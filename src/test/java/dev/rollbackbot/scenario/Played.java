package dev.rollbackbot.scenario;

import dev.rollbackbot.BotInProcess;
import dev.rollbackbot.sandbox.BotProcesses;
import dev.rollbackbot.sandbox.Sandbox;
import dev.rollbackbot.sandbox.story.Story;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BiConsumer;

/** A story of the sandbox, played in this process. */
final class Played {
  private Played() {}

  /** What was printed while the story was played on a world that was changed before. */
  static String on(
      Path folder, Locale language, Story story, BiConsumer<Sandbox, BotProcesses> before)
      throws IOException {
    var shown = new ByteArrayOutputStream();
    var out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    try (Sandbox sandbox = Sandbox.start(folder, out);
        BotInProcess bot = BotInProcess.start(sandbox, folder, language, story.policy())) {
      before.accept(sandbox, bot);
      story.play(sandbox, bot, out);
    }
    return shown.toString(StandardCharsets.UTF_8);
  }
}
