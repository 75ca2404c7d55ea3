package dev.rollbackbot.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rollbackbot.domain.command.SignedRequest;
import dev.rollbackbot.port.Incoming;
import dev.rollbackbot.port.SlackRequests;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads Slack's three kinds of request: the form of a command, {@code payload=} of a pressed
 * button, and the JSON of an event.
 *
 * <p>What is malformed or not served is {@link Incoming.Other}; reading never throws.
 */
public final class SlackRequestReader implements SlackRequests {
  private static final ObjectMapper JSON = new JsonMapper();

  /** The bot's own name at the beginning of a mention. */
  private static final Pattern ADDRESS = Pattern.compile("^\\s*<@[UW][A-Z0-9]+(?:\\|[^>]*)?>");

  private static final Pattern NUMBERED = Pattern.compile("#[0-9]{1,2}$");

  private final SlackSignature signature;

  public SlackRequestReader(SlackSignature signature) {
    this.signature = signature;
  }

  @Override
  public boolean signedBySlack(SignedRequest request, Instant at) {
    return signature.verifies(request, at);
  }

  @Override
  public Incoming read(SignedRequest request) {
    String body = new String(request.body(), StandardCharsets.UTF_8);
    try {
      if (request.contentType().startsWith("application/json")) {
        return event(JSON.readTree(body));
      }
      Map<String, String> form = form(body);
      String payload = form.get("payload");
      return payload == null ? command(request, form) : pressed(JSON.readTree(payload));
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
      return new Incoming.Other("malformed");
    }
  }

  private static Incoming command(SignedRequest request, Map<String, String> form) {
    if (!form.containsKey("command")) {
      return new Incoming.Other(form.containsKey("ssl_check") ? "ssl_check" : "form");
    }
    return new Incoming.Typed(
        request.signature(),
        need(form, "team_id"),
        need(form, "channel_id"),
        need(form, "user_id"),
        unescaped(form.getOrDefault("text", "")),
        form.getOrDefault("response_url", ""));
  }

  private static Incoming event(JsonNode envelope) {
    JsonNode event = envelope.path("event");
    String type = event.path("type").asText("event");
    if (!type.equals("app_mention") || event.hasNonNull("bot_id")) {
      return new Incoming.Other(type);
    }
    String text = ADDRESS.matcher(event.path("text").asText()).replaceFirst("");
    return new Incoming.Mentioned(
        need(envelope, "event_id"),
        need(envelope, "team_id"),
        need(event, "channel"),
        need(event, "user"),
        unescaped(text.strip()));
  }

  private static Incoming pressed(JsonNode payload) {
    String type = payload.path("type").asText("payload");
    JsonNode action = payload.path("actions").path(0);
    if (!type.equals("block_actions") || action.isMissingNode()) {
      return new Incoming.Other(type);
    }
    JsonNode user = payload.path("user");
    JsonNode container = payload.path("container");
    String channel = payload.path("channel").path("id").asText();
    return new Incoming.Pressed(
        need(payload.path("team"), "id"),
        user.path("team_id").asText(),
        channel.isEmpty() ? need(container, "channel_id") : channel,
        need(user, "id"),
        NUMBERED.matcher(need(action, "action_id")).replaceFirst(""),
        action.path("value").asText(action.at("/selected_option/value").asText()),
        container.path("message_ts").asText(),
        instant(need(action, "action_ts")),
        payload.path("response_url").asText());
  }

  /** Slack writes a moment as {@code seconds.microseconds}. */
  private static Instant instant(String ts) {
    int dot = ts.indexOf('.');
    String seconds = dot < 0 ? ts : ts.substring(0, dot);
    String micros = dot < 0 ? "0" : (ts.substring(dot + 1) + "000000").substring(0, 6);
    return Instant.ofEpochSecond(Long.parseLong(seconds), Long.parseLong(micros) * 1_000);
  }

  private static Map<String, String> form(String body) {
    var form = new HashMap<String, String>();
    for (String field : body.split("&", -1)) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        form.putIfAbsent(decoded(field.substring(0, equals)), decoded(field.substring(equals + 1)));
      }
    }
    return form;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  private static String need(Map<String, String> form, String field) {
    return present(field, form.getOrDefault(field, ""));
  }

  private static String need(JsonNode node, String field) {
    return present(field, node.path(field).asText());
  }

  private static String present(String field, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("the request has no " + field);
    }
    return value;
  }
}
