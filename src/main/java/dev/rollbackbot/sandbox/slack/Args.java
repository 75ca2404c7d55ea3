package dev.rollbackbot.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments of one Web API call, whether they came as a form or as JSON. */
record Args(Map<String, String> values) {

  static Args ofForm(String body) {
    var values = new HashMap<String, String>();
    for (var pair : body.split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return new Args(values);
  }

  static Args ofJson(String body) {
    var values = new HashMap<String, String>();
    var json = Json.parse(body).orElseThrow(() -> new Refused("invalid_json"));
    for (var field : json.properties()) {
      var value = field.getValue();
      if (!value.isNull()) {
        values.put(field.getKey(), value.isValueNode() ? value.asText() : value.toString());
      }
    }
    return new Args(values);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name)).filter(v -> !v.isEmpty());
  }

  String need(String name, String errorWithout) {
    return get(name).orElseThrow(() -> new Refused(errorWithout));
  }

  boolean flag(String name) {
    return get(name).filter(v -> v.equals("true") || v.equals("1")).isPresent();
  }

  /** An argument that holds JSON; {@code format} is the error of text that is none. */
  Optional<JsonNode> json(String name, String format) {
    return get(name).map(v -> Json.parse(v).orElseThrow(() -> new Refused(format)));
  }

  /** The checked blocks of a message; empty where none were given. */
  Optional<List<JsonNode>> blocks() {
    return json("blocks", "invalid_blocks_format").map(Content::checked);
  }

  Optional<JsonNode> metadata() {
    var metadata = json("metadata", "invalid_metadata_format");
    metadata
        .filter(m -> !m.path("event_type").isTextual() || !m.path("event_payload").isObject())
        .ifPresent(
            m -> {
              throw new Refused("invalid_metadata_schema");
            });
    return metadata;
  }
}
