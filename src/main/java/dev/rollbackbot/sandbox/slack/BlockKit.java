package dev.rollbackbot.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Slack's rules for blocks: which fields exist, which are required, how long and how many. Lengths
 * are in Unicode code points. Source: docs.slack.dev/reference/block-kit, read in November 2026.
 * Only the long-established blocks are known; any other type is a problem, as on an older client.
 */
public final class BlockKit {
  private static final Set<String> ACTIONS = Set.of("button", "overflow", "static_select");
  private static final Set<String> ACCESSORIES =
      Set.of("button", "overflow", "static_select", "image");
  private static final Set<String> TEXTS = Set.of("plain_text", "mrkdwn");
  private static final Set<String> INPUTS = Set.of("plain_text_input", "static_select");

  private BlockKit() {}

  /** The problems of a message's {@code blocks}, each with its JSON pointer; empty if valid. */
  public static List<String> problems(JsonNode blocks) {
    var problems = new ArrayList<String>();
    blocks(new Shape(blocks, "/blocks", problems), 0, 50);
    return List.copyOf(problems);
  }

  /** The problems of a modal {@code view}; empty if valid. */
  public static List<String> viewProblems(JsonNode view) {
    var problems = new ArrayList<String>();
    var shape = new Shape(view, "/view", problems);
    if (!shape.type().equals("modal")) {
      shape.problem("unsupported type: " + shape.type());
      return List.copyOf(problems);
    }
    shape.hasOnly(
        Set.of("type", "title", "blocks"),
        Set.of(
            "close",
            "submit",
            "private_metadata",
            "callback_id",
            "clear_on_close",
            "notify_on_close",
            "external_id"));
    Parts.plainText(shape, "title", 24);
    Parts.plainText(shape, "close", 24);
    Parts.plainText(shape, "submit", 24);
    shape.string("private_metadata", 0, 3000);
    shape.string("callback_id", 0, 255);
    shape.string("external_id", 0, 255);
    shape.flag("clear_on_close");
    shape.flag("notify_on_close");
    shape.maybe("blocks").ifPresent(blocks -> blocks(blocks, 1, 100));
    if (hasInput(view) && !view.has("submit")) {
      shape.problem("missing required field: submit");
    }
    return List.copyOf(problems);
  }

  private static boolean hasInput(JsonNode view) {
    return view.path("blocks").valueStream().anyMatch(b -> b.path("type").asText().equals("input"));
  }

  private static void blocks(Shape blocks, int least, int most) {
    var ids = new HashSet<String>();
    for (var block : blocks.items(least, most)) {
      block(block);
      block.string("block_id", 1, 255);
      var id = block.node().path("block_id").asText("");
      if (!id.isEmpty() && !ids.add(id)) {
        block.problem("`block_id` " + id + " already exists for another block");
      }
    }
  }

  private static void block(Shape block) {
    Consumer<Shape> rule =
        switch (block.type()) {
          case "section" -> BlockKit::section;
          case "header" -> BlockKit::header;
          case "divider" -> b -> b.hasOnly(Set.of("type"), Set.of("block_id"));
          case "context" -> BlockKit::context;
          case "actions" -> BlockKit::actions;
          case "image" -> BlockKit::image;
          case "input" -> BlockKit::input;
          case "rich_text" -> RichText::check;
          default -> b -> b.problem("unsupported type: " + b.type());
        };
    rule.accept(block);
  }

  private static void section(Shape block) {
    block.hasOnly(Set.of("type"), Set.of("block_id", "text", "fields", "accessory", "expand"));
    if (!block.node().has("text") && !block.node().has("fields")) {
      block.problem("must define either `text` or `fields`");
    }
    Parts.anyText(block, "text", 3000);
    block.items("fields", 1, 10).forEach(field -> Parts.text(field, 2000, TEXTS));
    block.maybe("accessory").ifPresent(a -> Parts.element(a, ACCESSORIES));
    block.flag("expand");
  }

  private static void header(Shape block) {
    block.hasOnly(Set.of("type", "text"), Set.of("block_id"));
    Parts.plainText(block, "text", 150);
  }

  private static void context(Shape block) {
    block.hasOnly(Set.of("type", "elements"), Set.of("block_id"));
    for (var element : block.items("elements", 1, 10)) {
      if (TEXTS.contains(element.type())) {
        Parts.text(element, 3000, TEXTS);
      } else {
        Parts.element(element, Set.of("image"));
      }
    }
  }

  private static void actions(Shape block) {
    block.hasOnly(Set.of("type", "elements"), Set.of("block_id"));
    Parts.elements(block.items("elements", 1, 25), ACTIONS);
  }

  private static void image(Shape block) {
    Parts.image(block, Set.of("block_id", "title"));
    Parts.plainText(block, "title", 2000);
  }

  private static void input(Shape block) {
    block.hasOnly(
        Set.of("type", "label", "element"),
        Set.of("block_id", "hint", "optional", "dispatch_action"));
    Parts.plainText(block, "label", 2000);
    Parts.plainText(block, "hint", 2000);
    block.flag("optional");
    block.flag("dispatch_action");
    block.maybe("element").ifPresent(element -> Parts.element(element, INPUTS));
  }
}
