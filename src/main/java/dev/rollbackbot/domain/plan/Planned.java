package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.Problem;

/** A plan, or why there is none. */
public sealed interface Planned {
  record Ready(Plan plan) implements Planned {}

  record Impossible(Problem problem) implements Planned {}
}
