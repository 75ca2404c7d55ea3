package dev.rollbackbot.sandbox.slack;

import java.util.List;

/** Slack's "no" to one call: its error code and, for a broken payload, what is broken. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String code;
  private final transient List<String> details;

  Refused(String code, String... details) {
    this(code, List.of(details));
  }

  Refused(String code, List<String> details) {
    super(code, null, false, false);
    this.code = code;
    this.details = List.copyOf(details);
  }

  String code() {
    return code;
  }

  List<String> details() {
    return details;
  }
}
