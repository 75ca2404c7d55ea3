package dev.rollbackbot.text;

import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Button;
import dev.rollbackbot.text.Message.Confirm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A message with everything that matters about it, as a golden file holds it. */
final class Golden {
  private Golden() {}

  static String render(Message message) {
    var out = new StringBuilder();
    out.append("# ").append(message.summary()).append("\n\n").append(PlainText.render(message));
    buttons(message).forEach(button -> out.append(describe(button)));
    return out.toString();
  }

  static List<Button> buttons(Message message) {
    return message.blocks().stream()
        .flatMap(
            block ->
                switch (block) {
                  case Block.Buttons(List<Button> buttons) -> buttons.stream();
                  case Block.Row(_, Button button) -> Stream.of(button);
                  case Block.Heading _, Block.Paragraph _, Block.Code _, Block.Context _ ->
                      Stream.<Button>empty();
                })
        .toList();
  }

  private static String describe(Button button) {
    return "\n# button %s %s [%s]\n".formatted(button.action(), button.style(), button.label())
        + button.confirm().map(Golden::describe).orElse("");
  }

  private static String describe(Confirm confirm) {
    return "%s\n%s\n[%s] [%s]\n"
        .formatted(confirm.title(), confirm.text(), confirm.yes(), confirm.no());
  }

  /** Whether this run rewrites the golden files instead of comparing them. */
  static boolean updates() {
    return Optional.ofNullable(System.getProperty("golden.update"))
        .filter("true"::equals)
        .isPresent();
  }
}
