package dev.rollbackbot.text;

import java.util.List;
import java.util.Optional;

/**
 * A message free of any chat product: blocks of literal and marked-up parts, and a text that says
 * everything by itself.
 *
 * @param summary one line for notifications; with {@link PlainText#render} it answers who, what,
 *     which state, what next
 */
public record Message(String summary, List<Block> blocks) {
  public Message {
    blocks = List.copyOf(blocks);
  }

  /** One piece of a message, from top to bottom. */
  public sealed interface Block {
    /** The first line: state, service, from and to. */
    record Heading(String text) implements Block {}

    /** Running text. */
    record Paragraph(List<Part> parts) implements Block {
      public Paragraph {
        parts = List.copyOf(parts);
      }
    }

    /** Something to copy: a command, a trace. */
    record Code(String text) implements Block {}

    /** Small print. */
    record Context(List<Part> parts) implements Block {
      public Context {
        parts = List.copyOf(parts);
      }
    }

    /** Three buttons in sight; more of them go into an overflow menu or a second row. */
    record Buttons(List<Button> buttons) implements Block {
      public Buttons {
        buttons = List.copyOf(buttons);
      }
    }

    /** Text with one button beside it. */
    record Row(List<Part> parts, Button button) implements Block {
      public Row {
        parts = List.copyOf(parts);
      }
    }
  }

  /** A run of text. Only {@link Literal} may hold words from outside. */
  public sealed interface Part {
    /** Shown exactly as it is, whatever it contains. */
    record Literal(String text) implements Part {}

    record Bold(String text) implements Part {}

    /** Fixed width; shown exactly as it is. */
    record Mono(String text) implements Part {}

    /** Names a person and may notify them. */
    record Mention(String userId) implements Part {}

    record Link(String url, String label) implements Part {}

    record LineBreak() implements Part {}
  }

  /**
   * A button: verb and object.
   *
   * @param action what it does, such as {@code roll_back}
   * @param value what it carries, at most 2,000 characters
   */
  public record Button(
      String action, String label, String value, Style style, Optional<Confirm> confirm) {}

  /** How a button looks. */
  public enum Style {
    PLAIN,
    PRIMARY,
    DANGER
  }

  /** What is asked before a button acts; the text is at most 300 characters. */
  public record Confirm(String title, String text, String yes, String no) {}
}
