package dev.rollbackbot.gcp;

import com.google.logging.v2.LogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Puts traces together that were logged one line an entry, as a container's stderr may be.
 *
 * <p>Lines belong together where one instance wrote them to one log within a second of each other.
 * Frames without a beginning, which a page cut off, are left out: they are no error of their own.
 */
final class SplitTraces {
  private static final Duration APART = Duration.ofSeconds(1);

  /** What a logger says right before a trace, and what a message says on further lines after it. */
  private static final Duration AT_ONCE = Duration.ofMillis(20);

  private static final Pattern RECORD =
      Pattern.compile(
          "[\\[(]?\\d{4}[-/]\\d\\d.*|\\d\\d:\\d\\d:.*"
              + "|[\\[(]?(?:DEBUG|INFO|WARN(?:ING)?|ERROR|CRITICAL|FATAL|SEVERE)\\b.*");
  private static final Pattern OUTCOME =
      Pattern.compile("(?:[A-Za-z_]\\w*\\.)*[A-Z]\\w*(?::.*|\\s*)");
  private static final Pattern CHAIN =
      Pattern.compile("During handling of the above .*|The above exception was .*");
  private static final Pattern WITHIN =
      Pattern.compile("(?:[\\s|+]|Caused by: |Wrapped by: |\\.\\.\\. \\d|at [\\w.$/@-]+\\().*|");
  private static final Pattern FRAME =
      Pattern.compile("\\s+File \"[^\"]*\", line \\d.*|\\s*(?:at [\\w.$/@-]+\\(|\\.\\.\\. \\d).*");

  private final List<LogEntry> whole = new ArrayList<>();

  /** The entries that belong together so far. */
  private final List<LogEntry> open = new ArrayList<>();

  /** Whether Python's exception itself has been read, which stands last. */
  private boolean ended;

  private SplitTraces() {}

  /** The entries in any order, each split trace as one text at its first line's place and time. */
  static List<LogEntry> joined(List<LogEntry> entries) {
    Map<String, List<LogEntry>> streams = new LinkedHashMap<>();
    var joined = new ArrayList<LogEntry>();
    for (LogEntry entry : entries) {
      boolean text = entry.getPayloadCase() == LogEntry.PayloadCase.TEXT_PAYLOAD;
      if (text && !line(entry).contains("\n")) {
        streams.computeIfAbsent(stream(entry), _ -> new ArrayList<>()).add(entry);
      } else {
        joined.add(entry);
      }
    }
    for (List<LogEntry> stream : streams.values()) {
      stream.sort(
          Comparator.comparing((LogEntry entry) -> at(entry)).thenComparing(LogEntry::getInsertId));
      var traces = new SplitTraces();
      stream.forEach(traces::read);
      traces.close();
      joined.addAll(traces.whole);
    }
    return joined;
  }

  private static String stream(LogEntry entry) {
    return String.join(
        " ",
        entry.getLogName(),
        entry.getLabelsOrDefault("instanceId", ""),
        entry.getResource().getLabelsOrDefault("revision_name", ""));
  }

  private static Instant at(LogEntry entry) {
    return Protos.instant(entry.getTimestamp());
  }

  private static String line(LogEntry entry) {
    return entry.getTextPayload().stripTrailing();
  }

  private void read(LogEntry entry) {
    String line = line(entry);
    boolean more = !open.isEmpty() && (goesOn(line, entry) || isHeadedBy(line, entry));
    if (!more) {
      close();
    }
    if (more || begins(line) || !FRAME.matcher(line).matches()) {
      boolean another = line.contains(PythonTrace.START) || CHAIN.matcher(line).matches();
      ended = !another && (ended || (inPython() && OUTCOME.matcher(line).matches()));
      open.add(entry);
    }
  }

  private static boolean begins(String line) {
    return line.contains(PythonTrace.START) || JavaTrace.TYPE.matcher(line).matches();
  }

  private boolean inPython() {
    return open.stream().anyMatch(entry -> line(entry).contains(PythonTrace.START));
  }

  private boolean goesOn(String line, LogEntry entry) {
    boolean tracing = open.stream().anyMatch(each -> begins(line(each)));
    if (!tracing || !within(APART, entry)) {
      return false;
    }
    if (WITHIN.matcher(line).matches() || CHAIN.matcher(line).matches()) {
      return true;
    }
    if (!inPython()) {
      return false;
    }
    if (ended) {
      boolean moreOfTheMessage = !begins(line) && !RECORD.matcher(line).matches();
      return moreOfTheMessage && within(AT_ONCE, entry);
    }
    return line.contains(PythonTrace.START) || OUTCOME.matcher(line).matches();
  }

  private boolean isHeadedBy(String line, LogEntry entry) {
    return open.size() == 1
        && RECORD.matcher(line(open.getFirst())).matches()
        && begins(line)
        && within(AT_ONCE, entry);
  }

  private boolean within(Duration most, LogEntry entry) {
    return !at(entry).isAfter(at(open.getLast()).plus(most));
  }

  private void close() {
    if (!open.isEmpty()) {
      String text = String.join("\n", open.stream().map(SplitTraces::line).toList());
      whole.add(open.getFirst().toBuilder().setTextPayload(text).build());
    }
    open.clear();
    ended = false;
  }
}
