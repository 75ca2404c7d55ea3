package dev.rollbackbot.gcp;

import com.google.logging.type.LogSeverity;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Reads {@code src/test/resources/logs}; the form is told at the head of each file. */
final class LogCorpus {
  private static final Path FOLDER = Path.of("src/test/resources/logs");
  private static final Instant AT = Instant.parse("2026-11-24T02:51:07.123Z");

  private LogCorpus() {}

  /** An error as it was logged, and its signature. */
  record Sample(String name, String signature, List<LogEntry> entries) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Two errors that are one but for this noise, or are not. */
  record Pair(String noise, boolean agree, String one, String other) {
    @Override
    public String toString() {
      return (agree ? "agree: " : "differ: ") + noise;
    }
  }

  static List<Sample> samples() {
    return blocks("corpus.txt").map(LogCorpus::sample).toList();
  }

  static List<Pair> pairs() {
    return blocks("pairs.txt").map(LogCorpus::pair).toList();
  }

  private static Stream<String> blocks(String file) {
    try {
      // The head, which tells the form, is no block.
      return Arrays.stream(Files.readString(FOLDER.resolve(file)).split("(?m)^=== ", -1))
          .filter(block -> !block.startsWith("NAME | ") && block.contains(" | "))
          .filter(block -> !block.startsWith("Errors as services") && !block.startsWith("Pairs"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pair pair(String block) {
    String[] head = block.lines().findFirst().orElseThrow().split(" \\| ", -1);
    String[] both = block.substring(block.indexOf('\n') + 1).split("(?m)^---\n", -1);
    return new Pair(head[1], head[0].equals("agree"), both[0].stripTrailing(), both[1]);
  }

  private static Sample sample(String block) {
    String[] lines = block.split("\n", 3);
    String[] head = lines[0].split(" \\| ", -1);
    String[] how = lines[1].split(" ", -1);
    String text = lines[2].stripTrailing();
    LogEntry.Builder entry =
        LogEntry.newBuilder()
            .setSeverity(LogSeverity.valueOf(how[1]))
            .setTimestamp(Protos.timestamp(AT));
    List<LogEntry> entries =
        switch (how[0]) {
          case "text" -> List.of(entry.setTextPayload(text).build());
          case "json" -> List.of(merged(Struct.newBuilder(), text, entry));
          case "entry" -> List.of(merged(text, entry));
          case "lines" -> lines(text, entry);
          default -> throw new IllegalArgumentException(how[0]);
        };
    return new Sample(head[0], head[1], entries);
  }

  private static LogEntry merged(Struct.Builder payload, String json, LogEntry.Builder entry) {
    try {
      JsonFormat.parser().merge(json, payload);
      return entry.setJsonPayload(payload).build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  private static LogEntry merged(String json, LogEntry.Builder entry) {
    try {
      JsonFormat.parser().merge(json, entry);
      return entry.build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  private static List<LogEntry> lines(String text, LogEntry.Builder entry) {
    var entries = new ArrayList<LogEntry>();
    for (String line : text.lines().toList()) {
      Instant at = AT.plusMillis(entries.size());
      entries.add(entry.clone().setTextPayload(line).setTimestamp(Protos.timestamp(at)).build());
    }
    return entries.reversed();
  }
}
