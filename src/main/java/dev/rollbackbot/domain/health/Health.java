package dev.rollbackbot.domain.health;

/** What readings allow us to say; no data is never a pass. */
public enum Health {
  HEALTHY,
  UNHEALTHY,
  NOT_ENOUGH_DATA
}
