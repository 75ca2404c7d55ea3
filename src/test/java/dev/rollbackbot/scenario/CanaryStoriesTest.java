package dev.rollbackbot.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollbackbot.sandbox.Manner;
import dev.rollbackbot.sandbox.story.Story;
import dev.rollbackbot.sandbox.story.StoryFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each story in which users are moved in steps. */
final class CanaryStoriesTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest(name = "{0} in {1}")
  @CsvSource({
    "CANARY, ja",
    "CANARY, en",
    "CANARY_WORSE, ja",
    "CANARY_TOO_LITTLE_TRAFFIC, en",
    "CANARY_BOTH_BAD, ja",
    "CANARY_TAKEN_OVER, en",
    "CANARY_WORKER_KILLED, ja"
  })
  void endsAsItShould(Story story, String language) throws IOException {
    assertThat(Played.on(folder, Locale.of(language), story, (_, _) -> {})).isNotBlank();
  }

  @Test
  void failsWhenTheTargetIsNoBetterAndUsersAreStillSick() {
    assertThatThrownBy(
            () ->
                Played.on(
                    folder,
                    Locale.ENGLISH,
                    Story.CANARY,
                    (sandbox, _) -> sandbox.code(sandbox.goodCommit(), Manner.THIRD_FAILS)))
        .isInstanceOf(StoryFailed.class)
        .hasMessageContaining("requests failed");
  }
}
