package dev.rollbackbot.terminal;

import dev.rollbackbot.text.Message;
import dev.rollbackbot.text.PlainText;
import dev.rollbackbot.text.Texts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Talks to a person at a prompt, or to a program that reads JSON.
 *
 * <p>Whole messages go to standard output; with {@code json}, each as one line {@code {"text": …}}.
 */
public final class Prompt {
  private final BufferedReader in;
  private final PrintStream out;
  private final Texts texts;
  private final boolean yes;
  private final boolean json;

  /**
   * @param yes answers every question with yes
   * @param json one JSON object a line instead of text
   */
  public Prompt(BufferedReader in, PrintStream out, Locale language, boolean yes, boolean json) {
    this.in = in;
    this.out = out;
    this.texts = Texts.of(language);
    this.yes = yes;
    this.json = json;
  }

  /** Every question was answered with yes beforehand. */
  public boolean unattended() {
    return yes;
  }

  /** A whole message. */
  public void tell(Message message) {
    print("message", PlainText.render(message));
  }

  /** One line of progress. */
  public void progress(Message message) {
    print("progress", message.summary());
  }

  /** Something by the way. */
  public void note(String text) {
    print("note", text);
  }

  /** Asks before production changes; no answer is a no. */
  public boolean confirm(String aim) {
    if (yes) {
      return true;
    }
    return ask(texts.get("terminal.confirm", Map.of("aim", aim)))
        .map(answer -> answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes"))
        .orElse(false);
  }

  /** Asks which of several; empty when the answer is none of them. */
  public Optional<String> choose(List<String> services) {
    return ask(texts.get("terminal.choose", Map.of("services", String.join(", ", services))))
        .filter(services::contains);
  }

  private Optional<String> ask(String question) {
    out.print(question + " ");
    out.flush();
    try {
      return Optional.ofNullable(in.readLine()).map(String::strip);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void print(String kind, String text) {
    out.println(json ? "{\"kind\":\"" + kind + "\",\"text\":\"" + escaped(text) + "\"}" : text);
  }

  private static String escaped(String text) {
    var escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> escaped.append("\\\"");
        case '\\' -> escaped.append("\\\\");
        case '\n' -> escaped.append("\\n");
        default -> {
          if (c < ' ') {
            escaped.append("\\u%04x".formatted((int) c));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }
}
