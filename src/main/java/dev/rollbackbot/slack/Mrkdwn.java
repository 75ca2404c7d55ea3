package dev.rollbackbot.slack;

import dev.rollbackbot.text.Message.Part;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Builds one text of Slack's markup within a limit of UTF-16 units.
 *
 * <p>Slack has no escape for {@code * _ ~ `}. Where they would format a literal they are replaced
 * by look-alikes; in {@link Part.Mono}, which people copy, only the backtick is.
 */
final class Mrkdwn {
  /** Room that is kept for the ellipsis of a text that ends early. */
  private static final int RESERVE = 1;

  private static final Pattern USER = Pattern.compile("[UW][A-Z0-9]{2,30}");

  /** Printable ASCII alone: an address in another script must be encoded. */
  private static final Pattern WEB = Pattern.compile("https?://[!-~&&[^<>|]]{1,2000}");

  /** Slack formats only between word boundaries, which Japanese has none of; this makes one. */
  private static final char BOUNDARY = '\u200b';

  private final int most;
  private final StringBuilder out = new StringBuilder();
  private boolean full;

  Mrkdwn(int most) {
    this.most = most;
  }

  /** The parts in their order; empty when there is nothing to see. */
  static String of(List<Part> parts, int most) {
    var text = new Mrkdwn(most);
    parts.forEach(text::add);
    return text.out.toString().strip();
  }

  /** Whether Slack would call somebody by it. */
  static boolean isUser(String id) {
    return USER.matcher(id).matches();
  }

  /** A block of fixed width. */
  static String code(String text, int most) {
    String harmless = SlackText.visibleLines(text).replace("```", "ˋˋˋ");
    String body = SlackText.escapeAndCut(harmless, most - 8);
    return body.isBlank() ? "" : "```\n" + body + "\n```";
  }

  private void add(Part part) {
    switch (part) {
      case Part.Literal(String text) -> plain(literal(SlackText.visible(text)));
      case Part.Bold(String text) -> wrapped('*', literal(SlackText.visible(text)).strip());
      case Part.Mono(String text) ->
          wrapped('`', SlackText.visible(text).replace('`', 'ˋ').strip());
      case Part.Mention(String userId) -> {
        if (isUser(userId)) {
          whole("<@" + userId + ">");
        } else {
          plain(literal(SlackText.visible(userId)));
        }
      }
      case Part.Link(String url, String label) -> {
        String shown = literal(SlackText.visible(label)).replace('|', '¦');
        if (WEB.matcher(url).matches() && !shown.isBlank()) {
          whole("<" + SlackText.escape(url) + "|" + SlackText.escape(shown) + ">");
        } else {
          plain(shown);
        }
      }
      case Part.LineBreak() -> whole("\n");
    }
  }

  private void plain(String visible) {
    if (full || visible.isEmpty()) {
      return;
    }
    boolean touches = closesMark() && !Character.isWhitespace(visible.charAt(0));
    String text = touches ? BOUNDARY + visible : visible;
    String cut = SlackText.escapeAndCut(text, most - out.length());
    full = !cut.equals(SlackText.escape(text));
    out.append(cut);
  }

  private void wrapped(char mark, String visible) {
    if (full || visible.isEmpty()) {
      return;
    }
    boolean close = !out.isEmpty() && !Character.isWhitespace(out.charAt(out.length() - 1));
    String before = (close ? BOUNDARY : "") + String.valueOf(mark);
    int room = most - out.length() - before.length() - 1 - RESERVE;
    if (room < 2) {
      end();
      return;
    }
    String cut = SlackText.escapeAndCut(visible, room);
    full = !cut.equals(SlackText.escape(visible));
    out.append(before).append(cut).append(mark);
  }

  /** Something that is no use in half. */
  private void whole(String markup) {
    if (full) {
      return;
    }
    if (out.length() + markup.length() > most - RESERVE) {
      end();
      return;
    }
    out.append(markup);
  }

  private void end() {
    full = true;
    out.append('…');
  }

  private boolean closesMark() {
    return !out.isEmpty() && "*`".indexOf(out.charAt(out.length() - 1)) >= 0;
  }

  private static String literal(String text) {
    var shown = new StringBuilder(text);
    for (int i = 0; i < shown.length(); i++) {
      boolean inWord = i > 0 && wordAt(text, i - 1) && i + 1 < text.length() && wordAt(text, i + 1);
      char plain =
          switch (shown.charAt(i)) {
            case '`' -> 'ˋ';
            case '*' -> inWord ? '*' : '∗';
            case '_' -> inWord ? '_' : 'ˍ';
            case '~' -> inWord ? '~' : '∼';
            case '>' -> i == 0 ? '›' : '>';
            default -> shown.charAt(i);
          };
      shown.setCharAt(i, plain);
    }
    return shown.toString();
  }

  private static boolean wordAt(String text, int i) {
    char c = text.charAt(i);
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
