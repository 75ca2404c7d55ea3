package dev.rollbackbot.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.command.CommandHelp;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Part;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontComposerTest {

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void explainsEveryWordOfTheGrammar(String language) {
    Message help = FrontComposer.help(Locale.of(language));
    var words = (Block.Paragraph) help.blocks().get(2);
    assertThat(CommandHelp.rows())
        .allSatisfy(
            row -> assertThat(words.parts()).contains(new Part.Mono("/rollback " + row.usage())));
  }
}
