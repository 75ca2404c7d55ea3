package dev.rollbackbot.sandbox.registry;

import static java.util.stream.Collectors.joining;

import dev.rollbackbot.sandbox.grpc.Refusals;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list filter: {@code name="…"} or {@code version="…"}, case-insensitive, {@code *} for any
 * number of characters; anything else is INVALID_ARGUMENT.
 *
 * <p>Source: comments on {@code ListTagsRequest.filter} and {@code ListVersionsRequest.filter}.
 */
final class Filter {
  private static final Pattern FORM = Pattern.compile("\\s*(\\w+)\\s*=\\s*\"([^\"]*)\"\\s*");

  private static final Pattern STARS = Pattern.compile("\\*+");

  private Filter() {}

  static <T> Predicate<T> parse(String filter, Map<String, Function<T, String>> fields) {
    if (filter.isBlank()) {
      return item -> true;
    }
    Matcher matcher = FORM.matcher(filter);
    if (!matcher.matches()) {
      throw Refusals.invalid("invalid list filter: " + filter);
    }
    Function<T, String> field = fields.get(matcher.group(1).toLowerCase(Locale.ROOT));
    if (field == null) {
      throw Refusals.invalid("this list cannot be filtered by " + matcher.group(1));
    }
    Predicate<String> wanted = wildcard(matcher.group(2));
    return item -> wanted.test(field.apply(item));
  }

  private static Predicate<String> wildcard(String wanted) {
    String regex = STARS.splitAsStream(wanted).map(Pattern::quote).collect(joining(".*"));
    // Splitting drops a star at the end.
    String whole = wanted.endsWith("*") ? regex + ".*" : regex;
    return Pattern.compile(whole, Pattern.CASE_INSENSITIVE).asMatchPredicate();
  }
}
