package dev.rollbackbot.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.BotInProcess;
import dev.rollbackbot.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a prompt answers where nothing is open, by exit code and with its own words. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TerminalTest {
  private Sandbox sandbox;
  private BotInProcess bot;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    sandbox = Sandbox.start(folder, new PrintStream(new ByteArrayOutputStream(), true, UTF_8));
    bot = BotInProcess.start(sandbox, folder, Locale.ENGLISH);
    bot.killWorker();
  }

  @AfterAll
  void close() {
    bot.close();
    sandbox.close();
  }

  @ParameterizedTest(name = "{0} ends with {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          list              | 0 | To plan one: rollback-bot rollback <commit> k-back
          status            | 0 | Restorable commits: rollback-bot list k-back
          history           | 0 | How it stands now: rollback-bot status k-back
          help              | 0 | rollback-bot resume [service]
          sttus             | 2 | Did you mean rollback-bot status? All commands: rollback-bot help
          status nobody     | 2 | Not done
          00000000          | 3 | To choose: rollback-bot list
          keep              | 3 | How it stands: rollback-bot status. Restorable commits: rollback-bot list
          undo              | 3 | How it stands: rollback-bot status. Restorable commits: rollback-bot list
          stop              | 3 | No rollback is open.
          resume            | 3 | No rollback is open.
          """)
  void endsWithItsCodeAndNamesTheNextStepAsItIsTypedThere(String words, int code, String told) {
    var shown = new ByteArrayOutputStream();

    assertThat(bot.terminal(List.of(words.split(" ", -1)), new PrintStream(shown, true, UTF_8)))
        .isEqualTo(code);

    assertThat(shown.toString(UTF_8)).contains(told).doesNotContain("/rollback", "[Plan");
    assertThat(sandbox.journalWritten()).isFalse();
  }

  /** A card must come within seconds; a person at a prompt sees it work, and nobody else helps. */
  @Test
  void aSlowPlatformIsWaitedForLongerThanACardWouldWait() {
    var shown = new ByteArrayOutputStream();
    sandbox.model().faults().latency(Duration.ofSeconds(6));
    try {
      int code = bot.terminal(List.of(sandbox.goodCommit()), new PrintStream(shown, true, UTF_8));

      assertThat(shown.toString(UTF_8)).startsWith("Plan: k-back").doesNotContain("Failed");
      assertThat(code).as("nobody said yes").isEqualTo(3);
    } finally {
      sandbox.model().faults().latency(Duration.ZERO);
    }
  }
}
