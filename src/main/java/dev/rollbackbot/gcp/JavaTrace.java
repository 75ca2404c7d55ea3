package dev.rollbackbot.gcp;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Java's stack traces: innermost frame first, then what caused it in the same form.
 *
 * <p>The last cause tells, at the innermost frame of our code in it or else around it. What was
 * suppressed is passed over. Logback can print the root cause first, then what it was wrapped by.
 */
final class JavaTrace {
  static final Pattern TYPE =
      Pattern.compile(
          "(?:Caused by: |Exception in thread \"[^\"]*\" )?"
              + "((?:[a-z_]\\w*\\.)+[A-Z][\\w$]*)(?:: ?(.*)|\\s*)");
  static final Pattern FRAME =
      Pattern.compile("\\s*at (?:[\\w.@$-]*/)*([A-Za-z_][\\w.$]*)\\.([\\w$<>-]+)\\(([^)]*)\\).*");

  private static final Pattern SOURCE =
      Pattern.compile("[\\w$-]+\\.(?:java|kt|scala|groovy)(?::\\d+)?|Unknown Source");
  private static final String CAUSE = "Caused by: ";
  private static final String WRAPPED = "Wrapped by: ";
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
          "org.glassfish.",
          "org.hibernate.",
          "org.jboss.",
          "org.jooq.",
          "org.mybatis.",
          "org.postgresql.",
          "org.slf4j.",
          "ch.qos.logback.",
          "io.netty.",
          "io.grpc.",
          "io.ktor.",
          "io.micrometer.",
          "io.opentelemetry.",
          "io.undertow.",
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
  private String message = "";
  private @Nullable String innermost;
  private @Nullable String innermostOfOurs;
  private boolean oursInThisCause;
  private boolean inSuppressed;
  private boolean over;

  private JavaTrace() {}

  static Optional<Trace> read(String text) {
    var trace = new JavaTrace();
    text.lines().forEach(trace::readLine);
    String frame = trace.innermostOfOurs == null ? trace.innermost : trace.innermostOfOurs;
    return trace.type == null || frame == null
        ? Optional.empty()
        : Optional.of(new Trace(CodePlace.typeName(trace.type) + " " + frame, trace.message));
  }

  private void readLine(String line) {
    Matcher frame = FRAME.matcher(line);
    if (line.stripLeading().startsWith(SUPPRESSED)) {
      inSuppressed = true;
    } else if (line.startsWith(WRAPPED)) {
      over = true;
    } else if (frame.matches()) {
      readFrame(frame);
    } else if (!line.isEmpty() && !Character.isWhitespace(line.charAt(0))) {
      inSuppressed = false;
      readType(line);
    }
  }

  private void readType(String line) {
    Matcher matcher = TYPE.matcher(line);
    // A message of several lines may look like a type: only the first and causes are taken.
    if (!over && (type == null || line.startsWith(CAUSE)) && matcher.matches()) {
      type = matcher.group(1);
      message = Optional.ofNullable(matcher.group(2)).orElse("");
      innermost = null;
      oursInThisCause = false;
    }
  }

  private void readFrame(Matcher matcher) {
    if (over || inSuppressed || type == null || !SOURCE.matcher(matcher.group(3)).matches()) {
      return;
    }
    String frame = CodePlace.ofJava(matcher.group(1), matcher.group(2));
    if (innermost == null) {
      innermost = frame;
    }
    if (!oursInThisCause && LIBRARIES.stream().noneMatch(matcher.group(1)::startsWith)) {
      innermostOfOurs = frame;
      oursInThisCause = true;
    }
  }
}
