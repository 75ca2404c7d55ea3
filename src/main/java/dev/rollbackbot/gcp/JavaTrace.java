package dev.rollbackbot.gcp;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Java's stack traces: innermost frame first, then what caused it in the same form. */
final class JavaTrace {
  private static final Pattern TYPE =
      Pattern.compile(
          "(?:Caused by: |Exception in thread \"[^\"]*\" )?"
              + "((?:[a-z_]\\w*\\.)+[A-Z][\\w$]*)(?::.*|\\s*)");
  private static final Pattern FRAME =
      Pattern.compile(
          "\\s+at (?:[\\w.@$-]*/)*([\\w.$]+)\\.([\\w$<>-]+)"
              + "\\(([\\w$-]+\\.(?:java|kt|scala|groovy)):(\\d+)\\).*");
  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+)\\$\\d+");
  private static final String CAUSE = "Caused by: ";
  private static final String SUPPRESSED = "Suppressed: ";
  private static final List<String> LIBRARIES =
      List.of(
          "java.",
          "javax.",
          "jdk.",
          "sun.",
          "com.sun.",
          "jakarta.",
          "kotlin.",
          "kotlinx.",
          "scala.",
          "groovy.",
          "org.springframework.",
          "org.apache.",
          "org.eclipse.",
          "org.hibernate.",
          "org.jboss.",
          "org.postgresql.",
          "org.slf4j.",
          "ch.qos.logback.",
          "io.netty.",
          "io.grpc.",
          "io.micrometer.",
          "io.vertx.",
          "io.quarkus.",
          "reactor.",
          "com.google.",
          "com.fasterxml.",
          "com.zaxxer.",
          "com.mysql.",
          "okhttp3.",
          "feign.");

  private @Nullable String type;
  private @Nullable String innermost;
  private @Nullable String innermostOfOurs;
  private boolean oursInThisCause;
  private boolean inSuppressed;

  private JavaTrace() {}

  /** Of the last cause, at the innermost frame of our code in it or else around it. */
  static Optional<String> signature(String text) {
    var trace = new JavaTrace();
    text.lines().forEach(trace::read);
    String frame = trace.innermostOfOurs == null ? trace.innermost : trace.innermostOfOurs;
    return trace.type == null || frame == null
        ? Optional.empty()
        : Optional.of(Signatures.simpleName(trace.type) + " " + frame);
  }

  private void read(String line) {
    if (line.stripLeading().startsWith(SUPPRESSED)) {
      inSuppressed = true;
    } else if (!line.isEmpty() && !Character.isWhitespace(line.charAt(0))) {
      inSuppressed = false;
      readType(line);
    } else if (!inSuppressed) {
      readFrame(line);
    }
  }

  private void readType(String line) {
    Matcher matcher = TYPE.matcher(line);
    // A message of several lines may look like a type: only the first and causes are taken.
    if ((type == null || line.startsWith(CAUSE)) && matcher.matches()) {
      type = matcher.group(1);
      innermost = null;
      oursInThisCause = false;
    }
  }

  private void readFrame(String line) {
    Matcher matcher = FRAME.matcher(line);
    if (type == null || !matcher.matches()) {
      return;
    }
    String frame =
        "%s:%s %s"
            .formatted(
                matcher.group(3),
                matcher.group(4),
                LAMBDA.matcher(matcher.group(2)).replaceAll("$1"));
    if (innermost == null) {
      innermost = frame;
    }
    if (!oursInThisCause && LIBRARIES.stream().noneMatch(matcher.group(1)::startsWith)) {
      innermostOfOurs = frame;
      oursInThisCause = true;
    }
  }
}
