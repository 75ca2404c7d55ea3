package dev.rollbackbot.gcp;

import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A filter of the Logging query language: conditions that must all hold. */
final class LogFilter {
  /**
   * Errors, and traces on stderr, which have no severity of their own: whole, or a line an entry.
   * Written in what RE2 and Java read alike, without backslashes.
   */
  static final String ERRORS =
      "(severity>=ERROR OR textPayload:\"Traceback (most recent call last)\" OR textPayload=~"
          + quoted(
              String.join(
                  "|",
                  "^[ |]*File .+, line [0-9]",
                  "^[^A-Za-z0-9]*at [A-Za-z_][A-Za-z0-9_.$/@<>-]*[(]",
                  "^(During handling of the above|The above exception was|Caused by: )",
                  "^[ |]*([A-Za-z_][A-Za-z0-9_]*[.])+[A-Z][A-Za-z0-9_$]*(:|$)",
                  "^[ |]*[A-Z][A-Za-z0-9_]*(Error|Exception|Group|Exit|Interrupt|Iteration)(:|$)",
                  "^ *[|+-]+ *[+-]*-------- [0-9]+ --------"))
          + ")";

  private final List<String> conditions = new ArrayList<>();

  /** Of one revision of one service. */
  static LogFilter revision(ServiceId id, RevisionName revision) {
    return service(id).equal("resource.labels.revision_name", revision.value());
  }

  /** Of one service. */
  static LogFilter service(ServiceId id) {
    return new LogFilter()
        .equal("resource.type", "cloud_run_revision")
        .equal("resource.labels.service_name", id.name())
        .equal("resource.labels.location", id.region());
  }

  LogFilter equal(String field, String value) {
    return raw(field + "=" + quoted(value));
  }

  LogFilter notEqual(String field, String value) {
    return raw(field + "!=" + quoted(value));
  }

  LogFilter from(Instant from) {
    return raw("timestamp>=" + quoted(from.toString()));
  }

  LogFilter before(Instant to) {
    return raw("timestamp<" + quoted(to.toString()));
  }

  LogFilter raw(String condition) {
    conditions.add(condition);
    return this;
  }

  static String quoted(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  @Override
  public String toString() {
    return String.join(" AND ", conditions);
  }
}
