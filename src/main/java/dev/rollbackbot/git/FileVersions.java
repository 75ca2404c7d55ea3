package dev.rollbackbot.git;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the name alone of a migration's file tells, after Flyway's {@code V12__add_plan.sql}. */
final class FileVersions {
  private static final Pattern VERSIONED = Pattern.compile("(.*/)?V([0-9][0-9._]*?)__(.*)");
  private static final Pattern UNDO = Pattern.compile("(.*/)?U[0-9][0-9._]*?__.*");
  private static final Pattern PARTS = Pattern.compile("[0-9]+|[^0-9]+");

  /**
   * By the numbers in the names: {@code V2} before {@code V10}, {@code V1.2} before {@code V1.10}.
   */
  static final Comparator<String> ORDER = FileVersions::compare;

  private FileVersions() {}

  /**
   * Leaves out what lies beside migrations: notes, packages, templates, hidden files, undo files.
   */
  static boolean isMigration(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return !file.startsWith(".")
        && !file.startsWith("__init__.")
        && !file.endsWith(".md")
        && !file.endsWith(".txt")
        && !file.endsWith(".pyc")
        && !file.endsWith(".mako")
        && !UNDO.matcher(name).matches();
  }

  /** The file that would take this one back; empty when its name follows no such custom. */
  static Optional<String> undoOf(String name) {
    Matcher versioned = VERSIONED.matcher(name);
    if (!versioned.matches()) {
      return Optional.empty();
    }
    String directory = versioned.group(1) == null ? "" : versioned.group(1);
    return Optional.of(directory + "U" + versioned.group(2) + "__" + versioned.group(3));
  }

  private static int compare(String a, String b) {
    Matcher left = PARTS.matcher(a);
    Matcher right = PARTS.matcher(b);
    while (true) {
      boolean more = left.find();
      if (!right.find()) {
        return more ? 1 : a.compareTo(b);
      }
      if (!more) {
        return -1;
      }
      int order = compareParts(left.group(), right.group());
      if (order != 0) {
        return order;
      }
    }
  }

  private static int compareParts(String a, String b) {
    boolean numbers = Character.isDigit(a.charAt(0)) && Character.isDigit(b.charAt(0));
    return numbers ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
  }
}
