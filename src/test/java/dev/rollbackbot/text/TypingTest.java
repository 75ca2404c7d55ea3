package dev.rollbackbot.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypingTest {
  private static final Pattern COMMAND = Pattern.compile("`/rollback[^`]*`");

  @ParameterizedTest
  @CsvSource({
    "/rollback,                     rollback-bot list",
    "/rollback status,              rollback-bot status",
    "/rollback newest k-back,       rollback-bot newest k-back",
    "/rollback 6831359 k-back,      rollback-bot rollback 6831359 k-back",
    "/rollback previous,            rollback-bot rollback previous",
    "/rollback <commit>,            rollback-bot rollback <commit>",
    "/rollback tag:v1.4.0,          rollback-bot rollback tag:v1.4.0",
    "/rollback k-back-00042-abc,    rollback-bot rollback k-back-00042-abc",
    "6831359,                       6831359",
    "rollback-bot undo,             rollback-bot undo",
  })
  void isTheSameCommandInBothPlaces(String written, String atATerminal) {
    assertThat(Typing.CHAT.here(written)).isEqualTo(written);
    assertThat(Typing.TERMINAL.here(written)).isEqualTo(atATerminal);
  }

  /** Only a command in fixed width is said as it is typed where it is read. */
  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void everyCommandInTheTextsIsInFixedWidth(String language) {
    Texts texts = Texts.of(Locale.of(language));
    List<String> onlyInChat = List.of("front.help.bare");
    assertThat(texts.keys())
        .filteredOn(key -> !onlyInChat.contains(key))
        .allSatisfy(
            key ->
                assertThat(COMMAND.matcher(texts.template(key)).replaceAll(""))
                    .as(key)
                    .doesNotContain("/rollback"));
  }

  @Test
  void aValueFromOutsideIsNeverTakenForACommand() {
    var sentences = new Sentences(Texts.of(Locale.ENGLISH), Typing.TERMINAL);
    assertThat(sentences.plain("card.reason", Slot.text("reason", "/rollback 6831359")))
        .contains("/rollback 6831359");
  }
}
