package dev.rollbackbot.text;

import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Button;
import dev.rollbackbot.text.Message.Part;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A message as bare text, for terminals, notifications and screen readers.
 *
 * <p>Nothing in it can move a cursor, change a colour or turn the reading direction: control
 * characters and bidirectional marks from outside are taken out.
 */
public final class PlainText {
  private PlainText() {}

  /** The whole message: blocks apart by an empty line, buttons as {@code [Label]}. */
  public static String render(Message message) {
    var out = new StringBuilder();
    for (Block block : message.blocks()) {
      // A command stands right under the line that announces it.
      if (!out.isEmpty() && !(block instanceof Block.Code)) {
        out.append('\n');
      }
      out.append(block(block)).append('\n');
    }
    return out.toString();
  }

  private static String block(Block block) {
    return switch (block) {
      case Block.Heading(String text) -> calm(text);
      case Block.Paragraph(List<Part> parts) -> parts(parts);
      case Block.Code(String text) -> indented(text);
      case Block.Context(List<Part> parts) -> parts(parts);
      case Block.Buttons(List<Button> buttons) ->
          buttons.stream().map(PlainText::button).collect(Collectors.joining(" "));
      case Block.Row(List<Part> parts, Button button) -> parts(parts) + "\n" + button(button);
    };
  }

  private static String button(Button button) {
    return "[" + calm(button.label()) + "]";
  }

  private static String indented(String code) {
    return code.lines().map(line -> "    " + calm(line)).collect(Collectors.joining("\n"));
  }

  private static String parts(List<Part> parts) {
    return parts.stream()
        .map(
            part ->
                switch (part) {
                  case Part.Literal(String text) -> calm(text);
                  case Part.Bold(String text) -> calm(text);
                  case Part.Mono(String text) -> calm(text);
                  case Part.Mention(String userId) -> calm(userId);
                  case Part.Link(String url, String label) -> calm(label) + " <" + calm(url) + ">";
                  case Part.LineBreak() -> "\n";
                })
        .collect(Collectors.joining());
  }

  /** The text without anything that acts on a terminal or on the order of letters. */
  static String calm(String text) {
    var out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029) {
                out.append(' ');
              } else if (!acts(c)) {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  private static boolean acts(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.SURROGATE -> true;
      // The joiner between emoji is the one format character that belongs to what is read.
      case Character.FORMAT -> c != 0x200D;
      default -> false;
    };
  }
}
