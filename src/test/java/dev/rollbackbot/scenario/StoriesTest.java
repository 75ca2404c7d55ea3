package dev.rollbackbot.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollbackbot.BotInProcess;
import dev.rollbackbot.sandbox.BotProcesses;
import dev.rollbackbot.sandbox.Sandbox;
import dev.rollbackbot.sandbox.story.Story;
import dev.rollbackbot.sandbox.story.StoryFailed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each story of the sandbox ends as it should, and fails when its outcome is broken. */
final class StoriesTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest(name = "{0} in {1}")
  @CsvSource({
    "ROLLBACK, ja",
    "ROLLBACK, en",
    "UNDO, ja",
    "NEWEST, en",
    "CANNOT_START, ja",
    "DID_NOT_HELP, en",
    "CHANGED_MEANWHILE, ja",
    "WORKER_KILLED, en",
    "LOGS_LATE, en",
    "PINNED_DEPLOY, ja",
    "MOVED_BACK, ja",
    "OVERWRITTEN, ja",
    "FOUR_EYES, en",
    "ALONE, en",
    "REDEPLOY, en",
    "RESTORE_TEMPLATE, ja",
    "IMAGE_GONE, en",
    "LATEST_ONLY, ja",
    "SLACK_DOWN, ja",
    "TERMINAL, en"
  })
  void endsAsItShould(Story story, String language) throws IOException {
    String shown =
        played(
            Locale.of(language),
            story,
            (_, bot) -> {
              if (!story.needsWorker()) {
                bot.killWorker();
              }
            });

    assertThat(shown).isNotBlank();
  }

  @Test
  void failsWhenTheOldCodeIsAsSick() {
    assertThatThrownBy(
            () -> played(Locale.ENGLISH, Story.ROLLBACK, (sandbox, _) -> sandbox.makeOldCodeSick()))
        .isInstanceOf(StoryFailed.class)
        .hasMessageContaining("requests failed");
  }

  /** What was printed while the story was played on a world that was changed before. */
  private String played(Locale language, Story story, BiConsumer<Sandbox, BotProcesses> before)
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
