package dev.rollbackbot.engine;

import dev.rollbackbot.domain.health.AlphaPlan;
import dev.rollbackbot.domain.health.CanaryJudge;
import dev.rollbackbot.domain.health.CanaryRules;
import dev.rollbackbot.domain.health.CanaryRules.Minimums;
import dev.rollbackbot.domain.health.CanaryVerdict;
import dev.rollbackbot.domain.health.Chances;
import dev.rollbackbot.domain.health.Detectability;
import dev.rollbackbot.domain.health.Direction;
import dev.rollbackbot.domain.health.Foresight;
import dev.rollbackbot.domain.health.LiveRate;
import dev.rollbackbot.domain.health.Look;
import dev.rollbackbot.domain.health.SlowLine;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.model.Ladder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Judges canaries by their services' terms; a verdict follows from the looks alone. */
public final class Verdicts {
  private static final int MOST_KNOWN = 1_000;

  private final Chances chances;
  private final Map<String, CanaryTerms> terms;

  /** By rules and looks: a card shows the same verdict again and again. */
  private final Map<Asked, CanaryVerdict> known = Bounded.map(MOST_KNOWN);

  private record Asked(CanaryRules rules, List<Look> looks) {}

  /**
   * @param terms by service name
   */
  public Verdicts(Chances chances, Map<String, CanaryTerms> terms) {
    this.chances = chances;
    this.terms = Map.copyOf(terms);
  }

  /** What the looks so far allow to say; empty before the first. */
  public Optional<CanaryVerdict> of(String service, Canary canary) {
    List<Look> looks = canary.looks();
    CanaryTerms of = terms.get(service);
    if (looks.isEmpty() || of == null) {
      return Optional.empty();
    }
    CanaryRules rules = rules(of, canary.ladder(), canary.direction(), canary.slowLine());
    return Optional.of(
        known.computeIfAbsent(
            new Asked(rules, looks),
            asked -> new CanaryJudge(asked.rules(), chances).judge(asked.looks())));
  }

  /** What each rung can show at this rate. */
  public List<Detectability> foresee(
      CanaryTerms of,
      Ladder ladder,
      Direction direction,
      Optional<SlowLine> slowLine,
      LiveRate rate) {
    var foresight = new Foresight(rules(of, ladder, direction, slowLine), chances);
    return IntStream.range(0, ladder.rungs())
        .mapToObj(
            rung ->
                foresight.rung(
                    rung,
                    rate.aMinute(),
                    ladder.steps().get(rung),
                    ladder.hold(),
                    rate.errors().value()))
        .toList();
  }

  private static CanaryRules rules(
      CanaryTerms of, Ladder ladder, Direction direction, Optional<SlowLine> slowLine) {
    return new CanaryRules(
        direction,
        AlphaPlan.standard(ladder.rungs(), Canary.LOOKS),
        Minimums.standard(of.minRequests()),
        of.errorLimit(),
        slowLine);
  }
}
