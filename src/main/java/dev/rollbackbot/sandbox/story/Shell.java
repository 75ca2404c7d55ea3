package dev.rollbackbot.sandbox.story;

import dev.rollbackbot.sandbox.BotProcesses;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A person at a prompt: types, reads, and takes the exit code at its word. */
final class Shell {
  private final Stage stage;
  private final BotProcesses bot;

  Shell(Stage stage, BotProcesses bot) {
    this.stage = stage;
    this.bot = bot;
  }

  /** Types, and waits for the end. */
  void types(int expected, String... words) {
    announce(List.of(words));
    ended(List.of(words), stage.sandbox().atPrompt(bot, List.of(words)), expected);
  }

  /** Types; at a moment of what runs, a second person looks from a prompt of their own. */
  void types(int expected, List<String> words, BooleanSupplier moment, List<String> look) {
    announce(words);
    CompletableFuture<Integer> running =
        CompletableFuture.supplyAsync(
            () -> stage.sandbox().atPrompt(bot, words), Thread.ofVirtual()::start);
    while (!moment.getAsBoolean() && !running.isDone()) {
      LockSupport.parkNanos(Stage.GLANCE.toNanos());
    }
    var seen = new ByteArrayOutputStream();
    int looked = bot.terminal(look, new PrintStream(seen, true, StandardCharsets.UTF_8));
    ended(words, codeOf(running), expected);
    stage.says("meanwhile, at another prompt:");
    announce(look);
    stage.prints(seen.toString(StandardCharsets.UTF_8));
    ended(look, looked, 0);
  }

  /** A process ends within a minute, or is ended. */
  private static int codeOf(CompletableFuture<Integer> running) {
    try {
      return running.join();
    } catch (CompletionException e) {
      throw new StoryFailed("a prompt broke off: " + e.getCause());
    }
  }

  private void announce(List<String> words) {
    stage.says("$ rollback-bot " + String.join(" ", words));
  }

  private static void ended(List<String> words, int code, int expected) {
    if (code != expected) {
      throw new StoryFailed(
          "rollback-bot " + String.join(" ", words) + " ended with " + code + ", not " + expected);
    }
  }
}
