package dev.rollbackbot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.command.CommandHelp;
import dev.rollbackbot.sandbox.story.Story;
import dev.rollbackbot.text.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README says what the program does. */
class ReadmeTest {
  private static final Path README = Path.of("README.md");

  @Test
  void theCommandTableIsTheHelpOfTheGrammar() throws IOException {
    assertThat(Files.readString(README)).contains(table());
  }

  @Test
  void everyStoryIsNamed() throws IOException {
    String readme = Files.readString(README);
    assertThat(Arrays.stream(Story.values()).map(Story::id))
        .allMatch(id -> readme.contains("`" + id + "`"));
  }

  private static String table() {
    Texts texts = Texts.of(Locale.ENGLISH);
    return "| Type | What happens |\n|---|---|\n"
        + CommandHelp.rows().stream()
            .map(
                row ->
                    "| `%s` | %s |\n"
                        .formatted(row.usage().replace("|", "\\|"), texts.get("help." + row.key())))
            .collect(Collectors.joining());
  }
}
