package dev.rollbackbot.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Button;
import dev.rollbackbot.text.Message.Part;
import dev.rollbackbot.text.Message.Style;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every card keeps to, whatever it says. Limits are Slack's. */
class CardRulesTest {

  static Stream<Arguments> messages() {
    return Situations.all().entrySet().stream()
        .flatMap(
            situation ->
                Stream.of(Locale.JAPANESE, Locale.ENGLISH)
                    .map(
                        language ->
                            Arguments.of(
                                situation.getKey() + " " + language,
                                situation.getValue().apply(language))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void staysWithinSlacksLimits(String name, Message message) {
    assertThat(message.blocks()).isNotEmpty().hasSizeLessThanOrEqualTo(50);
    for (Block block : message.blocks()) {
      switch (block) {
        case Block.Heading(String text) -> assertThat(text).isNotBlank().hasSizeLessThan(151);
        case Block.Paragraph(List<Part> parts) -> assertText(parts);
        case Block.Context(List<Part> parts) -> assertText(parts);
        case Block.Row(List<Part> parts, Button _) -> assertText(parts);
        case Block.Code(String text) -> assertThat(text).isNotBlank().hasSizeLessThan(3000);
        case Block.Buttons(List<Button> buttons) -> {
          assertThat(buttons).isNotEmpty();
          // The rest goes into a menu, where no choice has a dialog of its own.
          assertThat(buttons.stream().skip(3)).allMatch(b -> b.confirm().isEmpty());
        }
      }
    }
  }

  private static void assertText(List<Part> parts) {
    assertThat(Sentences.flat(parts)).isNotBlank().hasSizeLessThan(3000);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void buttonsNameAnActAndAskBeforeTheyMoveUsers(String name, Message message) {
    List<Button> buttons = Golden.buttons(message);
    assertThat(buttons.stream().filter(b -> b.style() == Style.PRIMARY).count())
        .isLessThanOrEqualTo(1);
    for (Button button : buttons) {
      assertThat(button.label()).isNotBlank().hasSizeLessThan(76);
      assertThat(button.label()).isNotIn("OK", "Approve", "Cancel");
      boolean asks =
          !Set.of("keep", "plan", "list", "in_steps", "wait", "hold").contains(button.action());
      assertThat(button.confirm().isPresent()).isEqualTo(asks);
      button
          .confirm()
          .ifPresent(
              confirm -> {
                assertThat(confirm.text()).hasSizeLessThan(301).doesNotContain("…");
                assertThat(confirm.title()).hasSizeLessThan(101);
                assertThat(confirm.yes()).hasSizeLessThan(31);
                assertThat(confirm.no()).isIn("Keep as is", "このままにする");
              });
    }
    if (buttons.size() > 1) {
      assertThat(buttons.subList(0, Math.min(3, buttons.size()) - 1))
          .noneMatch(button -> button.style() == Style.DANGER);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void threadLinesNameAPersonOnlyWhereOneMustAct(String name, Message message) {
    if (!name.startsWith("line-")) {
      return;
    }
    boolean mustAct =
        Stream.of(
                "line-held",
                "line-canary-hold",
                "line-canary-held",
                "line-canary-probe-failed",
                "line-bad",
                "line-unknown",
                "line-stuck")
            .anyMatch(name::startsWith);
    long mentions =
        message.blocks().stream()
            .flatMap(b -> b instanceof Block.Paragraph(List<Part> parts) ? parts.stream() : null)
            .filter(part -> part instanceof Part.Mention)
            .count();
    assertThat(mentions).isEqualTo(mustAct ? 1 : 0);
    assertThat(message.blocks()).hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void theTextAloneSaysWhoWhatWhichStateAndWhatNext(String name, Message message) {
    if (!name.startsWith("card-")) {
      return;
    }
    String text = PlainText.render(message);
    String firstLine = text.lines().findFirst().orElse("");
    assertThat(firstLine)
        .as("state word, service, place, from and to")
        .matches("[^:]+: k-back \\(kb-prod / asia-northeast1\\) \\S+ → \\S+");
    assertThat(text).as("who").contains("U0AIKO", "U0BEN");
    assertThat(text).as("what is live").containsAnyOf("いまの配信: ", "Live: ");
    assertThat(text).as("what next").containsAnyOf("/rollback ", "rollback-bot ");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void offersAndWaysOutShowBothCommandsAndThePin(String name, Message message) {
    String text = PlainText.render(message);
    if (Stream.of("offer-plain", "card-verifying", "card-verified", "card-held")
        .anyMatch(name::startsWith)) {
      // Where everything followed LATEST, undo and the way to the newest are one command.
      int commands = name.startsWith("card-verified") ? 1 : 2;
      assertThat(text.lines().filter(line -> line.startsWith("    gcloud "))).hasSize(commands);
    }
    if (Stream.of("card-verified", "card-unproven", "card-bad", "card-kept", "offer-plain")
        .anyMatch(name::startsWith)) {
      assertThat(text).contains("0 %").containsAnyOf("最新に戻すまで", "until Return to newest");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void atATerminalEverythingCanBeTypedThereAndNothingBePressed(String name, Message message) {
    if (!name.contains("-terminal")) {
      return;
    }
    assertThat(Golden.buttons(message)).isEmpty();
    assertThat(PlainText.render(message)).doesNotContain("/rollback");
  }
}
