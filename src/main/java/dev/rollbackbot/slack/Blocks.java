package dev.rollbackbot.slack;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollbackbot.text.Message;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Button;
import dev.rollbackbot.text.Message.Confirm;
import dev.rollbackbot.text.Message.Part;
import dev.rollbackbot.text.Message.Style;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws a message with Slack's long-established blocks, and as a text that says everything alone.
 *
 * <p>What is too long ends in an ellipsis, so no message is refused for its length. Limits:
 * docs.slack.dev/reference/block-kit, read in November 2026, counted in UTF-16 units here, which is
 * never less than Slack counts.
 */
final class Blocks {
  private static final Logger LOG = LoggerFactory.getLogger(Blocks.class);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final int MOST_BLOCKS = 50;
  private static final int SECTION = 3_000;
  private static final int CONTEXT = 2_000;
  private static final int HEADER = 150;
  private static final int BUTTON = 75;
  private static final int BUTTON_VALUE = 2_000;
  private static final int ACTION_ID = 200;
  private static final int CONFIRM_TITLE = 100;
  private static final int CONFIRM_TEXT = 300;
  private static final int CONFIRM_BUTTON = 30;

  /** {@code chat.update} refuses longer texts. */
  private static final int TEXT = 4_000;

  /** How many buttons stand in one row; more are hard to hit on a phone. */
  private static final int BUTTONS_IN_ROW = 3;

  /** Slack's limits for an overflow menu. */
  private static final int MOST_IN_MENU = 5;

  private static final int MENU_VALUE = 150;

  /** Slack's limit for one actions block. */
  private static final int MOST_BUTTONS = 25;

  private Blocks() {}

  /** The whole message. */
  static ArrayNode of(Message message) {
    var drawn = new ArrayList<ObjectNode>();
    message.blocks().forEach(block -> drawn.addAll(draw(block)));
    if (drawn.isEmpty()) {
      drawn.add(section(Mrkdwn.of(List.of(new Part.Literal(orDots(message.summary()))), SECTION)));
    }
    return array(fit(drawn));
  }

  /** Text and buttons alone, for when Slack does not like the rest. */
  static ArrayNode plainest(Message message) {
    var drawn = new ArrayList<ObjectNode>();
    drawn.add(section(SlackText.cutEscaped(text(message, false), SECTION)));
    for (Block block : message.blocks()) {
      switch (block) {
        case Block.Buttons _ -> drawn.addAll(draw(block));
        case Block.Row(_, Button button) -> drawn.addAll(draw(new Block.Buttons(List.of(button))));
        case Block.Heading _, Block.Paragraph _, Block.Code _, Block.Context _ -> {}
      }
    }
    return array(fit(drawn));
  }

  /** For notifications, screen readers and clients without blocks. */
  static String text(Message message) {
    return text(message, true);
  }

  /** What the blocks say, for where there can be none: beside a file. */
  static String words(Message message) {
    return message.blocks().isEmpty() ? text(message) : join(lines(message, false));
  }

  private static String text(Message message, boolean buttons) {
    var lines = new ArrayList<String>();
    lines.add(Mrkdwn.of(List.of(new Part.Literal(message.summary())), SECTION));
    lines.addAll(lines(message, buttons));
    return join(lines);
  }

  private static String join(List<String> lines) {
    String said = lines.stream().filter(line -> !line.isBlank()).collect(joining("\n"));
    return SlackText.cutEscaped(orDots(said), TEXT);
  }

  private static List<String> lines(Message message, boolean buttons) {
    var lines = new ArrayList<String>();
    for (Block block : message.blocks()) {
      switch (block) {
        case Block.Heading(String text) -> {
          if (!text.equals(message.summary())) {
            lines.add(Mrkdwn.of(List.of(new Part.Bold(text)), SECTION));
          }
        }
        case Block.Paragraph(List<Part> parts) -> lines.add(Mrkdwn.of(parts, SECTION));
        case Block.Code(String text) -> lines.add(Mrkdwn.code(text, SECTION));
        case Block.Context(List<Part> parts) -> lines.add(Mrkdwn.of(parts, SECTION));
        case Block.Buttons(List<Button> all) -> {
          if (buttons) {
            lines.add(Mrkdwn.of(labels(all), SECTION));
          }
        }
        case Block.Row(List<Part> parts, Button button) ->
            lines.add(
                Mrkdwn.of(parts, SECTION)
                    + (buttons ? "  " + Mrkdwn.of(labels(List.of(button)), SECTION) : ""));
      }
    }
    return lines;
  }

  private static List<Part> labels(List<Button> buttons) {
    var labels = new ArrayList<Part>();
    buttons.forEach(button -> labels.add(new Part.Literal("[" + button.label() + "] ")));
    return labels;
  }

  private static List<ObjectNode> draw(Block block) {
    return switch (block) {
      case Block.Heading(String text) -> {
        String shown = SlackText.cut(SlackText.visible(text).strip(), HEADER);
        if (shown.isEmpty()) {
          yield List.of();
        }
        ObjectNode header = block("header");
        header.set("text", plain(shown));
        yield List.of(header);
      }
      case Block.Paragraph(List<Part> parts) -> sections(Mrkdwn.of(parts, SECTION));
      case Block.Code(String text) -> sections(Mrkdwn.code(text, SECTION));
      case Block.Context(List<Part> parts) -> {
        String shown = Mrkdwn.of(parts, CONTEXT);
        yield shown.isBlank() ? List.of() : List.of(context(shown));
      }
      case Block.Buttons(List<Button> buttons) -> actions(buttons);
      case Block.Row(List<Part> parts, Button button) -> {
        ObjectNode row = section(orDots(Mrkdwn.of(parts, SECTION)));
        if (fits(button)) {
          row.set("accessory", button(button, new HashSet<>()));
        }
        yield List.of(row);
      }
    };
  }

  private static List<ObjectNode> sections(String shown) {
    return shown.isBlank() ? List.of() : List.of(section(shown));
  }

  private static List<ObjectNode> actions(List<Button> buttons) {
    List<Button> fitting = buttons.stream().filter(Blocks::fits).limit(MOST_BUTTONS).toList();
    int first = Math.min(fitting.size(), BUTTONS_IN_ROW);
    List<Button> inSight = fitting.subList(0, first);
    List<Button> more = fitting.subList(first, fitting.size());
    var rows = new ArrayList<ObjectNode>();
    if (!inSight.isEmpty()) {
      rows.add(row(inSight));
    }
    if (!more.isEmpty() && more.size() <= MOST_IN_MENU && more.stream().allMatch(Blocks::inMenu)) {
      ArrayNode elements = (ArrayNode) rows.getFirst().get("elements");
      elements.add(menu(more));
    } else if (!more.isEmpty()) {
      rows.add(row(more));
    }
    return rows;
  }

  private static ObjectNode row(List<Button> buttons) {
    ObjectNode actions = block("actions");
    ArrayNode elements = actions.putArray("elements");
    var ids = new HashSet<String>();
    buttons.forEach(button -> elements.add(button(button, ids)));
    return actions;
  }

  /** A menu has one dialog for all of its choices, and shorter values than a button. */
  private static boolean inMenu(Button button) {
    return button.confirm().isEmpty()
        && !button.value().isEmpty()
        && button.value().length() <= MENU_VALUE;
  }

  /** The first choice names it: what a choice does stands in its value, which is sealed. */
  private static ObjectNode menu(List<Button> choices) {
    ObjectNode menu = block("overflow");
    menu.put("action_id", SlackText.cut(choices.getFirst().action(), ACTION_ID) + "#99");
    ArrayNode options = menu.putArray("options");
    for (Button choice : choices) {
      ObjectNode option = options.addObject();
      option.set("text", plain(SlackText.cut(orDots(SlackText.visible(choice.label())), BUTTON)));
      option.put("value", choice.value());
    }
    return menu;
  }

  /** A value cannot be cut: its seal would not hold. */
  private static boolean fits(Button button) {
    boolean fits = button.value().length() <= BUTTON_VALUE && !button.action().isBlank();
    if (!fits) {
      LOG.error("left the button {} out: its value is too long", button.action());
    }
    return fits;
  }

  private static ObjectNode button(Button button, Set<String> ids) {
    ObjectNode drawn = block("button");
    drawn.set("text", plain(SlackText.cut(orDots(SlackText.visible(button.label())), BUTTON)));
    String action = SlackText.cut(button.action(), ACTION_ID);
    String id = action;
    for (int n = 2; !ids.add(id); n++) {
      // Ids must differ within a block; SlackRequestReader takes the number off again.
      id = action + "#" + n;
    }
    drawn.put("action_id", id);
    if (!button.value().isEmpty()) {
      drawn.put("value", button.value());
    }
    switch (button.style()) {
      case PLAIN -> {}
      case PRIMARY -> drawn.put("style", "primary");
      case DANGER -> drawn.put("style", "danger");
    }
    button.confirm().ifPresent(asked -> drawn.set("confirm", confirm(asked, button.style())));
    return drawn;
  }

  private static ObjectNode confirm(Confirm asked, Style style) {
    ObjectNode confirm = JSON.objectNode();
    confirm.set("title", limited(asked.title(), CONFIRM_TITLE));
    confirm.set(
        "text", plain(SlackText.cut(orDots(SlackText.visibleLines(asked.text())), CONFIRM_TEXT)));
    confirm.set("confirm", limited(asked.yes(), CONFIRM_BUTTON));
    confirm.set("deny", limited(asked.no(), CONFIRM_BUTTON));
    if (style == Style.DANGER) {
      confirm.put("style", "danger");
    }
    return confirm;
  }

  private static ObjectNode limited(String text, int most) {
    return plain(SlackText.cut(orDots(SlackText.visible(text)), most));
  }

  /** Keeps the beginning and the last blocks, where the buttons stand. */
  private static List<ObjectNode> fit(List<ObjectNode> drawn) {
    if (drawn.size() <= MOST_BLOCKS) {
      return drawn;
    }
    int tail = 3;
    var kept = new ArrayList<>(drawn.subList(0, MOST_BLOCKS - 1 - tail));
    kept.add(context("…"));
    kept.addAll(drawn.subList(drawn.size() - tail, drawn.size()));
    return kept;
  }

  private static ObjectNode section(String shown) {
    ObjectNode section = block("section");
    section.set("text", mrkdwn(shown));
    return section;
  }

  private static ObjectNode context(String shown) {
    ObjectNode context = block("context");
    context.putArray("elements").add(mrkdwn(shown));
    return context;
  }

  /** Verbatim: Slack makes no links or mentions of its own. */
  private static ObjectNode mrkdwn(String shown) {
    return block("mrkdwn").put("text", shown).put("verbatim", true);
  }

  private static ObjectNode plain(String shown) {
    return block("plain_text").put("text", shown);
  }

  private static ObjectNode block(String type) {
    return JSON.objectNode().put("type", type);
  }

  private static String orDots(String text) {
    return text.isBlank() ? "…" : text;
  }

  private static ArrayNode array(List<ObjectNode> blocks) {
    return JSON.arrayNode().addAll(blocks);
  }
}
