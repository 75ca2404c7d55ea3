package dev.rollbackbot.git;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits Python source into its logical lines, as far as reading assignments needs it.
 *
 * <p>Comments and blank lines are gone, lines inside brackets or after a backslash are joined, and
 * every string, however quoted, stands as {@code "text"} with no quote, escape or newline inside.
 */
final class PythonLines {
  private static final String PREFIXES = "rRbBuUfF";

  private final String source;
  private final List<Line> lines = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int indent;
  private int depth;
  private int at;

  /** A statement, or the head of a compound one; {@code indent} counts its leading blanks. */
  record Line(int indent, String text) {}

  private PythonLines(String source) {
    this.source = source;
  }

  static List<Line> of(String source) {
    return new PythonLines(source.replace("\r\n", "\n")).split();
  }

  private List<Line> split() {
    while (at < source.length()) {
      char c = source.charAt(at);
      switch (c) {
        case '\n' -> newline();
        case '#' -> skipComment();
        case '\\' -> at += 2;
        case '\'', '"' -> string(c);
        default -> plain(c);
      }
    }
    endLine();
    return List.copyOf(lines);
  }

  private void newline() {
    if (depth == 0) {
      endLine();
    } else {
      text.append(' ');
    }
    at++;
  }

  private void endLine() {
    String statement = text.toString().strip();
    if (!statement.isEmpty()) {
      lines.add(new Line(indent, statement));
    }
    text.setLength(0);
    indent = 0;
    depth = 0;
  }

  private void skipComment() {
    int end = source.indexOf('\n', at);
    at = end < 0 ? source.length() : end;
  }

  private void plain(char c) {
    if (text.isEmpty() && Character.isWhitespace(c)) {
      indent++;
    } else {
      switch (c) {
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> depth = Math.max(0, depth - 1);
        default -> {}
      }
      text.append(c);
    }
    at++;
  }

  private void string(char quote) {
    dropPrefix();
    String end = String.valueOf(quote);
    if (source.startsWith(end.repeat(3), at)) {
      end = end.repeat(3);
    }
    at += end.length();
    text.append('"');
    while (at < source.length() && !source.startsWith(end, at)) {
      char c = source.charAt(at);
      if (c == '\n' && end.length() == 1) {
        break;
      }
      text.append(c == '"' || c == '\\' || c == '\n' ? ' ' : c);
      at += c == '\\' ? 2 : 1;
    }
    text.append('"');
    if (source.startsWith(end, at)) {
      at += end.length();
    }
  }

  /** In {@code r"…"} the letter belongs to the string; in {@code bar"} it would not be Python. */
  private void dropPrefix() {
    while (!text.isEmpty() && PREFIXES.indexOf(text.charAt(text.length() - 1)) >= 0) {
      text.setLength(text.length() - 1);
    }
  }
}
