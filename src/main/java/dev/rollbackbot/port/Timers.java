package dev.rollbackbot.port;

import java.time.Duration;

/** Waits; in a simulation it only moves the clock. */
@FunctionalInterface
public interface Timers {
  void pause(Duration duration);
}
