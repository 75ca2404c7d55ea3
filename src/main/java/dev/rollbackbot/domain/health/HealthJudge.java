package dev.rollbackbot.domain.health;

import java.util.Optional;

/**
 * From the figures of a window to a verdict.
 *
 * @param minRequests with fewer requests nothing is said
 * @param maxErrorShare share of 5xx, 0 to 1, above which the target is not well
 */
public record HealthJudge(int minRequests, double maxErrorShare) {
  public HealthJudge {
    if (minRequests < 1 || maxErrorShare < 0 || maxErrorShare > 1) {
      throw new IllegalArgumentException("at least one request, and a share from 0 to 1");
    }
  }

  /**
   * Figures that could not be had are no evidence, and where logs are missing at the end only bad
   * news is believed.
   */
  public Health judge(Optional<Figures> figures) {
    if (figures.isEmpty() || figures.get().after().requests() < minRequests) {
      return Health.NOT_ENOUGH_DATA;
    }
    if (figures.get().after().errorShare() > maxErrorShare) {
      return Health.UNHEALTHY;
    }
    return figures.get().gap().isPresent() ? Health.NOT_ENOUGH_DATA : Health.HEALTHY;
  }
}
