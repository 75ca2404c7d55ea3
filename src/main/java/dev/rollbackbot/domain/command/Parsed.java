package dev.rollbackbot.domain.command;

import dev.rollbackbot.domain.model.Problem;

/** What the parser made of a text. */
public sealed interface Parsed {
  record Understood(Command command) implements Parsed {}

  record Wrong(Problem problem) implements Parsed {}
}
