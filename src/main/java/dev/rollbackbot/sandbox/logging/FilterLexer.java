package dev.rollbackbot.sandbox.logging;

import static dev.rollbackbot.sandbox.grpc.Refusals.invalid;

import java.util.ArrayList;
import java.util.List;

/** Cuts a filter of the Logging query language into tokens; comments ({@code --}) are dropped. */
final class FilterLexer {
  enum Kind {
    WORD,
    QUOTED,
    OPERATOR,
    OPEN,
    CLOSE,
    END
  }

  /**
   * One token.
   *
   * @param path the parts of a dotted word, quoted parts without their quotes
   */
  record Token(Kind kind, String text, List<String> path) {
    boolean is(Kind wanted, String wantedText) {
      return kind == wanted && text.equals(wantedText);
    }
  }

  private static final List<String> OPERATORS =
      List.of("=~", "!~", "!=", ">=", "<=", "=", ">", "<", ":");

  private final String filter;
  private int at;

  private FilterLexer(String filter) {
    this.filter = filter;
  }

  static List<Token> tokens(String filter) {
    FilterLexer lexer = new FilterLexer(filter);
    List<Token> tokens = new ArrayList<>();
    do {
      tokens.add(lexer.next());
    } while (tokens.getLast().kind() != Kind.END);
    return tokens;
  }

  private Token next() {
    skipSpaceAndComments();
    if (at >= filter.length()) {
      return token(Kind.END, "the end");
    }
    char first = filter.charAt(at);
    if (first == '(' || first == ')') {
      at++;
      return token(first == '(' ? Kind.OPEN : Kind.CLOSE, String.valueOf(first));
    }
    if (first == '"') {
      return token(Kind.QUOTED, quoted());
    }
    for (String operator : OPERATORS) {
      if (filter.startsWith(operator, at)) {
        at += operator.length();
        return token(Kind.OPERATOR, operator);
      }
    }
    return word();
  }

  private Token word() {
    List<String> path = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int from = at;
    while (at < filter.length()) {
      char c = filter.charAt(at);
      if (c == '.') {
        path.add(part.toString());
        part.setLength(0);
        at++;
      } else if (c == '"' && at > from && filter.charAt(at - 1) == '.') {
        part.append(quoted());
      } else if (isWord(c)) {
        part.append(c);
        at++;
      } else {
        break;
      }
    }
    if (at == from) {
      throw invalid("unexpected '" + filter.charAt(at) + "' at " + at + " of the filter");
    }
    path.add(part.toString());
    return new Token(Kind.WORD, filter.substring(from, at), List.copyOf(path));
  }

  private String quoted() {
    StringBuilder text = new StringBuilder();
    int from = at++;
    while (at < filter.length()) {
      char c = filter.charAt(at++);
      if (c == '"') {
        return text.toString();
      }
      if (c == '\\' && at < filter.length() && "\"\\".indexOf(filter.charAt(at)) >= 0) {
        text.append(filter.charAt(at++));
      } else {
        // Any other escape is left to the regular expression it stands in.
        text.append(c);
      }
    }
    throw invalid("the quote at " + from + " of the filter is never closed");
  }

  private void skipSpaceAndComments() {
    while (at < filter.length()) {
      if (filter.startsWith("--", at)) {
        int end = filter.indexOf('\n', at);
        at = end < 0 ? filter.length() : end;
      } else if (Character.isWhitespace(filter.charAt(at))) {
        at++;
      } else {
        return;
      }
    }
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || "_-/*%+@$".indexOf(c) >= 0;
  }

  private static Token token(Kind kind, String text) {
    return new Token(kind, text, List.of(text));
  }
}
