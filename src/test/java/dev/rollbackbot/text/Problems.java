package dev.rollbackbot.text;

import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Problems of every code, with the details that the code's own Javadoc promises. */
final class Problems {
  private static final Path SOURCE =
      Path.of("src/main/java/dev/rollbackbot/domain/model/Problem.java");
  private static final Pattern CONSTANT =
      Pattern.compile("(?:/\\*\\*([^*]*)\\*/)?\\s*([A-Z_]{5,})[,\\s}]");

  private Problems() {}

  static Problem of(Code code) throws IOException {
    var details = new LinkedHashMap<String, String>();
    for (String name : documented().getOrDefault(code, List.of())) {
      details.put(name, example(name));
    }
    return code.name().startsWith("CLOUD_RUN") || code == Code.INTERNAL
        ? Problem.failure(code, details)
        : Problem.refusal(code, details);
  }

  /** The names before the first full stop or colon of each constant's Javadoc. */
  static Map<Code, List<String>> documented() throws IOException {
    String source = Files.readString(SOURCE);
    String constants = source.substring(source.indexOf("enum Code {") + "enum Code {".length());
    var documented = new EnumMap<Code, List<String>>(Code.class);
    var matcher = CONSTANT.matcher(constants);
    while (matcher.find()) {
      String javadoc = matcher.group(1);
      if (javadoc != null) {
        documented.put(
            Code.valueOf(matcher.group(2)),
            Arrays.stream(javadoc.split("[.:]", 2)[0].split(",", -1)).map(String::strip).toList());
      }
    }
    return documented;
  }

  private static String example(String name) {
    return switch (name) {
      case "at" -> "2026-11-23T18:02:05Z";
      case "state" -> "VERIFYING";
      case "kind" -> "GUEST";
      case "approver", "requester" -> "U0BEN";
      case "approvers" -> "U0BEN, U0AIKO";
      default -> "<" + name.toUpperCase(Locale.ROOT) + ">";
    };
  }
}
