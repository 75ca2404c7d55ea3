package dev.rollbackbot.git;

import dev.rollbackbot.domain.plan.Migration.Downgrade;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One migration of Alembic, read without running it.
 *
 * <p>{@code revision} and {@code down_revision} are plain assignments at the top level, by
 * Alembic's own template; {@code down_revision} is {@code None}, a string, or a tuple of strings
 * after a merge of branches, with or without a type annotation.
 */
record AlembicFile(String name, String revision, Set<String> parents, Downgrade downgrade) {
  private static final Pattern REVISION = assignment("revision");
  private static final Pattern DOWN_REVISION = assignment("down_revision");
  private static final Pattern DOWNGRADE =
      Pattern.compile("(?:async\\s+)?def\\s+downgrade\\s*\\([^)]*\\)\\s*(?:->[^:]*)?:\\s*(.*)");
  private static final Pattern STRING = Pattern.compile("\"([^\"]*)\"");

  /** Statements that take nothing back. A text alone is a docstring. */
  private static final Pattern IDLE =
      Pattern.compile("(?:pass|\\.\\.\\.|return(?:\\s+None)?|raise\\b.*|(?:\"[^\"]*\"\\s*)+);?");

  AlembicFile {
    parents = Set.copyOf(parents);
  }

  /** Empty when the file is not one of Alembic's. */
  static Optional<AlembicFile> read(String name, String source) {
    List<PythonLines.Line> lines = PythonLines.of(source);
    Optional<String> revision =
        value(lines, REVISION)
            .map(AlembicFile::strings)
            .flatMap(texts -> texts.stream().findFirst());
    Optional<String> down = value(lines, DOWN_REVISION);
    if (revision.isEmpty() || down.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new AlembicFile(
            name, revision.get(), new TreeSet<>(strings(down.get())), downgrade(lines)));
  }

  /**
   * The files in the order in which an upgrade runs them: parents first, else by name.
   *
   * <p>Parents outside the list are taken to have run. A chain that bites its own tail is a mistake
   * of the repository; its files come last, by name.
   */
  static List<AlembicFile> inOrder(List<AlembicFile> files) {
    Map<String, AlembicFile> waiting = new LinkedHashMap<>();
    files.stream()
        .sorted(Comparator.comparing(AlembicFile::name, FileVersions.ORDER))
        .forEach(file -> waiting.putIfAbsent(file.revision(), file));
    var ordered = new ArrayList<AlembicFile>();
    while (!waiting.isEmpty()) {
      List<AlembicFile> ready =
          waiting.values().stream()
              .filter(file -> file.parents().stream().noneMatch(waiting::containsKey))
              .toList();
      List<AlembicFile> next = ready.isEmpty() ? List.copyOf(waiting.values()) : ready;
      ordered.addAll(next);
      next.forEach(file -> waiting.remove(file.revision()));
    }
    return ordered;
  }

  private static Pattern assignment(String name) {
    return Pattern.compile(name + "\\s*(?::[^=]+)?=\\s*([^=].*)");
  }

  private static Optional<String> value(List<PythonLines.Line> lines, Pattern assignment) {
    return lines.stream()
        .filter(line -> line.indent() == 0)
        .map(line -> assignment.matcher(line.text()))
        .filter(Matcher::matches)
        .map(match -> match.group(1))
        .findFirst();
  }

  private static List<String> strings(String value) {
    return STRING.matcher(value).results().map(found -> found.group(1)).toList();
  }

  private static Downgrade downgrade(List<PythonLines.Line> lines) {
    for (int i = 0; i < lines.size(); i++) {
      Matcher head = DOWNGRADE.matcher(lines.get(i).text());
      if (lines.get(i).indent() == 0 && head.matches()) {
        return judged(body(head.group(1), lines.subList(i + 1, lines.size())));
      }
    }
    // Alembic cannot go below such a file.
    return Downgrade.EMPTY;
  }

  private static List<String> body(String sameLine, List<PythonLines.Line> following) {
    var body = new ArrayList<String>();
    if (!sameLine.isBlank()) {
      body.add(sameLine);
    }
    following.stream().takeWhile(line -> line.indent() > 0).forEach(line -> body.add(line.text()));
    return body;
  }

  private static Downgrade judged(List<String> body) {
    if (body.stream().allMatch(statement -> IDLE.matcher(statement).matches())) {
      return Downgrade.EMPTY;
    }
    // Alembic's template for several databases: the real work has another name.
    return body.stream().anyMatch(statement -> statement.startsWith("globals()"))
        ? Downgrade.UNKNOWN
        : Downgrade.PRESENT;
  }
}
