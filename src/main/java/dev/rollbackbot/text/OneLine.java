package dev.rollbackbot.text;

import java.util.regex.Pattern;

/** Cuts somebody's text to one line that fits. */
final class OneLine {
  /** The longest commit subject, in code points. */
  static final int SUBJECT = 120;

  /** The longest name of a person, migration or error signature, in code points. */
  static final int NAME = 80;

  /** The longest reason that is repeated from elsewhere, in code points. */
  static final int REASON = 200;

  /** The longest list to choose from, and the longest command, in code points. */
  static final int LIST = 600;

  private static final Pattern SPACE = Pattern.compile("[\\s\\u2028\\u2029]+");

  private OneLine() {}

  /** All on one line, at most that many code points, the last an ellipsis where it was cut. */
  static String of(String text, int most) {
    String line = SPACE.matcher(text).replaceAll(" ").strip();
    if (line.codePointCount(0, line.length()) <= most) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, most - 1)).stripTrailing() + "…";
  }

  /** At most that many UTF-16 units, as Slack counts its limits. */
  static String within(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
