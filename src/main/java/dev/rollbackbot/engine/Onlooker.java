package dev.rollbackbot.engine;

import dev.rollbackbot.domain.model.ServiceState;

/** Sees each service at every look of the driver, without asking the platform again. */
@FunctionalInterface
public interface Onlooker {
  /** A state as it was just listed; must return at once. */
  void saw(ServiceState state, ServiceSettings settings);
}
