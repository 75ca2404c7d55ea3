package dev.rollbackbot.gcp;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A trace that a logger took apart into fields, written down again as its language prints it.
 *
 * <p>Knows structlog's {@code dict_tracebacks} (a list of stacks, the outcome first, frames
 * outermost first), the JSON of JBoss LogManager as Quarkus prints it (frames innermost first,
 * {@code causedBy}), and loggers of ECS, which keep the type apart from a trace without header.
 */
final class StructuredTrace {
  private static final int DEEPEST = 8;
  private static final Pattern TYPE = Pattern.compile("(?:[A-Za-z_][\\w<>]*\\.)*[A-Za-z_][\\w$]*");
  private static final List<String> TYPES = List.of("exc_type", "exceptionType", "type");
  private static final List<String> MESSAGES = List.of("exc_value", "message");
  private static final List<String> STACKS = List.of("stack_trace", "stacktrace", "traceback");

  private StructuredTrace() {}

  /** The trace as text, where the fields of one exception are these. */
  static Optional<String> text(Struct fields) {
    return first(fields, TYPES)
        .filter(type -> TYPE.matcher(type).matches())
        .flatMap(type -> framed(type, fields).or(() -> headless(type, fields)));
  }

  private static Optional<String> framed(String type, Struct fields) {
    ListValue frames = field(fields, "frames").getListValue();
    if (frames.getValuesCount() == 0) {
      return Optional.empty();
    }
    Struct one = frames.getValues(0).getStructValue();
    return Optional.of(
        one.containsFields("filename") ? python(type, fields, frames) : java(fields, 0));
  }

  private static String python(String type, Struct fields, ListValue frames) {
    var text = new StringBuilder(PythonTrace.START).append('\n');
    for (Value frame : frames.getValuesList()) {
      text.append("  File \"")
          .append(textOf(frame.getStructValue(), "filename"))
          .append("\", line 0, in ")
          .append(textOf(frame.getStructValue(), "name"))
          .append('\n');
    }
    return text.append(type).append(": ").append(first(fields, MESSAGES).orElse("")).toString();
  }

  private static String java(Struct fields, int depth) {
    var text = new StringBuilder(first(fields, TYPES).orElse(""));
    text.append(": ").append(first(fields, MESSAGES).orElse("")).append('\n');
    for (Value frame : field(fields, "frames").getListValue().getValuesList()) {
      text.append("\tat ")
          .append(textOf(frame.getStructValue(), "class"))
          .append('.')
          .append(textOf(frame.getStructValue(), "method"))
          .append("(Unknown Source)\n");
    }
    Struct cause = field(field(fields, "causedBy").getStructValue(), "exception").getStructValue();
    return cause.getFieldsCount() == 0 || depth == DEEPEST
        ? text.toString()
        : text.append("Caused by: ").append(java(cause, depth + 1)).toString();
  }

  private static Optional<String> headless(String type, Struct fields) {
    return first(fields, STACKS)
        .filter(stack -> !stack.contains(PythonTrace.START))
        .map(
            stack -> {
              String end = type + ": " + first(fields, MESSAGES).orElse("");
              return stack.stripLeading().startsWith("File ")
                  ? PythonTrace.START + "\n" + stack.stripTrailing() + "\n" + end
                  : end + "\n" + stack;
            });
  }

  private static Optional<String> first(Struct fields, List<String> names) {
    return names.stream()
        .map(name -> textOf(fields, name))
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  private static String textOf(Struct fields, String name) {
    return field(fields, name).getStringValue();
  }

  private static Value field(Struct fields, String name) {
    return fields.getFieldsOrDefault(name, Value.getDefaultInstance());
  }
}
