package dev.rollbackbot.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a message says: its checks, and the ids that Slack fills in before it stores it. */
final class Content {
  /** Longer text is {@code msg_too_long}. */
  static final int MAX_TEXT = 40_000;

  private static final Set<String> INTERACTIVE =
      Set.of("button", "overflow", "static_select", "plain_text_input");

  private Content() {}

  static String checkedText(String text) {
    if (text.codePointCount(0, text.length()) > MAX_TEXT) {
      throw new Refused("msg_too_long");
    }
    return text;
  }

  /** Valid blocks, each with a {@code block_id} and each of their elements with an action id. */
  static List<JsonNode> checked(JsonNode blocks) {
    if (!blocks.isArray()) {
      throw new Refused("invalid_blocks_format");
    }
    var problems = BlockKit.problems(blocks);
    if (!problems.isEmpty()) {
      throw new Refused("invalid_blocks", problems);
    }
    var stored = new ArrayList<JsonNode>();
    for (var block : blocks) {
      var copy = block.deepCopy();
      fill(copy, "block_id", "b" + stored.size());
      var elements = interactive(copy);
      for (int i = 0; i < elements.size(); i++) {
        fill(elements.get(i), "action_id", "a" + i);
      }
      stored.add(copy);
    }
    return stored;
  }

  /** The elements of a block that a person can press or fill in. */
  static List<JsonNode> interactive(JsonNode block) {
    var elements = new ArrayList<JsonNode>();
    elements.add(block.path("accessory"));
    elements.add(block.path("element"));
    block.path("elements").forEach(elements::add);
    return elements.stream().filter(e -> INTERACTIVE.contains(e.path("type").asText())).toList();
  }

  private static void fill(JsonNode node, String field, String value) {
    if (node instanceof ObjectNode object && !object.has(field)) {
      object.put(field, value);
    }
  }
}
