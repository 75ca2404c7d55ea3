package dev.rollbackbot.gcp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's tracebacks: outermost frame first, the exception last and unindented. */
final class PythonTrace {
  private static final String START = "Traceback (most recent call last):";
  // Exception groups draw a margin of bars and pluses.
  private static final Pattern MARGIN = Pattern.compile("(?m)^\\s*[|+] ?");
  private static final Pattern FRAME =
      Pattern.compile("\\s+File \"([^\"]+)\", line (\\d+), in (\\S+)");
  private static final Pattern TYPE = Pattern.compile("([A-Za-z_][A-Za-z0-9_.]*)(?::.*|\\s*)");
  private static final Pattern LIBRARY =
      Pattern.compile("/site-packages/|/dist-packages/|/lib/python\\d|^<");

  private PythonTrace() {}

  /** Of the last traceback: those before it are what it came from. */
  static Optional<String> signature(String text) {
    int start = text.lastIndexOf(START);
    if (start < 0) {
      return Optional.empty();
    }
    String trace = MARGIN.matcher(text.substring(start + START.length())).replaceAll("");
    String innermost = "";
    String innermostOfOurs = "";
    for (String line : trace.lines().toList()) {
      Matcher frame = FRAME.matcher(line);
      Matcher type = TYPE.matcher(line);
      if (frame.lookingAt()) {
        innermost = "%s:%s %s".formatted(place(frame.group(1)), frame.group(2), frame.group(3));
        innermostOfOurs = LIBRARY.matcher(frame.group(1)).find() ? innermostOfOurs : innermost;
      } else if (!innermost.isEmpty() && type.matches()) {
        return Optional.of(
            Signatures.simpleName(type.group(1))
                + " "
                + (innermostOfOurs.isEmpty() ? innermost : innermostOfOurs));
      }
    }
    return Optional.empty();
  }

  /** Directory and file; the rest is where the image keeps its code. */
  private static String place(String path) {
    int file = path.lastIndexOf('/');
    int directory = file <= 0 ? -1 : path.lastIndexOf('/', file - 1);
    return path.substring(directory + 1);
  }
}
