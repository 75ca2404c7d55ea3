package dev.rollbackbot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.text.FrontComposer;
import dev.rollbackbot.text.PlainText;
import dev.rollbackbot.text.Typing;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
  private static final Pattern COMMAND = Pattern.compile("(?m)^rollback-bot (\\S+)");

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void everyWordOfTheHelpIsASubcommand(String language) {
    String help = PlainText.render(FrontComposer.help(Locale.of(language), Typing.TERMINAL));
    List<String> words =
        COMMAND.matcher(help).results().map((MatchResult found) -> found.group(1)).toList();
    Set<String> subcommands = Main.commandLine().getSubcommands().keySet();
    assertThat(words).hasSizeGreaterThan(10).isSubsetOf(subcommands);
    assertThat(words).containsAll(wordsAmong(subcommands));
  }

  private static List<String> wordsAmong(Set<String> subcommands) {
    List<String> processes = List.of("serve", "worker", "all", "sandbox", "config");
    return subcommands.stream().filter(name -> !processes.contains(name)).toList();
  }
}
