package dev.rollbackbot.domain.journal;

/** What was found where a journal may stand. */
public sealed interface JournalReading {
  /** No journal. */
  record Absent() implements JournalReading {}

  record Found(Journal journal) implements JournalReading {}

  /** Not ours to drive: another bot's, another service's, or a newer schema. */
  record Foreign(String why) implements JournalReading {}

  /** Damaged: shown, never guessed. */
  record Unreadable(String why) implements JournalReading {}
}
