package dev.rollbackbot.text;

import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sentences of one language as parts of a message.
 *
 * <p>In the text files {@code `…`} is fixed width, {@code *…*} is bold, {@code \n} ends a line and
 * {@code {name}} is a place. Only the file's own words are read that way, never a value. A command
 * in fixed width is written {@code `/rollback …`} and said as it is typed where it is read.
 */
final class Sentences {
  private final Texts texts;
  private final Typing typing;

  Sentences(Texts texts, Typing typing) {
    this.texts = texts;
    this.typing = typing;
  }

  Texts texts() {
    return texts;
  }

  Typing typing() {
    return typing;
  }

  /** The sentence with its places filled; a place without a slot is a programming error. */
  List<Part> say(String key, Slot... slots) {
    return say(key, List.of(slots));
  }

  List<Part> say(String key, List<Slot> slots) {
    return fill(
        key,
        name ->
            slots.stream()
                .filter(slot -> slot.name().equals(name))
                .findFirst()
                .orElseThrow(
                    () -> new IllegalArgumentException(key + " names {" + name + "}, not given"))
                .parts());
  }

  /** The sentence with its places filled by a function. */
  List<Part> fill(String key, Function<String, List<Part>> slots) {
    var reader = new Reader(slots, typing);
    reader.read(texts.template(key));
    return reader.parts;
  }

  /** The sentence without any markup, for headings, buttons and dialogs. */
  String plain(String key, Slot... slots) {
    return flat(say(key, slots));
  }

  Block.Paragraph paragraph(String key, Slot... slots) {
    return new Block.Paragraph(say(key, slots));
  }

  Block.Context context(String key, Slot... slots) {
    return new Block.Context(say(key, slots));
  }

  /** Several runs of parts, one a line; empty ones are left out. */
  @SafeVarargs
  @SuppressWarnings("varargs") // The array is only read.
  static List<Part> lines(List<Part>... lines) {
    return lines(Arrays.asList(lines));
  }

  static List<Part> lines(List<List<Part>> lines) {
    var joined = new ArrayList<Part>();
    for (List<Part> line : lines) {
      if (line.isEmpty()) {
        continue;
      }
      if (!joined.isEmpty()) {
        joined.add(new Part.LineBreak());
      }
      joined.addAll(line);
    }
    return joined;
  }

  /** Parts as bare words. */
  static String flat(List<Part> parts) {
    return parts.stream()
        .map(
            part ->
                switch (part) {
                  case Part.Literal(String text) -> text;
                  case Part.Bold(String text) -> text;
                  case Part.Mono(String text) -> text;
                  case Part.Mention(String userId) -> userId;
                  case Part.Link(String _, String label) -> label;
                  case Part.LineBreak() -> "\n";
                })
        .collect(Collectors.joining());
  }

  /** Reads one template from left to right. */
  private static final class Reader {
    private final Function<String, List<Part>> slots;
    private final Typing typing;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder run = new StringBuilder();
    private char mode = ' ';

    Reader(Function<String, List<Part>> slots, Typing typing) {
      this.slots = slots;
      this.typing = typing;
    }

    void read(String template) {
      for (int i = 0; i < template.length(); i++) {
        char c = template.charAt(i);
        if (c == '`' || c == '*') {
          endRun();
          mode = mode == c ? ' ' : c;
        } else if (c == '\n') {
          endRun();
          parts.add(new Part.LineBreak());
        } else if (c == '{') {
          int end = template.indexOf('}', i);
          put(slots.apply(template.substring(i + 1, end)));
          i = end;
        } else {
          run.append(c);
        }
      }
      endRun();
    }

    private void put(List<Part> value) {
      if (mode != ' ') {
        run.append(flat(value));
        return;
      }
      endRun();
      parts.addAll(value);
    }

    private void endRun() {
      if (run.isEmpty()) {
        return;
      }
      String text = run.toString();
      parts.add(
          switch (mode) {
            case '`' -> new Part.Mono(typing.here(text));
            case '*' -> new Part.Bold(text);
            default -> new Part.Literal(text);
          });
      run.setLength(0);
    }
  }
}
