package dev.rollbackbot.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollbackbot.sandbox.story.Story;
import dev.rollbackbot.sandbox.story.StoryFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
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
        Played.on(
            folder,
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
            () ->
                Played.on(
                    folder,
                    Locale.ENGLISH,
                    Story.ROLLBACK,
                    (sandbox, _) -> sandbox.makeOldCodeSick()))
        .isInstanceOf(StoryFailed.class)
        .hasMessageContaining("requests failed");
  }
}
