package dev.rollbackbot.domain.health;

/**
 * What the looks of one canary have shown so far.
 *
 * <p>"Worse" is asked over the whole ladder, because a first rung of 10 % alone shows little;
 * "better" is asked anew in every rung, because it is what leads to the next.
 */
final class Evidence {
  private final CanaryRules rules;
  private final Chances chances;

  private final SequentialTest moreErrors = new SequentialTest();
  private final SequentialTest slower = new SequentialTest();
  private final SequentialTest overLimit = new SequentialTest();
  private SequentialTest fewerErrors = new SequentialTest();
  private SequentialTest faster = new SequentialTest();

  private Contrast ladderErrors = Contrast.NONE;
  private Contrast ladderSlow = Contrast.NONE;
  private Contrast rungErrors = Contrast.NONE;
  private Contrast rungSlow = Contrast.NONE;
  private int rung;
  private int looks;

  Evidence(CanaryRules rules, Chances chances) {
    this.rules = rules;
    this.chances = chances;
  }

  void add(Look look) {
    if (look.rung() < rung || look.rung() >= rules.alpha().rungs()) {
      throw new IllegalArgumentException("rung " + look.rung() + " after rung " + rung);
    }
    if (look.rung() > rung) {
      enter(look.rung());
    }
    looks++;
    errors(look.candidate().failed(), look.baseline().failed());
    // The first look of a rung holds the cold starts that the larger share brings.
    if (looks > 1 && rules.slowLine().isPresent()) {
      latency(look.candidate().slowed(), look.baseline().slowed());
    }
  }

  private void enter(int next) {
    rung = next;
    looks = 0;
    rungErrors = Contrast.NONE;
    rungSlow = Contrast.NONE;
    moreErrors.forgive();
    slower.forgive();
    overLimit.forgive();
    fewerErrors = fewerErrors.again();
    faster = faster.again();
  }

  private void errors(Share candidate, Share baseline) {
    ladderErrors = ladderErrors.plus(candidate, baseline);
    rungErrors = rungErrors.plus(candidate, baseline);
    AlphaPlan alpha = rules.alpha();
    compare(moreErrors, candidate, baseline, alpha.errors() * alpha.evenly(rung, looks));
    // No limit can be met that would call a candidate better: its probability is free here.
    double fewer = alpha.errors() + alpha.limit();
    compare(fewerErrors, baseline, candidate, fewer * alpha.late(rung, looks));
    overLimit.look(
        chances.binomial(candidate.of(), rules.errorLimit()),
        candidate.of() * rules.errorLimit(),
        candidate.count(),
        alpha.limit() * alpha.evenly(rung, looks));
  }

  private void latency(Share candidate, Share baseline) {
    ladderSlow = ladderSlow.plus(candidate, baseline);
    rungSlow = rungSlow.plus(candidate, baseline);
    AlphaPlan alpha = rules.alpha();
    compare(slower, candidate, baseline, alpha.latency() * alpha.evenly(rung, looks));
    compare(faster, baseline, candidate, alpha.latency() * alpha.late(rung, looks));
  }

  /**
   * Cloud Run draws a revision for each request. If both answer alike, the faults of a look are
   * spread over the sides as chance would draw them, whatever their number and however they hang
   * together.
   */
  private void compare(SequentialTest test, Share suspect, Share other, double budget) {
    Share both = suspect.plus(other);
    test.look(
        chances.hypergeometric(both.of(), both.count(), suspect.of()),
        suspect.of() * both.value(),
        suspect.count(),
        budget);
  }

  boolean moreErrors() {
    Contrast errors = worst(ladderErrors, rungErrors);
    return moreErrors.called() && matters(errors, rules.minimums().errorRise());
  }

  boolean fewerErrors() {
    return fewerErrors.called()
        && enough()
        && -rungErrors.difference() >= rules.minimums().errorRise();
  }

  boolean slower() {
    return slower.called() && matters(worst(ladderSlow, rungSlow), rules.minimums().slowRise());
  }

  boolean faster() {
    return faster.called() && enough() && -rungSlow.difference() >= rules.minimums().slowRise();
  }

  boolean overLimit() {
    return overLimit.called()
        && ladderErrors.candidate().count() >= rules.minimums().faults()
        && worst(ladderErrors, rungErrors).candidate().value() > rules.errorLimit();
  }

  /**
   * Live is over the limit too, or has more than half of the candidate's share of errors. Of a live
   * that nobody asked anything, neither is known, and the limit stands.
   */
  boolean baselineAlike() {
    if (ladderErrors.baseline().of() == 0) {
      return false;
    }
    Contrast errors = worst(ladderErrors, rungErrors);
    return ladderErrors.baseline().value() > rules.errorLimit()
        || rungErrors.baseline().value() > rules.errorLimit()
        || 2 * errors.difference() < errors.candidate().value();
  }

  boolean enough() {
    int needed = rules.minimums().requests();
    return rungErrors.candidate().of() >= needed && rungErrors.baseline().of() >= needed;
  }

  private boolean matters(Contrast contrast, double rise) {
    return contrast.difference() >= rise
        && contrast.candidate().count() >= rules.minimums().faults();
  }

  Contrast errors() {
    return rungErrors;
  }

  Contrast worstErrors() {
    return worst(ladderErrors, rungErrors);
  }

  Contrast slowInRung() {
    return rungSlow;
  }

  Contrast worstSlow() {
    return worst(ladderSlow, rungSlow);
  }

  private static Contrast worst(Contrast ladder, Contrast rung) {
    return rung.difference() > ladder.difference() ? rung : ladder;
  }
}
