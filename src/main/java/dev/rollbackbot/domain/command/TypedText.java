package dev.rollbackbot.domain.command;

import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** A typed text cut into words, with what a keyboard or a chat client adds taken off again. */
sealed interface TypedText {
  /** In code points. */
  int LONGEST_REASON = 200;

  /** Of a wrong word, in the answer; in code points. */
  int LONGEST_WORD_SHOWN = 60;

  /** The two options that take a text. */
  String REASON = "--reason";

  String ALONE = "--alone";

  record Read(List<String> words, Optional<Reason> reason, Options options) implements TypedText {
    public Read {
      words = List.copyOf(words);
    }
  }

  record Wrong(Problem problem) implements TypedText {}

  /** Cuts a text; the words come out in NFKC, in their own case. */
  static TypedText read(String text) {
    return new Reader(text).read();
  }

  /** The beginning of a text, at most this many code points. */
  static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }

  /** One pass over a text. */
  final class Reader {
    /** Slack takes 4,000 characters or so; nothing that is meant is longer. */
    private static final int LONGEST_TEXT = 4_000;

    /** A link as Slack sends it; the label may hold spaces. */
    private static final Pattern SLACK_LINK =
        Pattern.compile("<(https?://[^|>\\s]{1,2000})(?:\\|[^>]{0,2000})?>");

    /** Each string holds the quotes that can open and close one text. */
    private static final List<String> QUOTES = List.of("\"“”„‟＂«»", "'‘’‚‛＇", "「」", "『』");

    /** What stands around a word and does not belong to it, after NFKC. */
    private static final String BEFORE = "`'\"“”„‘’‚<([{「『*";

    private static final String AFTER = "`'\"“”‘’>)]}」』*.。,、;!?";

    /** Also what a Japanese keyboard and a phone make of hyphens. */
    private static final String DASHES = "-‐‑‒–—―−－﹣ーｰ";

    private final String text;
    private final List<String> words = new ArrayList<>();
    private Optional<Reason> reason = Optional.empty();
    private Options options = Options.none();
    private int at;

    Reader(String text) {
      this.text = SLACK_LINK.matcher(cut(text, LONGEST_TEXT)).replaceAll(" $1 ");
    }

    TypedText read() {
      for (skipSpaces(); at < text.length(); skipSpaces()) {
        if (!isDash(text.charAt(at))) {
          String word = word();
          if (!word.isEmpty()) {
            words.add(word);
          }
          continue;
        }
        String option = option();
        if (Options.takesWord(option) || Options.standsAlone(option)) {
          switch (options.take(option, Options.takesWord(option) ? word() : "")) {
            case Options.Taken.Not(Problem problem) -> {
              return new Wrong(problem);
            }
            case Options.Taken.Well(Options more) -> options = more;
          }
          continue;
        }
        if (!option.equals(REASON) && !option.equals(ALONE)) {
          return wrong(Code.UNKNOWN_OPTION, option);
        }
        String value = value().replaceAll("[\\s\\p{Z}]+", " ").strip();
        if (value.isEmpty()) {
          return wrong(Code.OPTION_NEEDS_VALUE, option);
        }
        reason = Optional.of(said(value, option.equals(ALONE)));
      }
      return new Read(words, reason, options);
    }

    private String word() {
      skipSpaces();
      return clean(take(i -> isSpace(text.charAt(i))));
    }

    /** Who gives both options gives one reason, and goes alone. */
    private Reason said(String value, boolean alone) {
      String all = reason.map(before -> before.text() + "; " + value).orElse(value);
      return new Reason(
          cut(all, LONGEST_REASON), alone || reason.filter(Reason::alone).isPresent());
    }

    private String option() {
      while (at < text.length() && isDash(text.charAt(at))) {
        at++;
      }
      String name = take(i -> isSpace(text.charAt(i)) || isEquals(i) || family(i).isPresent());
      if (at < text.length() && isEquals(at)) {
        at++;
      }
      return "--" + cut(clean(name).toLowerCase(Locale.ROOT), LONGEST_WORD_SHOWN);
    }

    /** What follows an option: the quoted text, or without quotes all the rest. */
    private String value() {
      skipSpaces();
      Optional<String> family = at < text.length() ? family(at) : Optional.empty();
      if (family.isEmpty()) {
        return take(_ -> false);
      }
      at++;
      String value = take(i -> family.get().indexOf(text.charAt(i)) >= 0 && endsWord(i + 1));
      at = Math.min(at + 1, text.length());
      return value;
    }

    /** An apostrophe inside of a word does not end a quoted text. */
    private boolean endsWord(int i) {
      return i >= text.length() || isSpace(text.charAt(i)) || text.charAt(i) == '`';
    }

    private Optional<String> family(int i) {
      return QUOTES.stream().filter(quotes -> quotes.indexOf(text.charAt(i)) >= 0).findFirst();
    }

    private boolean isEquals(int i) {
      return text.charAt(i) == '=' || text.charAt(i) == '＝';
    }

    private String take(IntPredicate end) {
      int from = at;
      while (at < text.length() && !end.test(at)) {
        at++;
      }
      return text.substring(from, at);
    }

    private void skipSpaces() {
      while (at < text.length() && isSpace(text.charAt(at))) {
        at++;
      }
    }

    private static boolean isSpace(char c) {
      return Character.isWhitespace(c)
          || Character.isSpaceChar(c)
          || Character.isISOControl(c)
          || Character.getType(c) == Character.FORMAT;
    }

    private static boolean isDash(char c) {
      return DASHES.indexOf(c) >= 0;
    }

    private static String clean(String typed) {
      String word = Normalizer.normalize(typed, Normalizer.Form.NFKC);
      int from = 0;
      int to = word.length();
      while (from < to && BEFORE.indexOf(word.charAt(from)) >= 0) {
        from++;
      }
      while (from < to && AFTER.indexOf(word.charAt(to - 1)) >= 0) {
        to--;
      }
      return word.substring(from, to);
    }

    private static TypedText wrong(Code code, String option) {
      return new Wrong(Problem.refusal(code, Map.of("option", option)));
    }
  }
}
