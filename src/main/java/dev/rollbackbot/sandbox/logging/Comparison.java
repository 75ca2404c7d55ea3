package dev.rollbackbot.sandbox.logging;

import static dev.rollbackbot.sandbox.grpc.Refusals.invalid;

import com.google.logging.type.LogSeverity;
import com.google.logging.v2.LogEntry;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One comparison of a filter. Strings are compared without regard to case, regular expressions with
 * it; a field that is not there matches nothing, not even {@code !=}.
 *
 * <p>Source: Logging query language, "Comparisons" (read 2026-11).
 */
final class Comparison {
  private static final List<List<String>> TIMES =
      List.of(List.of("timestamp"), List.of("receiveTimestamp"), List.of("receive_timestamp"));

  private Comparison() {}

  static Predicate<LogEntry> of(List<String> path, String operator, String value) {
    Predicate<Object> test = test(path, operator, value);
    return entry -> Fields.leaves(entry, path).stream().anyMatch(test);
  }

  private static Predicate<Object> test(List<String> path, String operator, String value) {
    if (TIMES.contains(path)) {
      Instant wanted = instant(value);
      IntPredicate order = order(operator);
      return leaf -> leaf instanceof Instant given && order.test(given.compareTo(wanted));
    }
    if (path.equals(List.of("severity"))) {
      int wanted = severity(value);
      IntPredicate order = order(operator.equals(":") ? "=" : operator);
      return leaf -> order.test(Integer.compare(severity(leaf.toString()), wanted));
    }
    return switch (operator) {
      case ":" -> value.equals("*") ? leaf -> true : leaf -> has(leaf, value);
      case "=~" -> matches(value);
      case "!~" -> matches(value).negate();
      default -> {
        IntPredicate order = order(operator);
        yield leaf -> {
          OptionalInt compared = compare(leaf, value);
          return compared.isPresent() && order.test(compared.getAsInt());
        };
      }
    };
  }

  private static Predicate<Object> matches(String regex) {
    try {
      Pattern pattern = Pattern.compile(regex);
      return leaf -> pattern.matcher(leaf.toString()).find();
    } catch (PatternSyntaxException e) {
      throw invalid("Unparseable regular expression: " + e.getDescription());
    }
  }

  private static boolean has(Object leaf, String value) {
    if (leaf instanceof String text) {
      return text.toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT));
    }
    OptionalInt compared = compare(leaf, value);
    return compared.isPresent() && compared.getAsInt() == 0;
  }

  /** Empty when the value is not of the leaf's kind: then nothing matches. */
  private static OptionalInt compare(Object leaf, String value) {
    try {
      return switch (leaf) {
        case String text -> OptionalInt.of(text.compareToIgnoreCase(value));
        case BigDecimal number -> OptionalInt.of(number.compareTo(new BigDecimal(value)));
        case Boolean flag -> OptionalInt.of(flag.toString().compareToIgnoreCase(value));
        case Instant time -> OptionalInt.of(time.compareTo(instant(value)));
        case Duration time -> OptionalInt.of(time.compareTo(duration(value)));
        case Object _ -> OptionalInt.empty();
      };
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  private static IntPredicate order(String operator) {
    return switch (operator) {
      case "=" -> compared -> compared == 0;
      case "!=" -> compared -> compared != 0;
      case ">" -> compared -> compared > 0;
      case ">=" -> compared -> compared >= 0;
      case "<" -> compared -> compared < 0;
      case "<=" -> compared -> compared <= 0;
      default -> throw invalid("the operator " + operator + " does not go with this field");
    };
  }

  private static int severity(String value) {
    String name = value.toUpperCase(Locale.ROOT);
    for (LogSeverity known : LogSeverity.values()) {
      if (known != LogSeverity.UNRECOGNIZED
          && (known.name().equals(name) || Integer.toString(known.getNumber()).equals(name))) {
        return known.getNumber();
      }
    }
    throw invalid("Unknown severity: " + value);
  }

  private static Instant instant(String value) {
    try {
      return value.length() == "2026-11-22".length()
          ? LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC)
          : OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException e) {
      throw invalid("not an RFC 3339 time: " + value);
    }
  }

  /** {@code 0.5s}, {@code 20ms}; a bare number is seconds. */
  private static Duration duration(String value) {
    boolean millis = value.endsWith("ms");
    int unit = millis ? 2 : value.endsWith("s") ? 1 : 0;
    BigDecimal number = new BigDecimal(value.substring(0, value.length() - unit));
    return Duration.ofNanos(number.movePointRight(millis ? 6 : 9).longValue());
  }
}
