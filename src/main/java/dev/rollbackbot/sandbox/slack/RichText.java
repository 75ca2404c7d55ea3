package dev.rollbackbot.sandbox.slack;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The rules for rich_text blocks, whose text elements are literal. */
final class RichText {
  private static final Set<String> STYLES =
      Set.of("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight");

  /** Inline element type to its required fields, beside {@code type}. */
  private static final Map<String, Set<String>> INLINE =
      Map.of(
          "text", Set.of("text"),
          "link", Set.of("url"),
          "emoji", Set.of("name"),
          "user", Set.of("user_id"),
          "usergroup", Set.of("usergroup_id"),
          "channel", Set.of("channel_id"),
          "broadcast", Set.of("range"),
          "date", Set.of("timestamp", "format"));

  private static final Map<String, Set<String>> INLINE_OPTIONAL =
      Map.of(
          "link", Set.of("text", "unsafe"),
          "emoji", Set.of("unicode", "skin_tone"),
          "date", Set.of("url", "fallback"));

  private RichText() {}

  static void check(Shape block) {
    block.hasOnly(Set.of("type", "elements"), Set.of("block_id"));
    for (var element : block.items("elements", 1, 1000)) {
      part(element);
    }
  }

  private static void part(Shape part) {
    switch (part.type()) {
      case "rich_text_section" -> inline(part, Set.of());
      case "rich_text_quote" -> inline(part, Set.of("border"));
      case "rich_text_preformatted" -> inline(part, Set.of("border", "language"));
      case "rich_text_list" -> {
        part.hasOnly(Set.of("type", "style", "elements"), Set.of("indent", "offset", "border"));
        part.oneOf("style", Set.of("bullet", "ordered"));
        part.number("indent", 0, 8);
        for (var item : part.items("elements", 1, 1000)) {
          if (item.type().equals("rich_text_section")) {
            inline(item, Set.of());
          } else {
            item.problem("unsupported type: " + item.type());
          }
        }
      }
      default -> part.problem("unsupported type: " + part.type());
    }
  }

  private static void inline(Shape part, Set<String> optional) {
    part.hasOnly(Set.of("type", "elements"), optional);
    for (var element : part.items("elements", 0, 1000)) {
      var required = INLINE.get(element.type());
      if (required == null) {
        element.problem("unsupported type: " + element.type());
        continue;
      }
      var must = new HashSet<>(required);
      must.add("type");
      var may = new HashSet<>(INLINE_OPTIONAL.getOrDefault(element.type(), Set.of()));
      may.add("style");
      element.hasOnly(must, may);
      if (element.type().equals("text")) {
        element.string("text", 1, 40_000);
      }
      element.maybe("style").ifPresent(RichText::style);
    }
  }

  private static void style(Shape style) {
    if (style.hasOnly(Set.of(), STYLES)) {
      STYLES.forEach(style::flag);
    }
  }
}
