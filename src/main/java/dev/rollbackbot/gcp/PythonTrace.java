package dev.rollbackbot.gcp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Python's tracebacks: outermost frame first, the exception last and unindented.
 *
 * <p>Of chained exceptions the last one tells: those before it are what it came from. Of a group of
 * exceptions its first member tells: the others are mostly tasks that were cancelled for it.
 */
final class PythonTrace {
  static final String START = "Traceback (most recent call last):";

  private static final String GROUP_START = "Exception Group " + START;
  private static final Pattern GROUP = Pattern.compile("(?m)^[ +]*" + Pattern.quote(GROUP_START));
  private static final Pattern FIRST_MEMBER = Pattern.compile("(?m)^[ +|-]*-{8,} 1 -{8,}$");
  private static final Pattern SECOND_MEMBER = Pattern.compile("(?m)^[ +|-]*-{8,} 2 -{8,}$");
  private static final Pattern MARGIN = Pattern.compile("(?m)^ *[|+] ?");
  private static final Pattern FRAME =
      Pattern.compile("\\s+File \"([^\"]+)\", line \\d+(?:, in (\\S+))?");
  private static final Pattern TYPE = Pattern.compile("([A-Za-z_][\\w.<>]*)(?:: ?(.*)|\\s*)");
  private static final Pattern LIBRARY =
      Pattern.compile("/site-packages/|/dist-packages/|/lib/python\\d|/bin/[^/]+$|^<");

  private PythonTrace() {}

  static Optional<Trace> read(String text) {
    int last = lastOutsideGroups(text);
    int lastGroup = -1;
    Matcher group = GROUP.matcher(text);
    while (group.find()) {
      lastGroup = group.start();
    }
    if (lastGroup > last) {
      return group(text.substring(lastGroup));
    }
    return last < 0 ? Optional.empty() : traceback(text.substring(last + START.length()));
  }

  /** Groups draw a margin of bars before their members. */
  private static int lastOutsideGroups(String text) {
    int last = -1;
    for (int at = text.indexOf(START); at >= 0; at = text.indexOf(START, at + 1)) {
      String before = text.substring(text.lastIndexOf('\n', at) + 1, at);
      if (!before.contains("|") && !before.endsWith("Exception Group ")) {
        last = at;
      }
    }
    return last;
  }

  private static Optional<Trace> group(String text) {
    Matcher first = FIRST_MEMBER.matcher(text);
    if (!first.find()) {
      return traceback(unmargined(text));
    }
    Matcher second = SECOND_MEMBER.matcher(text);
    int end = second.find(first.end()) ? second.start() : text.length();
    // A member that was made and never raised has no frames: then the group's own tell.
    return read(unmargined(text.substring(first.end(), end)))
        .or(() -> traceback(unmargined(text.substring(0, first.start()))));
  }

  private static String unmargined(String text) {
    return MARGIN.matcher(text).replaceAll("");
  }

  private static Optional<Trace> traceback(String trace) {
    String innermost = "";
    String innermostOfOurs = "";
    for (String line : trace.lines().toList()) {
      Matcher frame = FRAME.matcher(line);
      Matcher type = TYPE.matcher(line);
      if (frame.lookingAt()) {
        innermost = CodePlace.ofPython(frame.group(1), Optional.ofNullable(frame.group(2)));
        innermostOfOurs = LIBRARY.matcher(frame.group(1)).find() ? innermostOfOurs : innermost;
      } else if (!innermost.isEmpty() && type.matches()) {
        String where = innermostOfOurs.isEmpty() ? innermost : innermostOfOurs;
        String said = Optional.ofNullable(type.group(2)).orElse("");
        return Optional.of(new Trace(CodePlace.typeName(type.group(1)) + " " + where, said));
      }
    }
    return Optional.empty();
  }
}
