package dev.rollbackbot.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.BotInProcess;
import dev.rollbackbot.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A canary at a prompt, driven by nobody else. */
final class CanaryPromptTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void whoSaysYesBeforehandGoesOnWhereTheVerdictSpeaksForIt() throws IOException {
    try (Sandbox sandbox = sandbox();
        BotInProcess bot = BotInProcess.start(sandbox, folder, Locale.ENGLISH)) {
      bot.killWorker();
      sandbox.users().rate(60);

      assertThat(typed(bot, sandbox, 0)).contains("50 %", "All users on");

      assertThat(sandbox.routed()).isEqualTo(Map.of(sandbox.goodRevision(), 100));
    }
  }

  @Test
  void whoSaysYesBeforehandHasNotMeantAStepThatNothingSpeaksFor() throws IOException {
    try (Sandbox sandbox = sandbox();
        BotInProcess bot = BotInProcess.start(sandbox, folder, Locale.ENGLISH)) {
      bot.killWorker();
      sandbox.users().rate(4);

      assertThat(typed(bot, sandbox, 5))
          .contains("Too few requests", "rollback-bot go-on k-back")
          .doesNotContain("/rollback");

      assertThat(sandbox.routed())
          .isEqualTo(Map.of(sandbox.goodRevision(), 10, sandbox.sickRevision(), 90));
    }
  }

  private Sandbox sandbox() throws IOException {
    return Sandbox.start(folder, new PrintStream(new ByteArrayOutputStream(), true, UTF_8));
  }

  private static String typed(BotInProcess bot, Sandbox sandbox, int code) {
    var shown = new ByteArrayOutputStream();
    assertThat(
            bot.terminal(
                List.of("canary", "--yes", sandbox.goodCommit()),
                new PrintStream(shown, true, UTF_8)))
        .as(() -> shown.toString(UTF_8))
        .isEqualTo(code);
    return shown.toString(UTF_8);
  }
}
