package dev.rollbackbot.domain.health;

import java.util.List;

/**
 * What one look allows us to say of a candidate, and why.
 *
 * @param reasons the one that decided first; never empty
 */
public record CanaryVerdict(Word word, List<Reason> reasons) {
  public CanaryVerdict {
    reasons = List.copyOf(reasons);
    if (reasons.isEmpty()) {
      throw new IllegalArgumentException("a verdict has a reason");
    }
  }

  CanaryVerdict(Word word, Reason reason) {
    this(word, List.of(reason));
  }

  /** The candidate against the baseline. */
  public enum Word {
    WORSE,
    BETTER,
    /** Enough data, and nothing found that matters. */
    SAME,
    NOT_ENOUGH_DATA,
    /** Over the absolute limit, but so is the baseline: not the candidate's doing. */
    BOTH_BAD
  }

  /** What a ladder should do next. */
  public enum Advice {
    GO_ON,
    HOLD,
    GO_BACK
  }

  /** Forward, the same is good enough; back from a sick revision, only better is. */
  public Advice advice(Direction direction) {
    return switch (word) {
      case WORSE -> Advice.GO_BACK;
      case BETTER -> Advice.GO_ON;
      case SAME ->
          switch (direction) {
            case FORWARD -> Advice.GO_ON;
            case BACK -> Advice.HOLD;
          };
      case NOT_ENOUGH_DATA, BOTH_BAD -> Advice.HOLD;
    };
  }

  /** Shares are of the rung, or of the whole ladder where that shows more. */
  public sealed interface Reason {

    /** The shares of 5xx. */
    record MoreErrors(Share candidate, Share baseline) implements Reason {}

    /** The shares of 5xx. */
    record FewerErrors(Share candidate, Share baseline) implements Reason {}

    /** The shares of answers over the line. */
    record Slower(SlowLine line, Share candidate, Share baseline) implements Reason {}

    /** The shares of answers over the line. */
    record Faster(SlowLine line, Share candidate, Share baseline) implements Reason {}

    /**
     * The candidate's share of 5xx is over the absolute limit beyond doubt.
     *
     * @param limit from 0 to 1
     */
    record OverLimit(double limit, Share candidate, Share baseline) implements Reason {}

    /** The shares of 5xx, between which nothing was found that matters; nor in latency. */
    record NoDifference(Share candidate, Share baseline) implements Reason {}

    /**
     * Requests of the rung on either side.
     *
     * @param needed on each
     */
    record TooFewRequests(int candidate, int baseline, int needed) implements Reason {}
  }
}
