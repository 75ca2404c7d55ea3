package dev.rollbackbot.domain.health;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;

/**
 * Says what a rung of so many requests can show, by the exact power of its test of errors.
 *
 * <p>The looks of a rung share its probability in a way that depends on what they see. So "noticed"
 * is reckoned with what the last look has for sure, and "unnoticed" with all that it can have.
 */
public final class Foresight {
  private static final double[] RATES = {0, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1};
  private static final double SURE = 0.8;
  private static final double LIKELY = 0.5;
  private static final double RARE = 1e-7;

  /** More requests show more, but take long to reckon and change no plan. */
  private static final int MOST = 1_000;

  private final CanaryRules rules;
  private final Chances chances;

  public Foresight(CanaryRules rules, Chances chances) {
    this.rules = rules;
    this.chances = chances;
  }

  /**
   * By the present rate of requests.
   *
   * @param rung from 0
   * @param aMinute users' requests to the service
   * @param percent of them that the candidate gets, 0 to 100
   * @param liveErrors live's share of 5xx, 0 to 1
   */
  public Detectability rung(
      int rung, double aMinute, int percent, Duration hold, double liveErrors) {
    double all = aMinute * hold.toMillis() / Duration.ofMinutes(1).toMillis();
    double candidate = all * percent / 100;
    return requests(
        rung, (int) Math.round(candidate), (int) Math.round(all - candidate), liveErrors);
  }

  /** By numbers of requests, expected or counted. */
  public Detectability requests(int rung, int candidate, int baseline, double liveErrors) {
    var size = new Size(Math.min(candidate, MOST), Math.min(baseline, MOST), liveErrors);
    double[] rates = rates(liveErrors);
    OptionalDouble noticed =
        first(rates, rate -> chanceToNotice(size, rate, sureLevel(rung)) >= SURE);
    OptionalDouble unnoticed =
        candidate > MOST || baseline > MOST
            ? OptionalDouble.empty()
            : last(rates, rate -> chanceToNotice(size, rate, fullLevel(rung)) < LIKELY);
    return new Detectability(rules.direction(), candidate, baseline, noticed, unnoticed);
  }

  private record Size(int candidate, int baseline, double liveErrors) {}

  /** Those that matter, from live's outwards. */
  private double[] rates(double liveErrors) {
    double rise = rules.minimums().errorRise();
    return switch (rules.direction()) {
      case FORWARD -> Arrays.stream(RATES).filter(rate -> rate >= liveErrors + rise).toArray();
      case BACK ->
          DoubleStream.iterate(RATES.length - 1, i -> i >= 0, i -> i - 1)
              .map(i -> RATES[(int) i])
              .filter(rate -> rate <= liveErrors - rise)
              .toArray();
    };
  }

  private static OptionalDouble first(double[] rates, DoublePredicate is) {
    return Arrays.stream(rates).filter(is).findFirst();
  }

  private static OptionalDouble last(double[] rates, DoublePredicate is) {
    return Arrays.stream(rates).takeWhile(is).reduce((_, later) -> later);
  }

  private double sureLevel(int rung) {
    int looks = rules.alpha().looks();
    return level(rung, looks) - level(rung, looks - 1);
  }

  private double fullLevel(int rung) {
    return level(rung, rules.alpha().looks());
  }

  private double level(int rung, int look) {
    AlphaPlan alpha = rules.alpha();
    return switch (rules.direction()) {
      case FORWARD -> alpha.errors() * alpha.evenly(rung, look);
      case BACK -> (alpha.errors() + alpha.limit()) * alpha.late(rung, look);
    };
  }

  private double chanceToNotice(Size size, double rate, double level) {
    int enough = rules.minimums().requests();
    return switch (rules.direction()) {
      case FORWARD ->
          chanceToStandOut(
              size.candidate(),
              rate,
              size.baseline(),
              size.liveErrors(),
              rules.minimums().faults(),
              level);
      case BACK ->
          size.candidate() < enough || size.baseline() < enough
              ? 0
              : chanceToStandOut(
                  size.baseline(), size.liveErrors(), size.candidate(), rate, 1, level);
    };
  }

  /** That one side's errors are more than the level allows, whatever the other's come to. */
  private double chanceToStandOut(
      int suspects, double suspectRate, int others, double otherRate, int least, double level) {
    Distribution suspect = chances.binomial(suspects, suspectRate);
    Distribution other = chances.binomial(others, otherRate);
    int needed = least;
    double chance = 0;
    for (int errors = other.lowest(); errors <= other.highest(); errors++) {
      if (other.chanceOf(errors) < RARE) {
        continue;
      }
      // Equal shares never stand out.
      needed = Math.max(needed, (int) ((double) errors * suspects / others));
      while (needed <= suspects
          && chances
                  .hypergeometric(suspects + others, needed + errors, suspects)
                  .chanceOfAtLeast(needed)
              > level) {
        needed++;
      }
      chance += other.chanceOf(errors) * suspect.chanceOfAtLeast(needed);
    }
    return chance;
  }
}
