package dev.rollbackbot.sandbox.slack;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules for what stands inside blocks: text objects, confirm dialogs and elements. */
final class Parts {
  private static final Set<String> STYLES = Set.of("primary", "danger");

  private Parts() {}

  static void plainText(Shape parent, String field, int most) {
    parent.maybe(field).ifPresent(s -> text(s, most, Set.of("plain_text")));
  }

  static void anyText(Shape parent, String field, int most) {
    parent.maybe(field).ifPresent(s -> text(s, most, Set.of("plain_text", "mrkdwn")));
  }

  static void text(Shape text, int most, Set<String> types) {
    if (!text.node().isObject() || !types.contains(text.type())) {
      text.problem(
          "must be a text object of type " + String.join(" or ", types.stream().sorted().toList()));
      return;
    }
    var extra = text.type().equals("plain_text") ? "emoji" : "verbatim";
    if (text.hasOnly(Set.of("type", "text"), Set.of(extra))) {
      text.string("text", 1, most);
      text.flag(extra);
    }
  }

  static void confirm(Shape parent) {
    parent
        .maybe("confirm")
        .ifPresent(
            s -> {
              s.hasOnly(Set.of("title", "text", "confirm", "deny"), Set.of("style"));
              plainText(s, "title", 100);
              anyText(s, "text", 300);
              plainText(s, "confirm", 30);
              plainText(s, "deny", 30);
              s.oneOf("style", STYLES);
            });
  }

  /** Checks the elements of one block, whose action ids must differ from each other. */
  static void elements(List<Shape> elements, Set<String> allowed) {
    var ids = new HashSet<String>();
    for (var element : elements) {
      element(element, allowed);
      var id = element.node().path("action_id").asText("");
      if (!id.isEmpty() && !ids.add(id)) {
        element.problem("`action_id` " + id + " already exists for another element of the block");
      }
    }
  }

  static void element(Shape element, Set<String> allowed) {
    if (!allowed.contains(element.type())) {
      element.problem("unsupported type: " + element.type());
      return;
    }
    element.string("action_id", 1, 255);
    switch (element.type()) {
      case "button" -> button(element);
      case "overflow" -> overflow(element);
      case "static_select" -> staticSelect(element);
      case "plain_text_input" -> textInput(element);
      case "image" -> image(element, Set.of());
      default -> throw new IllegalStateException("No rule for " + element.type());
    }
  }

  static void image(Shape image, Set<String> more) {
    var optional = new HashSet<>(Set.of("image_url", "slack_file"));
    optional.addAll(more);
    image.hasOnly(Set.of("type", "alt_text"), optional);
    image.string("alt_text", 1, 2000);
    image.string("image_url", 1, 3000);
    if (image.node().has("image_url") == image.node().has("slack_file")) {
      image.problem("must define either `image_url` or `slack_file`");
    }
    image
        .maybe("slack_file")
        .ifPresent(
            file -> {
              file.hasOnly(Set.of(), Set.of("id", "url"));
              if (file.node().has("id") == file.node().has("url")) {
                file.problem("must define either `id` or `url`");
              }
            });
  }

  private static void button(Shape button) {
    button.hasOnly(
        Set.of("type", "text"),
        Set.of("action_id", "url", "value", "style", "confirm", "accessibility_label"));
    plainText(button, "text", 75);
    button.string("url", 1, 3000);
    button.string("value", 1, 2000);
    button.oneOf("style", STYLES);
    button.string("accessibility_label", 1, 75);
    confirm(button);
  }

  private static void overflow(Shape overflow) {
    overflow.hasOnly(Set.of("type", "options"), Set.of("action_id", "confirm"));
    overflow.items("options", 1, 5).forEach(option -> option(option, Set.of("description", "url")));
    confirm(overflow);
  }

  private static void staticSelect(Shape select) {
    select.hasOnly(
        Set.of("type"),
        Set.of(
            "action_id",
            "placeholder",
            "options",
            "option_groups",
            "initial_option",
            "confirm",
            "focus_on_load"));
    if (select.node().has("options") == select.node().has("option_groups")) {
      select.problem("must define either `options` or `option_groups`");
    }
    plainText(select, "placeholder", 150);
    select.items("options", 1, 100).forEach(option -> option(option, Set.of("description")));
    for (var group : select.items("option_groups", 1, 100)) {
      group.hasOnly(Set.of("label", "options"), Set.of());
      plainText(group, "label", 75);
      group.items("options", 1, 100).forEach(option -> option(option, Set.of("description")));
    }
    select.maybe("initial_option").ifPresent(option -> option(option, Set.of("description")));
    select.flag("focus_on_load");
    confirm(select);
  }

  private static void option(Shape option, Set<String> optional) {
    option.hasOnly(Set.of("text", "value"), optional);
    plainText(option, "text", 75);
    option.string("value", 1, 150);
    plainText(option, "description", 75);
    option.string("url", 1, 3000);
  }

  private static void textInput(Shape input) {
    input.hasOnly(
        Set.of("type"),
        Set.of(
            "action_id",
            "placeholder",
            "initial_value",
            "multiline",
            "min_length",
            "max_length",
            "dispatch_action_config",
            "focus_on_load"));
    plainText(input, "placeholder", 150);
    input.string("initial_value", 0, 3000);
    input.flag("multiline");
    input.number("min_length", 0, 3000);
    input.number("max_length", 1, 3000);
    input.flag("focus_on_load");
    input
        .maybe("dispatch_action_config")
        .ifPresent(
            config -> {
              config.hasOnly(Set.of(), Set.of("trigger_actions_on"));
              config.items("trigger_actions_on", 1, 2);
            });
  }
}
