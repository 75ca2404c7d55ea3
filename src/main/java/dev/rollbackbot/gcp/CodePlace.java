package dev.rollbackbot.gcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where in the code something happened, by names that stay the same from one request, container and
 * version of the code to the next.
 *
 * <p>Without line numbers: the errors of two versions are compared, and a line added above moves
 * every number below it, so each old error would look gone and come back as a new one. What is lost
 * is to tell two errors of one type in one function apart.
 */
final class CodePlace {
  /** Folders that are made anew for each container, build or request. */
  private static final Pattern PASSING_FOLDER =
      Pattern.compile("(?i)tmp.*|[0-9a-f-]{7,}|.*\\d{4,}.*");

  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern DOLLAR = Pattern.compile("\\$+");

  /** How javac and scalac begin the name of a lambda's method; the function around it follows. */
  private static final Set<String> LAMBDAS = Set.of("lambda", "anonfun");

  private CodePlace() {}

  /** The file with the folder around it, as {@code app/plans.py}, and the function. */
  static String ofPython(String path, Optional<String> function) {
    String[] folders = path.split("/", -1);
    String file = folders[folders.length - 1];
    String folder = folders.length < 2 ? "" : folders[folders.length - 2];
    String place =
        folder.isEmpty() || PASSING_FOLDER.matcher(folder).matches() ? file : folder + "/" + file;
    return function.map(name -> place + " " + name).orElse(place);
  }

  /**
   * The class without its package, and the method, as {@code PlanReader.read}; lambdas, closures
   * and generated subclasses go by what they were written in.
   */
  static String ofJava(String type, String method) {
    String name = type.substring(type.lastIndexOf('.') + 1);
    int generated = name.indexOf("$$");
    var classes = new ArrayList<String>();
    var functions = new ArrayList<String>();
    for (String part : written(generated < 0 ? name : name.substring(0, generated))) {
      // Closures of Kotlin and Scala are classes that are named after the function around them.
      (Character.isLowerCase(part.charAt(0)) ? functions : classes).add(part);
    }
    List<String> made = written(method);
    boolean lambda = made.size() > 1 && LAMBDAS.contains(made.getFirst());
    functions.add(made.isEmpty() ? method : made.get(lambda ? 1 : 0));
    String within = classes.isEmpty() ? name : String.join(".", classes);
    return within + "." + functions.getFirst();
  }

  /** A type of either language without package, module and the numbers of anonymous classes. */
  static String typeName(String type) {
    return String.join(".", written(type.substring(type.lastIndexOf('.') + 1)));
  }

  /** The parts of a name that somebody wrote: compilers number the others. */
  private static List<String> written(String name) {
    var parts = new ArrayList<String>();
    for (String part : DOLLAR.split(name, -1)) {
      if (!part.isEmpty() && !NUMBER.matcher(part).matches()) {
        parts.add(part);
      }
    }
    return parts;
  }
}
