package dev.rollbackbot.gcp;

import com.google.logging.type.LogSeverity;
import com.google.logging.v2.LogEntry;
import com.google.logging.v2.LogEntrySourceLocation;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names an error without a trace by its severity and where it was logged: the place in the code, or
 * else the logger.
 *
 * <p>Only what machines write is taken, in the forms known here; a message may say anything about
 * anybody, so nothing of it is used, however much alike two of them are.
 */
final class Untraced {
  private static final Pattern FILE = Pattern.compile("[\\w./-]{1,200}\\.[a-z]{1,6}");
  private static final Pattern FUNCTION = Pattern.compile("[A-Za-z_<][\\w.$<>]{0,119}");
  private static final Pattern LOGGER = Pattern.compile("[A-Za-z_][\\w.$-]{0,79}");
  private static final Pattern MODULE = Pattern.compile("[a-z_]\\w*(?:\\.[a-z_]\\w*)+");
  private static final List<String> LOGGERS = List.of("logger", "logger_name", "loggerName");

  /** How Python, Spring and Logback write a line where nobody told them otherwise. */
  private static final List<Pattern> LINES =
      List.of(
          Pattern.compile("(?:ERROR|CRITICAL):([A-Za-z_][\\w.]*):.*"),
          Pattern.compile(
              "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} - ([A-Za-z_][\\w.]*)"
                  + " - (?:ERROR|CRITICAL) - .*"),
          Pattern.compile(
              "\\d{4}-\\d\\d-\\d\\d[T ]\\S+ +ERROR \\d+ --- (?:\\[[^\\]]*] )+([\\w.$]+) +: .*"),
          Pattern.compile("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} \\[[^\\]]*] ERROR ([\\w.$]+) - .*"));

  private Untraced() {}

  static String name(LogEntry entry) {
    String severity =
        entry.getSeverity() == LogSeverity.DEFAULT ? "ERROR" : entry.getSeverity().name();
    return place(entry).or(() -> logger(entry)).map(at -> severity + " " + at).orElse(severity);
  }

  private static Optional<String> place(LogEntry entry) {
    LogEntrySourceLocation location = entry.getSourceLocation();
    Struct payload = entry.getJsonPayload();
    Struct reported = struct(struct(payload, "context"), "reportLocation");
    return Stream.of(
            place(location.getFile(), location.getFunction()),
            place(text(reported, "filePath"), text(reported, "functionName")),
            place(text(payload, "pathname"), text(payload, "funcName")),
            place(text(payload, "pathname"), text(payload, "func_name")),
            place(text(payload, "filename"), text(payload, "func_name")))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> place(String file, String function) {
    if (!FUNCTION.matcher(function).matches() || !FILE.matcher(file).matches()) {
      return Optional.empty();
    }
    int method = function.lastIndexOf('.');
    return Optional.of(
        method > 0 && !file.endsWith(".py")
            ? CodePlace.ofJava(function.substring(0, method), function.substring(method + 1))
            : CodePlace.ofPython(file, Optional.of(function)));
  }

  private static Optional<String> logger(LogEntry entry) {
    Struct payload = entry.getJsonPayload();
    Stream<String> fields =
        LOGGERS.stream()
            .map(field -> text(payload, field))
            .filter(name -> LOGGER.matcher(name).matches());
    // "name" is a logger's where a logger of Python wrote the fields around it, else anybody's.
    Stream<String> python =
        Stream.of(text(payload, "name"))
            .filter(name -> payload.containsFields("levelname") && MODULE.matcher(name).matches());
    Stream<String> line =
        LINES.stream()
            .map(form -> form.matcher(entry.getTextPayload().lines().findFirst().orElse("")))
            .filter(Matcher::matches)
            .map(matcher -> matcher.group(1));
    return Stream.of(fields, python, line).flatMap(names -> names).findFirst();
  }

  private static Struct struct(Struct fields, String name) {
    return fields.getFieldsOrDefault(name, Value.getDefaultInstance()).getStructValue();
  }

  private static String text(Struct fields, String name) {
    return fields.getFieldsOrDefault(name, Value.getDefaultInstance()).getStringValue();
  }
}
