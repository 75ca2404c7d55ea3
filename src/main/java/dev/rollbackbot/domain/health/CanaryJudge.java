package dev.rollbackbot.domain.health;

import dev.rollbackbot.domain.health.CanaryVerdict.Reason;
import dev.rollbackbot.domain.health.CanaryVerdict.Reason.FewerErrors;
import dev.rollbackbot.domain.health.CanaryVerdict.Reason.MoreErrors;
import dev.rollbackbot.domain.health.CanaryVerdict.Reason.NoDifference;
import dev.rollbackbot.domain.health.CanaryVerdict.Reason.OverLimit;
import dev.rollbackbot.domain.health.CanaryVerdict.Reason.TooFewRequests;
import dev.rollbackbot.domain.health.CanaryVerdict.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * From the looks of a canary to a verdict.
 *
 * <p>Method, assumptions and error rates: canary.md. Every look that was taken must be given, in
 * order and once: the rate of false verdicts is held over all of them.
 */
public final class CanaryJudge {
  private final CanaryRules rules;
  private final Chances chances;

  public CanaryJudge(CanaryRules rules, Chances chances) {
    this.rules = rules;
    this.chances = chances;
  }

  /**
   * The verdict at the last look.
   *
   * @param looks at least one; rungs do not fall and are fewer than the plan's
   */
  public CanaryVerdict judge(List<Look> looks) {
    return verdicts(looks).getLast();
  }

  /** The verdict at each look. */
  public List<CanaryVerdict> verdicts(List<Look> looks) {
    var evidence = new Evidence(rules, chances);
    var verdicts = new ArrayList<CanaryVerdict>();
    for (Look look : looks) {
      evidence.add(look);
      verdicts.add(verdict(evidence));
    }
    return List.copyOf(verdicts);
  }

  private CanaryVerdict verdict(Evidence evidence) {
    if (worse(evidence)) {
      return new CanaryVerdict(Word.WORSE, faults(evidence));
    }
    if (evidence.fewerErrors()) {
      return new CanaryVerdict(Word.BETTER, merits(evidence));
    }
    if (evidence.overLimit()) {
      return new CanaryVerdict(Word.BOTH_BAD, overLimit(evidence));
    }
    if (evidence.faster()) {
      return new CanaryVerdict(Word.BETTER, merits(evidence));
    }
    Contrast errors = evidence.errors();
    return evidence.enough()
        ? new CanaryVerdict(Word.SAME, new NoDifference(errors.candidate(), errors.baseline()))
        : new CanaryVerdict(
            Word.NOT_ENOUGH_DATA,
            new TooFewRequests(
                errors.candidate().of(), errors.baseline().of(), rules.minimums().requests()));
  }

  private boolean worse(Evidence evidence) {
    if (evidence.moreErrors() || (evidence.overLimit() && !evidence.baselineAlike())) {
      return true;
    }
    return evidence.slower()
        && switch (rules.direction()) {
          case FORWARD -> true;
          // On a bad night, slow answers beat errors.
          case BACK -> !evidence.fewerErrors();
        };
  }

  private List<Reason> faults(Evidence evidence) {
    var reasons = new ArrayList<Reason>();
    if (evidence.moreErrors()) {
      Contrast errors = evidence.worstErrors();
      reasons.add(new MoreErrors(errors.candidate(), errors.baseline()));
    }
    if (evidence.overLimit() && !evidence.baselineAlike()) {
      reasons.add(overLimit(evidence));
    }
    addSlower(evidence, reasons);
    return reasons;
  }

  private List<Reason> merits(Evidence evidence) {
    var reasons = new ArrayList<Reason>();
    if (evidence.fewerErrors()) {
      Contrast errors = evidence.errors();
      reasons.add(new FewerErrors(errors.candidate(), errors.baseline()));
    }
    if (evidence.faster()) {
      Contrast slow = evidence.slowInRung();
      rules
          .slowLine()
          .ifPresent(
              line -> reasons.add(new Reason.Faster(line, slow.candidate(), slow.baseline())));
    }
    if (evidence.overLimit()) {
      reasons.add(overLimit(evidence));
    }
    addSlower(evidence, reasons);
    return reasons;
  }

  private void addSlower(Evidence evidence, List<Reason> reasons) {
    if (evidence.slower()) {
      Contrast slow = evidence.worstSlow();
      rules
          .slowLine()
          .ifPresent(
              line -> reasons.add(new Reason.Slower(line, slow.candidate(), slow.baseline())));
    }
  }

  private OverLimit overLimit(Evidence evidence) {
    Contrast errors = evidence.worstErrors();
    return new OverLimit(rules.errorLimit(), errors.candidate(), errors.baseline());
  }
}
