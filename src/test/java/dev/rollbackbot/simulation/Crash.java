package dev.rollbackbot.simulation;

/** A worker dies here: an Error, so that nothing that handles exceptions can survive it. */
final class Crash extends Error {
  private static final long serialVersionUID = 1L;

  Crash(String where) {
    super(where, null, false, false);
  }
}
