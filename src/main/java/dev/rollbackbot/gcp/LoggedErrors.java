package dev.rollbackbot.gcp;

import com.google.logging.v2.LogEntry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.rollbackbot.domain.report.LogDigest;
import dev.rollbackbot.domain.report.LogDigest.Signature;
import dev.rollbackbot.domain.report.Redaction;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Error entries by signature, the most frequent first. */
final class LoggedErrors {
  private static final int DEEPEST = 6;
  private static final Value NOTHING = Value.getDefaultInstance();
  private static final List<String> MESSAGES = List.of("message", "msg", "event");

  private LoggedErrors() {}

  /**
   * Counts entries by signature.
   *
   * @param entries the newest first
   * @param share of the window that was read, 0 to 1
   * @param messages whether to tell what each error said, redacted
   */
  static LogDigest digest(List<LogEntry> entries, double share, boolean messages) {
    var kinds = new HashMap<String, Signature>();
    for (LogEntry entry : SplitTraces.joined(entries)) {
      LogEntry unwrapped = unwrapped(entry);
      Optional<Trace> trace = trace(unwrapped);
      String name = trace.map(Trace::name).orElseGet(() -> Untraced.name(unwrapped));
      Optional<String> message =
          messages ? message(trace, unwrapped).map(Redaction::of) : Optional.empty();
      kinds.merge(
          name,
          new Signature(name, 1, message),
          (all, one) -> new Signature(name, all.count() + 1, all.message().or(one::message)));
    }
    return new LogDigest(
        kinds.values().stream()
            .sorted(
                Comparator.comparingInt(Signature::count).reversed().thenComparing(Signature::name))
            .toList(),
        share);
  }

  /** What the exception said, or else the first line that somebody logged. */
  private static Optional<String> message(Optional<Trace> trace, LogEntry entry) {
    if (trace.isPresent()) {
      return trace.map(Trace::message).filter(said -> !said.isBlank());
    }
    Stream<String> fields =
        MESSAGES.stream()
            .map(name -> entry.getJsonPayload().getFieldsOrDefault(name, NOTHING))
            .map(Value::getStringValue);
    return Stream.concat(Stream.of(entry.getTextPayload()), fields)
        .flatMap(text -> text.lines().limit(1))
        .filter(line -> !line.isBlank())
        .findFirst();
  }

  private static Optional<Trace> trace(LogEntry entry) {
    return texts(entry).flatMap(text -> Signatures.of(text).stream()).findFirst();
  }

  /** JSON that was logged as text: with a level that the platform does not know, or cut in two. */
  private static LogEntry unwrapped(LogEntry entry) {
    String text = entry.getTextPayload().strip();
    if (!text.startsWith("{") || !text.endsWith("}")) {
      return entry;
    }
    try {
      Struct.Builder payload = Struct.newBuilder();
      JsonFormat.parser().merge(text, payload);
      return entry.toBuilder().setJsonPayload(payload).build();
    } catch (InvalidProtocolBufferException e) {
      return entry;
    }
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
    return Stream.concat(
        StructuredTrace.text(struct).stream(),
        // In an order of ours: fields have none, and one error must not get two names.
        new TreeMap<>(struct.getFieldsMap())
            .values().stream().flatMap(value -> texts(value, depth)));
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
}
