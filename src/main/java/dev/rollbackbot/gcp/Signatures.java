package dev.rollbackbot.gcp;

import java.util.Optional;

/**
 * Gives an error a name that holds nobody's data: the exception's type and the innermost frame of
 * the service's own code, as {@code KeyError app/plans.py read_plan} or {@code
 * IllegalStateException PlanReader.read}.
 *
 * <p>Reads traces of Python and of Java, on lines of their own or with their line ends escaped, as
 * where a program prints JSON into a text. Without a trace there is no name: an error's message may
 * say anything about anybody.
 */
final class Signatures {
  private static final int LONGEST = 160;

  private Signatures() {}

  /** The trace in a text, its name at most 160 characters. */
  static Optional<Trace> of(String text) {
    return trace(text)
        .or(() -> text.contains("\\n") ? trace(unescaped(text)) : Optional.empty())
        .map(trace -> new Trace(cut(trace.name()), trace.message()));
  }

  private static Optional<Trace> trace(String text) {
    return PythonTrace.read(text).or(() -> JavaTrace.read(text));
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n").replace("\\t", "\t").replace("\\\"", "\"");
  }

  private static String cut(String name) {
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
  }
}
