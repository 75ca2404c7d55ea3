package dev.rollbackbot;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.rollbackbot.ConfigException.Mistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * YAML with the line of every value, which Jackson's own tree forgets.
 *
 * <p>Only what a configuration needs: one document of mappings, lists and scalars. Aliases and keys
 * that come twice are refused.
 */
sealed interface YamlNode {
  int line();

  /** Keys in their order. */
  record Mapping(int line, Map<String, YamlNode> entries) implements YamlNode {}

  /** A list. */
  record Items(int line, List<YamlNode> items) implements YamlNode {}

  /** Any text, number or word as it was written. */
  record Scalar(int line, String text) implements YamlNode {}

  /** A key with nothing behind it. */
  record Nothing(int line) implements YamlNode {}

  /**
   * Reads one document; mistakes of YAML itself are added to the list, with their line.
   *
   * @return an empty mapping when nothing could be read
   */
  static YamlNode parse(String yaml, List<Mistake> mistakes) {
    try (YAMLParser parser = new YAMLFactory().createParser(yaml)) {
      if (parser.nextToken() == null) {
        return new Mapping(1, Map.of());
      }
      YamlNode root = node(parser, "", mistakes);
      if (parser.nextToken() != null) {
        mistakes.add(new Mistake("---", line(parser), "only one document is read", ""));
      }
      return root;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      String first = e.getOriginalMessage().lines().findFirst().orElse("");
      mistakes.add(new Mistake("YAML", line, "cannot be read: " + first, "key: value"));
      return new Mapping(1, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static YamlNode node(YAMLParser parser, String key, List<Mistake> mistakes)
      throws IOException {
    int line = line(parser);
    if (parser.isCurrentAlias()) {
      mistakes.add(new Mistake(key, line, "aliases are not read; write the value out", ""));
      return new Nothing(line);
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return mapping(parser, key, line, mistakes);
    }
    if (token == JsonToken.START_ARRAY) {
      var items = new ArrayList<YamlNode>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(node(parser, key + "[" + items.size() + "]", mistakes));
      }
      return new Items(line, items);
    }
    return token == JsonToken.VALUE_NULL ? new Nothing(line) : new Scalar(line, parser.getText());
  }

  private static YamlNode mapping(YAMLParser parser, String key, int line, List<Mistake> mistakes)
      throws IOException {
    var entries = new LinkedHashMap<String, YamlNode>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      int nameLine = line(parser);
      String path = key.isEmpty() ? name : key + "." + name;
      parser.nextToken();
      if (entries.put(name, node(parser, path, mistakes)) != null) {
        mistakes.add(new Mistake(path, nameLine, "stands here a second time", ""));
      }
    }
    return new Mapping(line, entries);
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }
}
