package dev.rollbackbot.domain.plan;

/** A database migration that lies between two commits. */
public record Migration(String name, Downgrade downgrade) {
  /** Whether it can be taken back. */
  public enum Downgrade {
    PRESENT,
    EMPTY,
    UNKNOWN
  }
}
