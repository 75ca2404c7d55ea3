package dev.rollbackbot.domain.health;

/**
 * One look at a canary: what came since the look before, on both sides over the same time.
 *
 * @param rung of the ladder, from 0
 */
public record Look(int rung, Side candidate, Side baseline) {
  public Look {
    if (rung < 0) {
      throw new IllegalArgumentException("rungs begin at 0, not " + rung);
    }
  }

  /** Both as one, of one rung. */
  public Look plus(Look other) {
    return new Look(rung, candidate.plus(other.candidate), baseline.plus(other.baseline));
  }
}
