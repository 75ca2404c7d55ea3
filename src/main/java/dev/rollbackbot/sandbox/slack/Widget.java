package dev.rollbackbot.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something in a message that a person can press: a button, or one choice of a menu.
 *
 * @param type {@code button}, {@code overflow} or {@code static_select}
 * @param value what the app gets with the click; of a menu, the choice's value
 * @param confirm the dialog that Slack shows before it sends the click
 * @param element the element as stored in the message
 */
public record Widget(
    String blockId,
    String actionId,
    String type,
    String label,
    Optional<String> value,
    Optional<JsonNode> confirm,
    JsonNode element) {

  /** Everything that can be pressed in a message, in reading order. */
  public static List<Widget> all(Post post) {
    var widgets = new ArrayList<Widget>();
    for (var block : post.blocks()) {
      for (var element : Content.interactive(block)) {
        switch (element.path("type").asText()) {
          case "button" -> widgets.add(of(block, element, element));
          case "overflow", "static_select" ->
              options(element).forEach(option -> widgets.add(of(block, element, option)));
          default -> {
            // A text field is filled in, not pressed.
          }
        }
      }
    }
    return List.copyOf(widgets);
  }

  /**
   * The one that reads so.
   *
   * @throws IllegalArgumentException naming what there is, if there is none
   */
  public static Widget labelled(Post post, String label) {
    return all(post).stream()
        .filter(w -> w.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No " + label + " among " + all(post).stream().map(Widget::label).toList()));
  }

  static List<JsonNode> options(JsonNode element) {
    var options = new ArrayList<JsonNode>();
    element.path("options").forEach(options::add);
    element.path("option_groups").forEach(g -> g.path("options").forEach(options::add));
    return options;
  }

  private static Widget of(JsonNode block, JsonNode element, JsonNode labelled) {
    return new Widget(
        block.path("block_id").asText(),
        element.path("action_id").asText(),
        element.path("type").asText(),
        labelled.path("text").path("text").asText(),
        Optional.ofNullable(labelled.get("value")).map(JsonNode::asText),
        Optional.ofNullable(element.get("confirm")),
        element);
  }
}
