package dev.rollbackbot.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One JSON node under inspection: where it is, and the list that takes its problems. */
record Shape(JsonNode node, String path, List<String> problems) {

  /** Slack's words: {@code [ERROR] what is wrong [json-pointer:/blocks/0/text]}. */
  void problem(String what) {
    problems.add(what + " [json-pointer:" + path + "]");
  }

  Shape at(String field) {
    return new Shape(
        node.has(field) ? node.get(field) : MissingNode.getInstance(),
        path + "/" + field,
        problems);
  }

  Optional<Shape> maybe(String field) {
    return node.has(field) ? Optional.of(at(field)) : Optional.empty();
  }

  String type() {
    return node.path("type").asText("");
  }

  /** False, with a problem noted, unless this is an object with just these fields. */
  boolean hasOnly(Set<String> required, Set<String> optional) {
    if (!node.isObject()) {
      problem("must be an object");
      return false;
    }
    var fine = true;
    for (var field : required.stream().sorted().toList()) {
      if (!node.has(field)) {
        problem("missing required field: " + field);
        fine = false;
      }
    }
    for (var field : node.properties()) {
      if (!required.contains(field.getKey()) && !optional.contains(field.getKey())) {
        problem("invalid additional property: " + field.getKey());
        fine = false;
      }
    }
    return fine;
  }

  void string(String field, int least, int most) {
    maybe(field).ifPresent(s -> s.length(least, most));
  }

  void length(int least, int most) {
    if (!node.isTextual()) {
      problem("must be a string");
      return;
    }
    var text = node.asText();
    var length = text.codePointCount(0, text.length());
    if (length < least) {
      problem("must be more than " + (least - 1) + " characters");
    } else if (length > most) {
      problem("must be less than " + (most + 1) + " characters");
    }
  }

  void number(String field, int least, int most) {
    maybe(field)
        .filter(s -> !s.node.isInt() || s.node.asInt() < least || s.node.asInt() > most)
        .ifPresent(s -> s.problem("must be a number from " + least + " to " + most));
  }

  void flag(String field) {
    maybe(field).filter(s -> !s.node.isBoolean()).ifPresent(s -> s.problem("must be a boolean"));
  }

  void oneOf(String field, Set<String> values) {
    maybe(field)
        .filter(s -> !s.node.isTextual() || !values.contains(s.node.asText()))
        .ifPresent(
            s ->
                s.problem(
                    "must be one of " + String.join(", ", values.stream().sorted().toList())));
  }

  /** The items of an array field; a problem and nothing if it is no array of that size. */
  List<Shape> items(String field, int least, int most) {
    return maybe(field).map(s -> s.items(least, most)).orElse(List.of());
  }

  List<Shape> items(int least, int most) {
    if (!node.isArray()) {
      problem("must be an array");
      return List.of();
    }
    if (node.size() < least) {
      problem("must contain at least " + least + " items");
    }
    if (node.size() > most) {
      problem("no more than " + most + " items allowed");
    }
    var items = new ArrayList<Shape>();
    for (int i = 0; i < node.size(); i++) {
      items.add(new Shape(node.get(i), path + "/" + i, problems));
    }
    return items;
  }
}
