package dev.rollbackbot.gcp;

import java.util.Optional;

/**
 * Gives an error a name that holds nobody's data: the exception's type and the innermost frame of
 * the service's own code, as {@code KeyError app/plans.py:41 read_plan}.
 *
 * <p>Reads traces of Python and of Java. Without a trace there is no name: an error's message may
 * say anything about anybody.
 */
final class Signatures {
  private static final int LONGEST = 160;

  private Signatures() {}

  /** The name of the error in a text, if a trace is in it; at most 160 characters. */
  static Optional<String> of(String text) {
    return PythonTrace.signature(text)
        .or(() -> JavaTrace.signature(text))
        .map(name -> name.length() <= LONGEST ? name : name.substring(0, LONGEST));
  }

  /** A type without its package or module. */
  static String simpleName(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }
}
