package dev.rollbackbot.domain.report;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of an error's message what looks like somebody's data or a key, and cuts it short.
 *
 * <p>Mail addresses, bearer tokens, JWT, keys of well-known services, whatever stands after a word
 * such as {@code password=}, long opaque words, UUIDs, phone numbers, long numbers, network
 * addresses, and passwords and query strings in addresses; digits and signs of full width too.
 * Names, addresses of homes and diagnoses look like any other words: a service whose messages may
 * hold them must not have its messages shown.
 */
public final class Redaction {
  /** The longest text that is left, in code points. */
  public static final int LONGEST = 200;

  /** What is looked at; a message that is longer is cut before. */
  private static final int MOST_READ = 4_000;

  private static final String DASH = "[-‐‑‒–—―−－ー ]";
  private static final String NO_DIGIT_BEFORE = "(?<!\\p{Nd})";
  private static final String NO_DIGIT_AFTER = "(?!\\p{Nd})";

  private record Rule(Pattern what, String instead) {
    static Rule of(String what, String instead) {
      return new Rule(Pattern.compile(what), instead);
    }
  }

  /** In this order: what a rule leaves must not look like something else to the next one. */
  private static final List<Rule> RULES =
      List.of(
          Rule.of("-----BEGIN [A-Z ]+-----.*", "[key]"),
          Rule.of("\\b([a-z][a-z0-9+.-]{1,15}://)[^\\s/@]{1,200}@", "$1[secret]@"),
          Rule.of("\\?(?=[^\\s=?]{1,60}=)[^\\s\"'<>)]+", "?[query]"),
          Rule.of("\\beyJ[\\w-]{5,}\\.[\\w-]{5,}(?:\\.[\\w-]*)?", "[token]"),
          Rule.of("(?i)\\b(bearer|basic)\\s+[\\w.~+/=-]{8,}", "$1 [token]"),
          Rule.of(
              "\\b(?:AIza[\\w-]{20,}|AKIA[A-Z0-9]{12,}|sk-[\\w-]{16,}|sk_(?:live|test)_\\w{10,}"
                  + "|gh[pousr]_\\w{20,}|github_pat_\\w{20,}|glpat-[\\w-]{16,}|xox[a-z]-[\\w-]{10,}"
                  + "|xapp-[\\w-]{10,}|SG\\.[\\w-]{16,}\\.[\\w-]{16,}|ya29\\.[\\w-]{10,})",
              "[key]"),
          Rule.of(
              "(?i)([\\w-]{0,40}(?:password|passwd|pwd|secret|token|api[_-]?key|authorization"
                  + "|credential|cookie|session[_-]?id)[\\w-]{0,40}[\"']?\\s*[=:]\\s*)"
                  + "(?!\\[)(?:\"[^\"]*\"?|'[^']*'?|(?:bearer |basic )?[^\\s,;&}]+)",
              "$1[secret]"),
          Rule.of("[\\p{L}\\p{N}._%+'-]{1,64}(?:[@＠]|%40)[\\p{L}\\p{N}.．-]{1,253}", "[mail]"),
          Rule.of("\\b\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\b", "[id]"),
          Rule.of("\\b(?=[\\w+-]{0,200}\\d)[\\w+-]{32,}={0,2}", "[token]"),
          Rule.of("\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b", "[address]"),
          Rule.of(
              NO_DIGIT_BEFORE
                  + "(?:\\p{Nd}{7,}|\\p{Nd}{4}(?:"
                  + DASH
                  + "\\p{Nd}{4}){2,3})"
                  + NO_DIGIT_AFTER,
              "[number]"),
          Rule.of(
              NO_DIGIT_BEFORE
                  + "[+＋]?[(（]?(?:\\p{Nd}{1,4}(?:[)）]"
                  + DASH
                  + "?|"
                  + DASH
                  + ")[(（]?){2,3}\\p{Nd}{3,4}"
                  + NO_DIGIT_AFTER,
              "[phone]"),
          Rule.of(NO_DIGIT_BEFORE + "\\p{Nd}{3}[-−－]\\p{Nd}{4}" + NO_DIGIT_AFTER, "[number]"));

  private Redaction() {}

  /** The text on one line without what looks like data, at most {@value #LONGEST} code points. */
  public static String of(String text) {
    String left = head(text.replaceAll("\\s+", " ").strip());
    for (Rule rule : RULES) {
      left = rule.what().matcher(left).replaceAll(rule.instead());
    }
    return left.codePointCount(0, left.length()) <= LONGEST
        ? left
        : left.substring(0, left.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }

  /** Without the word that the cut went through: half a token no longer looks like one. */
  private static String head(String text) {
    if (text.length() <= MOST_READ) {
      return text;
    }
    int end = text.lastIndexOf(' ', MOST_READ);
    return end < 0 ? "[…]" : text.substring(0, end);
  }
}
