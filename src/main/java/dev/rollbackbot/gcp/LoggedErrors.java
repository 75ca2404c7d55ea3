package dev.rollbackbot.gcp;

import com.google.logging.v2.LogEntry;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.rollbackbot.domain.report.LogDigest;
import dev.rollbackbot.domain.report.LogDigest.Signature;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Error entries by signature, the most frequent first. */
final class LoggedErrors {
  private static final int MOST_SIGNATURES = 20;
  private static final int DEEPEST = 4;
  private static final List<String> LOGGER_FIELDS =
      List.of("logger", "logger_name", "loggerName", "name");
  private static final Pattern LOGGER = Pattern.compile("[A-Za-z_][\\w.$-]{0,79}");

  private LoggedErrors() {}

  static LogDigest digest(List<LogEntry> entries, boolean complete) {
    var counts = new HashMap<String, Integer>();
    entries.forEach(entry -> counts.merge(signature(entry), 1, Integer::sum));
    return new LogDigest(
        counts.entrySet().stream()
            .map(count -> new Signature(count.getKey(), count.getValue()))
            .sorted(
                Comparator.comparingInt(Signature::count).reversed().thenComparing(Signature::name))
            .limit(MOST_SIGNATURES)
            .toList(),
        complete);
  }

  static String signature(LogEntry entry) {
    return texts(entry)
        .flatMap(text -> Signatures.of(text).stream())
        .findFirst()
        .orElseGet(() -> entry.getSeverity().name() + logger(entry).map(l -> " " + l).orElse(""));
  }

  private static Stream<String> texts(LogEntry entry) {
    return switch (entry.getPayloadCase()) {
      case TEXT_PAYLOAD -> Stream.of(entry.getTextPayload());
      case JSON_PAYLOAD -> texts(entry.getJsonPayload(), DEEPEST);
      case PROTO_PAYLOAD, PAYLOAD_NOT_SET -> Stream.empty();
    };
  }

  /** Loggers differ in the field that holds the trace, so all are looked at. */
  private static Stream<String> texts(Struct struct, int depth) {
    return struct.getFieldsMap().values().stream().flatMap(value -> texts(value, depth));
  }

  private static Stream<String> texts(Value value, int depth) {
    if (depth == 0) {
      return Stream.empty();
    }
    return switch (value.getKindCase()) {
      case STRING_VALUE -> Stream.of(value.getStringValue());
      case STRUCT_VALUE -> texts(value.getStructValue(), depth - 1);
      case LIST_VALUE -> texts(value.getListValue(), depth - 1);
      case NULL_VALUE, NUMBER_VALUE, BOOL_VALUE, KIND_NOT_SET -> Stream.empty();
    };
  }

  /** Some print a trace as one line an element. */
  private static Stream<String> texts(ListValue list, int depth) {
    String joined =
        String.join("\n", list.getValuesList().stream().map(Value::getStringValue).toList());
    return Stream.concat(
        Stream.of(joined), list.getValuesList().stream().flatMap(value -> texts(value, depth)));
  }

  private static Optional<String> logger(LogEntry entry) {
    return LOGGER_FIELDS.stream()
        .map(field -> entry.getJsonPayload().getFieldsOrDefault(field, Value.getDefaultInstance()))
        .map(Value::getStringValue)
        .filter(name -> LOGGER.matcher(name).matches())
        .findFirst();
  }
}
