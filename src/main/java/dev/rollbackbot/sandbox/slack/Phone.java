package dev.rollbackbot.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Messages as plain text, the way a person would read them on a phone. */
public final class Phone {
  private static final Pattern REFERENCE = Pattern.compile("<([@#!]?)([^>|]+)(?:\\|([^>]*))?>");
  private static final Pattern EMPHASIS =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}*_~])([*_~])(?=\\S)([^*_~`\n]*?\\S)\\1(?![\\p{L}\\p{N}*_~])");

  private final Workspace workspace;

  public Phone(Workspace workspace) {
    this.workspace = workspace;
  }

  /** Author, mark of privacy or thread, then every block; buttons are {@code [Label]}. */
  public String render(Post post) {
    var head = new StringBuilder(name(post.author()));
    workspace
        .channel(post.channel())
        .ifPresent(
            c ->
                head.append(
                    c.kind() == Channel.Kind.DIRECT ? " (direct message)" : "  #" + c.name()));
    post.privateTo()
        .ifPresent(user -> head.append("  (only visible to ").append(name(user)).append(')'));
    post.threadTs()
        .ifPresent(
            ts -> head.append(post.broadcast() ? "  (thread, also in channel)" : "  (thread)"));
    if (post.edits() > 0) {
      head.append("  (edited)");
    }
    return head + "\n" + body(post).indent(2).stripTrailing();
  }

  /** The message without its head line. */
  public String body(Post post) {
    var words =
        post.blocks().isEmpty()
            ? Stream.of(plain(post.text()))
            : post.blocks().stream().map(this::block);
    var pictures = post.files().stream().map(Phone::file);
    return Stream.concat(words, pictures)
        .filter(s -> !s.isBlank())
        .collect(Collectors.joining("\n"));
  }

  private static String file(SharedFile file) {
    return file.mimeType().startsWith("image/")
        ? "(picture: %s: %s)".formatted(file.title(), file.altText())
        : "(file: %s)".formatted(file.title());
  }

  /** The dialog that opens before a click is sent; empty where there is none. */
  public Optional<String> confirm(Widget widget) {
    return widget
        .confirm()
        .map(
            c ->
                "%s%n%s%n[%s] [%s]"
                    .formatted(
                        text(c.path("title")),
                        text(c.path("text")),
                        text(c.path("confirm")),
                        text(c.path("deny")))
                    .replace("\r\n", "\n"));
  }

  /** Mrkdwn as it reads: names for ids, labels for links, no emphasis marks, no escapes. */
  public String plain(String mrkdwn) {
    var named =
        REFERENCE
            .matcher(mrkdwn)
            .replaceAll(
                m -> Matcher.quoteReplacement(reference(m.group(1), m.group(2), m.group(3))));
    var bare = EMPHASIS.matcher(named).replaceAll("$2").replace("```", "");
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  private String reference(String mark, String target, @Nullable String label) {
    return switch (mark) {
      case "@" -> "@" + name(target);
      case "#" -> "#" + workspace.channel(target).map(Channel::name).orElse(target);
      case "!" -> label != null && !label.isEmpty() ? label : "@" + target;
      default -> label == null || label.isEmpty() ? target : label + " (" + target + ")";
    };
  }

  private String name(String user) {
    return user.equals(Workspace.SLACKBOT)
        ? "Slackbot"
        : workspace.person(user).map(Person::realName).orElse(user);
  }

  private String block(JsonNode block) {
    return switch (block.path("type").asText()) {
      case "header" -> text(block.path("text"));
      case "section" -> section(block);
      case "context" -> each(block.path("elements"), "  ");
      case "actions" -> each(block.path("elements"), " ");
      case "divider" -> "----";
      case "image" -> element(block);
      case "input" -> text(block.path("label")) + ": " + element(block.path("element"));
      case "rich_text" -> rich(block);
      default -> "";
    };
  }

  private String section(JsonNode block) {
    var lines = new ArrayList<String>();
    if (block.has("text")) {
      lines.add(text(block.get("text")));
    }
    block.path("fields").forEach(f -> lines.add(text(f)));
    if (block.has("accessory")) {
      lines.add(element(block.get("accessory")));
    }
    return String.join("\n", lines);
  }

  private String each(JsonNode elements, String between) {
    return elements.valueStream().map(this::element).collect(Collectors.joining(between));
  }

  private String element(JsonNode element) {
    return switch (element.path("type").asText()) {
      case "button" -> "[" + text(element.path("text")) + "]";
      case "overflow" -> "[... " + choices(element) + "]";
      case "static_select" ->
          "[" + text(element.path("placeholder")) + " v " + choices(element) + "]";
      case "plain_text_input" -> "[____]";
      case "image" -> "(picture: " + element.path("alt_text").asText() + ")";
      default -> text(element);
    };
  }

  private String choices(JsonNode element) {
    return Widget.options(element).stream()
        .map(o -> text(o.path("text")))
        .collect(Collectors.joining(" | "));
  }

  private String text(JsonNode text) {
    var raw = text.path("text").asText("");
    return text.path("type").asText().equals("mrkdwn") ? plain(raw) : raw;
  }

  private String rich(JsonNode node) {
    return switch (node.path("type").asText()) {
      case "rich_text" -> join(node, "\n");
      case "rich_text_list" ->
          node.path("elements")
              .valueStream()
              .map(item -> "- " + rich(item))
              .collect(Collectors.joining("\n"));
      case "rich_text_section", "rich_text_quote", "rich_text_preformatted" -> join(node, "");
      case "user" -> "@" + name(node.path("user_id").asText());
      case "channel" -> reference("#", node.path("channel_id").asText(), null);
      case "broadcast" -> "@" + node.path("range").asText();
      case "emoji" -> ":" + node.path("name").asText() + ":";
      case "link" -> node.path("text").asText(node.path("url").asText());
      default -> node.path("text").asText(node.path("fallback").asText(""));
    };
  }

  private String join(JsonNode node, String between) {
    return node.path("elements").valueStream().map(this::rich).collect(Collectors.joining(between));
  }

  /** All messages of a channel with their threads below them, as one text. */
  public String channel(String id) {
    var shown = new ArrayList<String>();
    for (var post : workspace.messages(id)) {
      shown.add(render(post));
      replies(post).forEach(reply -> shown.add(render(reply).indent(4).stripTrailing()));
    }
    return String.join("\n", shown);
  }

  private List<Post> replies(Post post) {
    return post.threadTs().isPresent() ? List.of() : workspace.thread(post.ts());
  }
}
