package dev.rollbackbot;

/** A text that no log, message or stack trace ever shows. */
public record Secret(String value) {
  @Override
  public String toString() {
    return "(secret)";
  }
}
