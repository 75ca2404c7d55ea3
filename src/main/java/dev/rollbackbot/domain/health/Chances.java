package dev.rollbackbot.domain.health;

/** Exact distributions of counts, which a statistics library knows. */
public interface Chances {

  /**
   * How many of the {@code marked} are among the {@code drawn}, when chance alone draws from {@code
   * population}.
   */
  Distribution hypergeometric(int population, int marked, int drawn);

  /**
   * How many of the {@code trials} succeed.
   *
   * @param chance of each, 0 to 1
   */
  Distribution binomial(int trials, double chance);
}
