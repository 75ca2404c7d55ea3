package dev.rollbackbot.slack;

/**
 * Makes text from outside harmless for Slack; everything that is shown passes through here.
 *
 * <p>Rules of docs.slack.dev, "Formatting text for app surfaces": only {@code & < >} are escaped.
 */
final class SlackText {
  private static final String CUT = "…";

  private SlackText() {}

  /**
   * Takes out what can hide or reorder a text: control characters and line ends become spaces,
   * zero-width and bidirectional ones vanish, half of a surrogate pair becomes U+FFFD.
   */
  static String visible(String text) {
    return visible(text, false);
  }

  /** The same, but lines stay lines. */
  static String visibleLines(String text) {
    return visible(text.replace("\r\n", "\n"), true);
  }

  private static String visible(String text, boolean keepLines) {
    var kept = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL -> kept.append(keepLines && c == '\n' ? '\n' : ' ');
                case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> kept.append(' ');
                case Character.FORMAT -> {}
                case Character.SURROGATE -> kept.append('\ufffd');
                default -> kept.appendCodePoint(c);
              }
            });
    return kept.toString();
  }

  /** The one escape: after it no text can mention, link or address anybody. */
  static String escape(String visible) {
    return visible.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** At most this many UTF-16 units, ending in an ellipsis where something is missing. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, wholeCharacters(text, most - CUT.length())) + CUT;
  }

  /** Escaped, and at most this many UTF-16 units after it; never cut inside of an entity. */
  static String escapeAndCut(String visible, int most) {
    String whole = escape(visible);
    if (whole.length() <= most) {
      return whole;
    }
    int units = 0;
    int end = 0;
    while (end < visible.length()) {
      int c = visible.codePointAt(end);
      units += escape(Character.toString(c)).length();
      if (units > most - CUT.length()) {
        break;
      }
      end += Character.charCount(c);
    }
    return escape(visible.substring(0, end)) + CUT;
  }

  /** The same for a text that is escaped already: no half of an entity is left. */
  static String cutEscaped(String escaped, int most) {
    if (escaped.length() <= most) {
      return escaped;
    }
    String cut = escaped.substring(0, wholeCharacters(escaped, most - CUT.length()));
    return cut.replaceFirst("&[a-z]{0,3}$", "") + CUT;
  }

  private static int wholeCharacters(String text, int end) {
    return end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
  }
}
