package dev.rollbackbot;

import dev.rollbackbot.ConfigException.Mistake;
import dev.rollbackbot.domain.model.Ladder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One mapping of the configuration, read key by key.
 *
 * <p>A mistake is written down and reading goes on with the key's example, so that a person sees
 * all mistakes at once. {@link #done} complains about every key that nobody asked for.
 */
final class YamlSection {
  private static final Pattern COMMA = Pattern.compile(",");

  /** Tokens of Slack and GitHub by how they begin, and long runs that only keys have. */
  private static final Pattern SECRET =
      Pattern.compile("(?:xox[a-z]-|xapp-|gh[a-z]_|github_pat_)\\S*|[A-Za-z0-9+/=_]{32,}");

  private final String path;
  private final int line;
  private final Map<String, YamlNode> entries;
  private final List<Mistake> mistakes;
  private final Set<String> asked = new LinkedHashSet<>();

  YamlSection(String path, YamlNode node, List<Mistake> mistakes) {
    this.path = path;
    this.line = node.line();
    this.mistakes = mistakes;
    switch (node) {
      case YamlNode.Mapping(int _, Map<String, YamlNode> found) -> entries = found;
      case YamlNode.Items _, YamlNode.Scalar _, YamlNode.Nothing _ -> {
        entries = Map.of();
        mistakes.add(new Mistake(path, line, "should hold keys with values", "key: value"));
      }
    }
  }

  /** A text that must be there and match. */
  String text(String key, Pattern form, String example) {
    return optionalText(key, form, example).orElseGet(() -> missing(key, example));
  }

  /** A text that may be left out. */
  Optional<String> optionalText(String key, Pattern form, String example) {
    return value(
        key, example, text -> form.matcher(text).matches() ? Optional.of(text) : Optional.empty());
  }

  /** A whole number within bounds, or what it is when left out. */
  int number(String key, int least, int most, int otherwise) {
    return value(
            key,
            String.valueOf(otherwise),
            text ->
                Optional.of(text)
                    .filter(digits -> digits.matches("[0-9]{1,9}"))
                    .map(Integer::valueOf)
                    .filter(found -> found >= least && found <= most))
        .orElse(otherwise);
  }

  /** A share of one, such as 0.02, or what it is when left out. */
  double share(String key, double otherwise) {
    return value(
            key,
            String.valueOf(otherwise),
            text ->
                Optional.of(text)
                    .filter(digits -> digits.matches("0(\\.[0-9]{1,6})?|1(\\.0)?"))
                    .map(Double::valueOf))
        .orElse(otherwise);
  }

  /** Percents that rise to 100 with commas between, or what they are when left out. */
  List<Integer> steps(String key, List<Integer> otherwise) {
    return value(
            key,
            "10,50,100",
            text ->
                Optional.of(text)
                    .filter(digits -> digits.matches("[0-9]{1,3}(, ?[0-9]{1,3}){1,9}"))
                    .map(
                        digits ->
                            COMMA
                                .splitAsStream(digits)
                                .map(String::strip)
                                .map(Integer::valueOf)
                                .toList())
                    .filter(Ladder::rises))
        .orElse(otherwise);
  }

  /** A positive time such as 500ms, 90s or 4m, or what it is when left out. */
  Duration duration(String key, Duration otherwise) {
    return value(key, Durations.format(otherwise), Durations::parse).orElse(otherwise);
  }

  /** {@code on} or {@code off}. */
  boolean on(String key, boolean otherwise) {
    return value(
            key,
            "on",
            text ->
                switch (text) {
                  case "on", "true" -> Optional.of(true);
                  case "off", "false" -> Optional.of(false);
                  default -> Optional.empty();
                })
        .orElse(otherwise);
  }

  /** A list of texts; empty when left out. */
  List<String> texts(String key, Pattern form, String example) {
    asked.add(key);
    var texts = new ArrayList<String>();
    for (YamlNode item : items(key, "[" + example + "]")) {
      if (item instanceof YamlNode.Scalar(int at, String text)) {
        if (form.matcher(text).matches()) {
          texts.add(text);
        } else {
          mistakes.add(new Mistake(name(key), at, misfit(text), example));
        }
      } else {
        mistakes.add(new Mistake(name(key), item.line(), "should list plain texts", example));
      }
    }
    return texts;
  }

  /** A list of texts with at least one. */
  List<String> someTexts(String key, Pattern form, String example) {
    List<String> texts = texts(key, form, example);
    if (!entries.containsKey(key) || (texts.isEmpty() && isEmptyList(key))) {
      missing(key, "[" + example + "]");
    }
    return texts;
  }

  /** A list of sections with at least one. */
  List<YamlSection> sections(String key, String example) {
    asked.add(key);
    var sections = new ArrayList<YamlSection>();
    for (YamlNode item : items(key, example)) {
      sections.add(new YamlSection(name(key) + "[" + sections.size() + "]", item, mistakes));
    }
    if (!entries.containsKey(key) || isEmptyList(key)) {
      missing(key, example);
    }
    return sections;
  }

  /** A section that must be there. */
  YamlSection section(String key, String example) {
    asked.add(key);
    YamlNode found = entries.get(key);
    if (found == null) {
      // One mistake for the section is enough; its own keys would only repeat it.
      missing(key, example);
      return new YamlSection(name(key), new YamlNode.Mapping(line, Map.of()), new ArrayList<>());
    }
    return new YamlSection(name(key), found, mistakes);
  }

  /** Whether the key is there at all. */
  boolean has(String key) {
    asked.add(key);
    return entries.containsKey(key);
  }

  /** A section whose keys all have defaults, so that it may be left out. */
  YamlSection optionalSection(String key) {
    asked.add(key);
    YamlNode found = entries.get(key);
    return new YamlSection(
        name(key), found == null ? new YamlNode.Mapping(line, Map.of()) : found, mistakes);
  }

  /** Writes down a mistake that is only seen by looking at several keys. */
  void mistake(String key, String what, String example) {
    mistakes.add(new Mistake(name(key), lineOf(key), what, example));
  }

  /** Complains about keys that nobody asked for. */
  void done() {
    entries.forEach(
        (key, value) -> {
          if (!asked.contains(key)) {
            mistakes.add(
                new Mistake(
                    name(key),
                    value.line(),
                    "is not a key here; known are " + String.join(", ", asked),
                    ""));
          }
        });
  }

  private <T> Optional<T> value(String key, String example, Function<String, Optional<T>> reading) {
    asked.add(key);
    YamlNode found = entries.get(key);
    if (found == null) {
      return Optional.empty();
    }
    Optional<T> value =
        found instanceof YamlNode.Scalar(int _, String text)
            ? reading.apply(text)
            : Optional.empty();
    if (value.isEmpty()) {
      String what =
          switch (found) {
            case YamlNode.Scalar(int _, String text) -> misfit(text);
            case YamlNode.Nothing _ -> "has no value";
            case YamlNode.Mapping _, YamlNode.Items _ -> "should be one value";
          };
      mistakes.add(new Mistake(name(key), found.line(), what, key + ": " + example));
      return reading.apply(example);
    }
    return value;
  }

  /** Shows the value, but never a secret that somebody put into a wrong place. */
  private static String misfit(String text) {
    String shown =
        SECRET.matcher(text.replaceAll("//[^/]*@", "//(secret)@")).replaceAll("(secret)");
    return "'" + shown + "' does not fit";
  }

  private List<YamlNode> items(String key, String example) {
    YamlNode found = entries.get(key);
    if (found == null) {
      return List.of();
    }
    if (found instanceof YamlNode.Items(int _, List<YamlNode> items)) {
      return items;
    }
    mistakes.add(new Mistake(name(key), found.line(), "should be a list", key + ": " + example));
    return List.of();
  }

  private boolean isEmptyList(String key) {
    return entries.get(key) instanceof YamlNode.Items(int _, List<YamlNode> items)
        && items.isEmpty();
  }

  private String missing(String key, String example) {
    mistakes.add(new Mistake(name(key), lineOf(key), "is missing", key + ": " + example));
    return example;
  }

  private int lineOf(String key) {
    YamlNode found = entries.get(key);
    return found == null ? line : found.line();
  }

  private String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
