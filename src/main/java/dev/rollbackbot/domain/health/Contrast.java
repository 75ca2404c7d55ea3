package dev.rollbackbot.domain.health;

/**
 * Two shares and how far they lie apart, look by look: when the split or the error rate of the
 * whole service changes on the way, sums alone would compare different times.
 *
 * @param excess on the candidate beyond its part in each look
 * @param weight of the looks (Mantel and Haenszel's)
 */
record Contrast(Share candidate, Share baseline, double excess, double weight) {
  static final Contrast NONE = new Contrast(Share.NONE, Share.NONE, 0, 0);

  Contrast plus(Share onCandidate, Share onBaseline) {
    double all = onCandidate.of() + onBaseline.of();
    if (all == 0) {
      return this;
    }
    return new Contrast(
        candidate.plus(onCandidate),
        baseline.plus(onBaseline),
        excess + onCandidate.count() - onCandidate.of() * onCandidate.plus(onBaseline).value(),
        weight + onCandidate.of() * onBaseline.of() / all);
  }

  /** Candidate minus baseline, -1 to 1; 0 as long as one side has nothing. */
  double difference() {
    return weight == 0 ? 0 : excess / weight;
  }
}
