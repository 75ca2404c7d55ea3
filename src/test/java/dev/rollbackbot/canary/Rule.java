package dev.rollbackbot.canary;

import dev.rollbackbot.domain.health.Side;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/** Rules that others use, asked at every look. */
enum Rule {
  /** More than 5 % of the candidate's requests of this rung failed. */
  OVER_FIVE_PERCENT {
    @Override
    Call call(List<Canary.Seen> soFar) {
      Sides rung = Sides.ofLastRung(soFar);
      boolean candidate = share(rung.candidate()) > LIMIT;
      boolean baseline = share(rung.baseline()) > LIMIT;
      return new Call(candidate, !candidate && baseline && rung.candidate().requests() > 0);
    }
  },

  /** Fisher's exact test of this rung's errors at 0.05 on each side. */
  FISHER {
    @Override
    Call call(List<Canary.Seen> soFar) {
      Sides rung = Sides.ofLastRung(soFar);
      Side candidate = rung.candidate();
      Side baseline = rung.baseline();
      int errors = candidate.errors() + baseline.errors();
      int requests = candidate.requests() + baseline.requests();
      if (candidate.requests() == 0
          || baseline.requests() == 0
          || errors == 0
          || errors == requests) {
        return Call.NOTHING;
      }
      int[][] table = {
        {candidate.errors(), candidate.requests() - candidate.errors()},
        {baseline.errors(), baseline.requests() - baseline.errors()}
      };
      return new Call(
          fisher(table, AlternativeHypothesis.GREATER_THAN),
          fisher(table, AlternativeHypothesis.LESS_THAN));
    }
  },

  /**
   * Mann and Whitney's test of each metric (error share, p95), a point a look, at 98 % confidence
   * as Kayenta's NetflixACAJudge; without its tolerance of a quarter, its score and its filters.
   */
  MANN_WHITNEY {
    @Override
    Call call(List<Canary.Seen> soFar) {
      double[] candidateErrors = points(soFar, s -> shareOrNothing(s.look().candidate()));
      double[] baselineErrors = points(soFar, s -> shareOrNothing(s.look().baseline()));
      double[] candidateP95 = points(soFar, Canary.Seen::candidateP95);
      double[] baselineP95 = points(soFar, Canary.Seen::baselineP95);
      return new Call(
          higher(candidateErrors, baselineErrors) || higher(candidateP95, baselineP95),
          higher(baselineErrors, candidateErrors) || higher(baselineP95, candidateP95));
    }
  };

  private static final double LIMIT = 0.05;
  private static final double FISHER_LEVEL = 0.05;
  private static final double KAYENTA_LEVEL = 0.01;

  /** What a rule says. */
  record Call(boolean worse, boolean better) {
    static final Call NOTHING = new Call(false, false);

    /** Over a whole canary, which ends when it is called worse. */
    static Call overAll(List<Call> looks) {
      return new Call(
          looks.stream().anyMatch(Call::worse),
          looks.stream().takeWhile(call -> !call.worse()).anyMatch(Call::better));
    }
  }

  /** At the last look. */
  abstract Call call(List<Canary.Seen> soFar);

  Call overAll(Canary canary) {
    return Call.overAll(
        IntStream.rangeClosed(1, canary.seen().size())
            .mapToObj(looks -> call(canary.seen().subList(0, looks)))
            .toList());
  }

  private static double share(Side side) {
    return side.requests() == 0 ? 0 : (double) side.errors() / side.requests();
  }

  private static double shareOrNothing(Side side) {
    return side.requests() == 0 ? Double.NaN : share(side);
  }

  private static boolean fisher(int[][] table, AlternativeHypothesis alternative) {
    return FisherExactTest.withDefaults().with(alternative).test(table).getPValue() < FISHER_LEVEL;
  }

  private static double[] points(List<Canary.Seen> soFar, ToDoubleFunction<Canary.Seen> point) {
    return soFar.stream().mapToDouble(point).filter(p -> !Double.isNaN(p)).toArray();
  }

  private static boolean higher(double[] suspect, double[] other) {
    return suspect.length > 0
        && other.length > 0
        && MannWhitneyUTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN)
                .test(suspect, other)
                .getPValue()
            < KAYENTA_LEVEL;
  }

  private record Sides(Side candidate, Side baseline) {
    private static Sides ofLastRung(List<Canary.Seen> soFar) {
      int rung = soFar.getLast().look().rung();
      return soFar.stream()
          .map(Canary.Seen::look)
          .filter(look -> look.rung() == rung)
          .map(look -> new Sides(look.candidate(), look.baseline()))
          .reduce(new Sides(Side.NONE, Side.NONE), Sides::plus);
    }

    private Sides plus(Sides more) {
      return new Sides(sum(candidate, more.candidate), sum(baseline, more.baseline));
    }

    private static Side sum(Side a, Side b) {
      return new Side(a.requests() + b.requests(), a.errors() + b.errors(), a.slow() + b.slow());
    }
  }
}
