package dev.rollbackbot.domain.command;

import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.Ladder.Advance;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.model.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options of a command that take one word or none; a text has its own.
 *
 * @param steps what was said of a canary's ladder, empty where nothing was
 */
record Options(Optional<Route> route, Optional<InSteps> steps) {
  static final String ROUTE = "--route";
  static final String STEPS = "--steps";
  static final String HOLD = "--hold";
  static final String AUTO = "--auto";
  static final String ASK = "--ask";

  private static final Pattern SPLIT = Pattern.compile("[,、/→>]+");
  private static final Pattern STEP = Pattern.compile("([0-9]{1,3})%?");
  private static final Pattern TIME = Pattern.compile("([0-9]{1,4})(s|m|min|h|秒|分|時間)");

  static Options none() {
    return new Options(Optional.empty(), Optional.empty());
  }

  /** Whether a word follows it. */
  static boolean takesWord(String option) {
    return option.equals(ROUTE) || option.equals(STEPS) || option.equals(HOLD);
  }

  /** Whether it stands alone. */
  static boolean standsAlone(String option) {
    return option.equals(AUTO) || option.equals(ASK);
  }

  /** The options with one more, or why that one is wrong. */
  sealed interface Taken {
    record Well(Options options) implements Taken {}

    record Not(Problem problem) implements Taken {}
  }

  /** Takes an option; {@code word} is in NFKC, empty where none follows. */
  Taken take(String option, String word) {
    InSteps before = steps.orElse(InSteps.usual());
    return switch (option) {
      case ROUTE ->
          Route.of(word)
              .<Taken>map(way -> new Taken.Well(new Options(Optional.of(way), steps)))
              .orElseGet(() -> not(Code.ROUTE_UNKNOWN, option, word));
      case STEPS ->
          readSteps(word)
              .map(s -> with(new InSteps(Optional.of(s), before.hold(), before.advance())))
              .orElseGet(() -> not(Code.STEPS_WRONG, option, word));
      case HOLD ->
          readTime(word)
              .map(h -> with(new InSteps(before.steps(), Optional.of(h), before.advance())))
              .orElseGet(() -> not(Code.HOLD_WRONG, option, word));
      default ->
          with(
              new InSteps(
                  before.steps(),
                  before.hold(),
                  Optional.of(option.equals(AUTO) ? Advance.AUTO : Advance.ASK)));
    };
  }

  private Taken with(InSteps said) {
    return new Taken.Well(new Options(route, Optional.of(said)));
  }

  private static Taken not(Code code, String option, String word) {
    String shown = TypedText.cut(word.isEmpty() ? option : word, TypedText.LONGEST_WORD_SHOWN);
    return new Taken.Not(Problem.refusal(code, Map.of("word", shown)));
  }

  /** {@code 5,25,100}; percent signs and other separators are forgiven. */
  private static Optional<List<Integer>> readSteps(String word) {
    var read = new ArrayList<Integer>();
    for (String step : SPLIT.split(word, -1)) {
      Matcher matcher = STEP.matcher(step);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      read.add(Integer.parseInt(matcher.group(1)));
    }
    return Optional.<List<Integer>>of(read).filter(Ladder::rises);
  }

  /** {@code 90s}, {@code 5m}, {@code 1h}. */
  private static Optional<Duration> readTime(String word) {
    Matcher matcher = TIME.matcher(word);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    Duration time =
        switch (matcher.group(2)) {
          case "s", "秒" -> Duration.ofSeconds(number);
          case "h", "時間" -> Duration.ofHours(number);
          default -> Duration.ofMinutes(number);
        };
    return Optional.of(time).filter(t -> t.isPositive() && t.compareTo(Ladder.LONGEST_HOLD) <= 0);
  }

  /** One that was given, if any was. */
  Optional<String> any() {
    return route.map(_ -> ROUTE).or(() -> steps.map(Options::named));
  }

  private static String named(InSteps said) {
    return said.steps().isPresent()
        ? STEPS
        : said.hold().isPresent()
            ? HOLD
            : said.advance().filter(Advance.AUTO::equals).isPresent() ? AUTO : ASK;
  }
}
