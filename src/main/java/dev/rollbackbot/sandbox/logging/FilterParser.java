package dev.rollbackbot.sandbox.logging;

import static dev.rollbackbot.sandbox.grpc.Refusals.invalid;
import static dev.rollbackbot.sandbox.grpc.Refusals.notPlayed;

import com.google.logging.v2.LogEntry;
import dev.rollbackbot.sandbox.logging.FilterLexer.Kind;
import dev.rollbackbot.sandbox.logging.FilterLexer.Token;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/**
 * The Logging query language, as much of it as people write by hand.
 *
 * <pre>
 * filter     = either { [ "AND" ] either }          a line break or a space is an AND
 * either     = term { "OR" term }                   OR binds tighter than AND
 * term       = [ "NOT" | "-" ] ( "(" filter ")" | log_id("…") | comparison )
 * comparison = path op value | path op "(" value { "OR" value } ")"
 * op         = = != &gt; &lt; &gt;= &lt;= : =~ !~           field:* asks whether it is there
 * </pre>
 *
 * <p>Source: Logging query language (cloud.google.com/logging/docs/view/logging-query-language,
 * read 2026-11). Text without a field, other functions and unknown fields are refused.
 */
final class FilterParser {
  // ListLogEntriesRequest.filter, logging.proto 3.34.0.
  private static final int MAX_CHARS = 20_000;
  private static final int MAX_DEPTH = 50;

  private final List<Token> tokens;
  private int at;
  private int depth;

  private FilterParser(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Predicate<LogEntry> parse(String filter) {
    if (filter.length() > MAX_CHARS) {
      throw invalid("a filter has at most 20,000 characters, not " + filter.length());
    }
    FilterParser parser = new FilterParser(FilterLexer.tokens(filter));
    if (parser.peek().kind() == Kind.END) {
      return entry -> true;
    }
    Predicate<LogEntry> parsed = parser.filter();
    parser.expect(Kind.END);
    return parsed;
  }

  private Predicate<LogEntry> filter() {
    Predicate<LogEntry> all = either();
    while (peek().kind() != Kind.END && peek().kind() != Kind.CLOSE) {
      if (peek().is(Kind.WORD, "AND")) {
        at++;
      }
      all = all.and(either());
    }
    return all;
  }

  private Predicate<LogEntry> either() {
    Predicate<LogEntry> any = term();
    while (peek().is(Kind.WORD, "OR")) {
      at++;
      any = any.or(term());
    }
    return any;
  }

  private Predicate<LogEntry> term() {
    if (++depth > MAX_DEPTH) {
      throw invalid("the filter is nested too deeply");
    }
    try {
      if (peek().is(Kind.WORD, "NOT") || peek().is(Kind.WORD, "-")) {
        at++;
        return term().negate();
      }
      if (peek().kind() == Kind.OPEN) {
        at++;
        Predicate<LogEntry> inner = filter();
        expect(Kind.CLOSE);
        return inner;
      }
      return comparison();
    } finally {
      depth--;
    }
  }

  private Predicate<LogEntry> comparison() {
    Token field = expect(Kind.WORD);
    if (field.text().startsWith("-")) {
      // -resource.type="x": the minus is read as part of the word.
      List<String> path = Fields.minusFirstChar(field.path());
      return comparison(path).negate();
    }
    if (peek().kind() == Kind.OPEN) {
      return function(field.text());
    }
    return comparison(field.path());
  }

  private Predicate<LogEntry> comparison(List<String> path) {
    Fields.requireKnown(path);
    String operator = expect(Kind.OPERATOR).text();
    if (peek().kind() != Kind.OPEN) {
      return Comparison.of(path, operator, value());
    }
    at++;
    Predicate<LogEntry> any = Comparison.of(path, operator, value());
    while (peek().is(Kind.WORD, "OR")) {
      at++;
      any = any.or(Comparison.of(path, operator, value()));
    }
    expect(Kind.CLOSE);
    return any;
  }

  private Predicate<LogEntry> function(String name) {
    if (!name.equals("log_id")) {
      throw notPlayed("the filter function " + name);
    }
    expect(Kind.OPEN);
    String id = URLEncoder.encode(expect(Kind.QUOTED).text(), StandardCharsets.UTF_8);
    expect(Kind.CLOSE);
    return entry -> entry.getLogName().endsWith("/logs/" + id);
  }

  private String value() {
    return peek().kind() == Kind.QUOTED ? expect(Kind.QUOTED).text() : expect(Kind.WORD).text();
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token expect(Kind kind) {
    Token token = peek();
    if (token.kind() != kind) {
      throw invalid("unparseable filter: " + kind + " expected, not " + token.text());
    }
    at++;
    return token;
  }
}
