package dev.rollbackbot.domain.health;

/**
 * Whether a count is higher than chance allows, asked again and again.
 *
 * <p>It follows all courses that the count could have taken by chance and that would not have been
 * called yet. At each look the highest of them are called, as many as the budget allows; so over
 * all looks together chance alone is called with a probability of at most the whole budget. What a
 * look cannot spend, because counts are whole, is left for the next. Group-sequential testing with
 * an error-spending plan, exact instead of by the normal approximation: Lan and DeMets, Biometrika
 * 70 (1983) 659-663; conditional on the totals as Fisher's exact test is.
 */
final class SequentialTest {
  private Distribution open = Distribution.certain(0);
  private int count;
  private double expected;
  private double spent;
  private boolean called;

  /**
   * @param byChance how much the count grows since the last look if chance alone is at work
   * @param expected the mean of that
   * @param budget the probability that may be spent up to and with this look
   */
  void look(Distribution byChance, double expected, int grown, double budget) {
    open = open.plus(byChance);
    count += grown;
    this.expected += expected;
    int boundary = open.reachedWithin(budget - spent);
    spent += open.chanceOfAtLeast(boundary);
    open = open.under(boundary);
    called |= count >= boundary;
  }

  /**
   * Forgets good luck: a candidate that did well on a small share and falls ill on a larger one
   * must not live on what it saved. Bad luck is kept.
   */
  void forgive() {
    int mean = (int) expected;
    open = open.raisedTo(mean);
    count = Math.max(count, mean);
    expected = mean;
  }

  /** Asks anew, with no data and what is left of the budget. */
  SequentialTest again() {
    var again = new SequentialTest();
    again.spent = spent;
    return again;
  }

  boolean called() {
    return called;
  }
}
