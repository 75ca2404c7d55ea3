package dev.rollbackbot.port;

import dev.rollbackbot.domain.journal.Journal.ProbeResult;

/** Asks a service's own address whether it is well. */
@FunctionalInterface
public interface HealthProbe {
  /**
   * Asks several times, warming it up first; bounded in time, follows no redirects.
   *
   * @param baseUrl an address the platform returned, never one that was built or given
   */
  ProbeResult probe(String baseUrl);
}
