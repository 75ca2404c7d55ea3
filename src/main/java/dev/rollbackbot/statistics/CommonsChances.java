package dev.rollbackbot.statistics;

import dev.rollbackbot.domain.health.Chances;
import dev.rollbackbot.domain.health.Distribution;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.DiscreteDistribution;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/** {@link Chances} by Apache Commons Statistics. */
public final class CommonsChances implements Chances {
  /** So far from the mean a count has no chance that a verdict could notice. */
  private static final int DEVIATIONS = 12;

  @Override
  public Distribution hypergeometric(int population, int marked, int drawn) {
    return population == 0
        ? Distribution.of(0, 1)
        : around(HypergeometricDistribution.of(population, marked, drawn));
  }

  @Override
  public Distribution binomial(int trials, double chance) {
    return around(BinomialDistribution.of(trials, chance));
  }

  /** A thousand requests have a thousand counts, of which some forty ever happen. */
  private static Distribution around(DiscreteDistribution known) {
    double reach = DEVIATIONS * (Math.sqrt(known.getVariance()) + 1);
    int from = (int) Math.max(known.getSupportLowerBound(), Math.floor(known.getMean() - reach));
    int to = (int) Math.min(known.getSupportUpperBound(), Math.ceil(known.getMean() + reach));
    return Distribution.of(
        from, IntStream.rangeClosed(from, to).mapToDouble(known::probability).toArray());
  }
}
