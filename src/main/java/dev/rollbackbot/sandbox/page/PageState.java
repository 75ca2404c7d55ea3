package dev.rollbackbot.sandbox.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollbackbot.sandbox.slack.Channel;
import dev.rollbackbot.sandbox.slack.Person;
import dev.rollbackbot.sandbox.slack.Post;
import dev.rollbackbot.sandbox.slack.Workspace;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What one person sees at one moment, as the page's JSON: at most {@value #MAX_POSTS} messages. */
final class PageState {
  private static final int MAX_POSTS = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Workspace workspace;
  private final Controls controls;

  PageState(Workspace workspace, Controls controls) {
    this.workspace = workspace;
    this.controls = controls;
  }

  /** The people whom the page may act as: members and guests of this workspace. */
  List<Person> actors() {
    return workspace.people().stream()
        .filter(p -> p.kind() == Person.Kind.MEMBER || p.kind() == Person.Kind.GUEST)
        .toList();
  }

  /** The person with this id, or the first one for a page that remembers somebody else. */
  Person viewer(String id) {
    return actors().stream()
        .filter(p -> p.id().equals(id))
        .findFirst()
        .orElseGet(() -> actors().getFirst());
  }

  ObjectNode of(Person me, Locale locale) {
    var json = JSON.createObjectNode().put("version", workspace.version()).put("me", me.id());
    json.put("team", workspace.team().name());
    var people = json.putArray("people");
    actors().forEach(p -> people.addObject().put("id", p.id()).put("name", p.realName()));
    var names = json.putObject("names");
    workspace.people().forEach(p -> names.put(p.id(), p.realName()));
    names.put(Workspace.SLACKBOT, "Slackbot");
    var bots = json.putArray("bots");
    workspace.people().stream()
        .filter(p -> p.kind() == Person.Kind.BOT)
        .forEach(p -> bots.add(p.id()));
    channels(json.putArray("channels"), me);
    posts(json.putArray("posts"), me);
    var buttons = json.putArray("controls");
    for (var control : controls.list(locale)) {
      buttons
          .addObject()
          .put("id", control.id())
          .put("label", control.label())
          .put("active", control.active());
    }
    var settings = json.putArray("choices");
    for (var choice : controls.choices(locale)) {
      var setting =
          settings
              .addObject()
              .put("id", choice.id())
              .put("label", choice.label())
              .put("value", choice.value());
      var options = setting.putArray("options");
      choice
          .options()
          .forEach(o -> options.addObject().put("value", o.value()).put("label", o.label()));
    }
    return json.put("status", controls.statusText(locale));
  }

  /** Changes whenever the page should be drawn again. */
  String signature(Locale locale) {
    var world =
        Objects.hash(controls.list(locale), controls.choices(locale), controls.statusText(locale));
    return workspace.version() + "." + Integer.toHexString(world);
  }

  private void channels(ArrayNode list, Person me) {
    for (var channel : workspace.channels()) {
      if (channel.members().contains(me.id())) {
        list.addObject()
            .put("id", channel.id())
            .put("name", channel.name())
            .put("direct", channel.kind() == Channel.Kind.DIRECT)
            .put("shared", channel.kind() == Channel.Kind.SHARED);
      }
    }
  }

  private void posts(ArrayNode list, Person me) {
    var seen = workspace.all().stream().filter(p -> visible(p, me)).toList();
    for (var post : seen.subList(Math.max(0, seen.size() - MAX_POSTS), seen.size())) {
      var json =
          list.addObject()
              .put("channel", post.channel())
              .put("ts", post.ts())
              .put("author", post.author())
              .put("text", post.text())
              .put("private", post.privateTo().isPresent())
              .put("broadcast", post.broadcast())
              .put("edits", post.edits());
      post.threadTs().ifPresent(ts -> json.put("thread", ts));
      var files = json.putArray("files");
      for (var file : post.files()) {
        files
            .addObject()
            .put("url", "/api/file?id=" + file.id() + "&as=" + me.id())
            .put("title", file.title())
            .put("alt", file.altText())
            .put("picture", file.mimeType().equals("image/png"));
      }
      var blocks = json.putArray("blocks");
      post.blocks().forEach(blocks::add);
    }
  }

  /** Whether a person may see a message at all. */
  boolean visible(Post post, Person me) {
    return post.privateTo().map(me.id()::equals).orElse(true)
        && workspace.channel(post.channel()).filter(c -> c.members().contains(me.id())).isPresent();
  }
}
