package dev.rollbackbot.text;

import dev.rollbackbot.text.Message.Part;
import java.util.List;

/** What goes into a named place of a sentence. */
record Slot(String name, List<Part> parts) {
  Slot {
    parts = List.copyOf(parts);
  }

  /** Any words, ours or from outside; shown exactly as they are. */
  static Slot text(String name, String text) {
    return new Slot(name, List.of(new Part.Literal(text)));
  }

  static Slot number(String name, long number) {
    return text(name, Numbers.grouped(number));
  }

  static Slot mono(String name, String text) {
    return new Slot(name, List.of(new Part.Mono(text)));
  }

  static Slot who(String name, String userId) {
    return new Slot(name, List.of(new Part.Mention(userId)));
  }
}
