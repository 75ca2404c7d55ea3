package dev.rollbackbot.domain.health;

/** Which way a canary goes, and so what its candidate has to show. */
public enum Direction {
  /** To a new revision: it must not be worse than live. */
  FORWARD,
  /** Back to an old commit, away from a sick one: it must be better than live. */
  BACK
}
