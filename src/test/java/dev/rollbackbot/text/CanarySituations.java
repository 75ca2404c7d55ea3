package dev.rollbackbot.text;

import static dev.rollbackbot.text.Fixtures.BAD;
import static dev.rollbackbot.text.Fixtures.OLD;
import static dev.rollbackbot.text.Fixtures.SICK;
import static dev.rollbackbot.text.Fixtures.at;
import static dev.rollbackbot.text.Fixtures.times;

import dev.rollbackbot.domain.health.CanaryVerdict;
import dev.rollbackbot.domain.health.CanaryVerdict.Reason;
import dev.rollbackbot.domain.health.CanaryVerdict.Word;
import dev.rollbackbot.domain.health.Detectability;
import dev.rollbackbot.domain.health.Direction;
import dev.rollbackbot.domain.health.LiveRate;
import dev.rollbackbot.domain.health.Look;
import dev.rollbackbot.domain.health.Share;
import dev.rollbackbot.domain.health.Side;
import dev.rollbackbot.domain.health.SlowLine;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.Canary.Doubt;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.Ladder.Advance;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.plan.Caution;
import dev.rollbackbot.domain.plan.Known;
import dev.rollbackbot.domain.plan.Outlook;
import dev.rollbackbot.domain.plan.Plan;
import dev.rollbackbot.domain.report.JobView;
import dev.rollbackbot.domain.report.RollbackReport;
import dev.rollbackbot.text.Fixtures.JobMaker;
import dev.rollbackbot.text.Fixtures.PlanMaker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A canary from its offer to its end, as people are told of it. */
final class CanarySituations {
  private static final SlowLine LINE = new SlowLine(Duration.ofMillis(300));
  private static final CanaryVerdict BETTER =
      verdict(Word.BETTER, new Reason.FewerErrors(new Share(0, 42), new Share(121, 371)));
  private static final CanaryVerdict LITTLE =
      verdict(Word.NOT_ENOUGH_DATA, new Reason.TooFewRequests(4, 31, 20));
  private static final CanaryVerdict BOTH =
      verdict(Word.BOTH_BAD, new Reason.OverLimit(0.05, new Share(14, 42), new Share(121, 371)));
  private static final CanaryVerdict WORSE =
      verdict(
          Word.WORSE,
          new Reason.MoreErrors(new Share(19, 44), new Share(2, 390)),
          new Reason.Slower(LINE, new Share(12, 25), new Share(9, 388)));

  private final Map<String, RollbackReport> all = new LinkedHashMap<>();

  CanarySituations() {
    offers();
    JobMaker held =
        with(
            new JobMaker(JobState.HELD, Ending.NONE).stillOnBad(),
            -1,
            Advance.ASK,
            Optional.empty());
    add(
        "probe-failed",
        held.evidence(Optional.of(SICK), Optional.of(SICK))
            .actions(JobAction.STOP, JobAction.SWITCH_ANYWAY));
    add("settling", job(JobState.SETTLING, 0, Advance.ASK, Optional.empty(), JobAction.STOP));
    add("watching", job(JobState.WATCHING, 0, Advance.ASK, Optional.empty(), JobAction.STOP));
    add(
        "watching-auto",
        job(
            JobState.WATCHING,
            1,
            Advance.AUTO,
            Optional.of(BETTER),
            JobAction.HOLD_HERE,
            JobAction.STOP));
    JobMaker better = holding(0, BETTER);
    add("holding-better", better);
    all.put("incident-canary", new RollbackReport.Incident(better.make()));
    all.put(
        "action-go-on",
        new RollbackReport.ActionOffered(
            better.make().only(JobAction.GO_ON),
            JobAction.GO_ON,
            "U0AIKO",
            Optional.empty(),
            at("03:18:40"),
            at("03:33:40"),
            false));
    add("holding-little", holding(0, LITTLE));
    add("holding-both-bad", holding(1, BOTH));
    add("held", holding(1, BETTER).closedBy("U0BEN"));
    for (Doubt doubt : Doubt.values()) {
      JobMaker blind = holding(0, LITTLE);
      blind.canary = blind.canary.map(canary -> canary.doubted(doubt));
      blind.verdict = Optional.empty();
      add("holding-" + doubt.name().toLowerCase(Locale.ROOT), blind);
    }
    JobMaker reverting = new JobMaker(JobState.UNDOING, Ending.REVERTED).stillOnBad();
    add("reverting", with(reverting, 0, Advance.ASK, Optional.of(WORSE)));
    JobMaker reverted = new JobMaker(JobState.CLOSED, Ending.REVERTED).stillOnBad();
    add("reverted", with(reverted, 0, Advance.ASK, Optional.of(WORSE)));
  }

  Map<String, RollbackReport> all() {
    return all;
  }

  private void offers() {
    var back = new PlanMaker();
    back.steps =
        Optional.of(
            steps(
                Advance.ASK,
                new Outlook(
                    Direction.BACK,
                    Known.of(
                        new LiveRate(84, new Share(274, 840), Optional.of(Duration.ofMillis(240)))),
                    Optional.of(LINE),
                    List.of(
                        new Detectability(
                            Direction.BACK,
                            42,
                            378,
                            OptionalDouble.of(0.02),
                            OptionalDouble.of(0.2)),
                        new Detectability(
                            Direction.BACK,
                            210,
                            210,
                            OptionalDouble.of(0.1),
                            OptionalDouble.of(0.3))),
                    Duration.ofSeconds(15))));
    back.cautions = List.of(new Caution.ColdStarts());
    offer("offer-canary", back);

    var forward = new PlanMaker();
    forward.steps =
        Optional.of(
            steps(
                Advance.AUTO,
                new Outlook(
                    Direction.FORWARD,
                    Known.unknown("logs"),
                    Optional.empty(),
                    List.of(),
                    Duration.ofSeconds(15))));
    forward.cautions =
        List.of(
            new Caution.GoesForward(),
            new Caution.SessionAffinity(),
            new Caution.MinInstances("2"),
            new Caution.FactUnknown("logs"));
    forward.probeable = false;
    offer("offer-canary-forward", forward);

    var over = new PlanMaker();
    over.cautions = List.of(new Caution.TakesOverCanary("6831359", 10));
    offer("offer-takes-over", over);
  }

  private static Plan.Steps steps(Advance advance, Outlook outlook) {
    return new Plan.Steps(Ladder.standard().with(advance), outlook);
  }

  private void offer(String name, PlanMaker plan) {
    all.put(
        name,
        new RollbackReport.Offered(
            plan.make(),
            "U0AIKO",
            Optional.empty(),
            at("03:01:10"),
            at("03:16:10"),
            Optional.of("sealed"),
            Optional.empty()));
  }

  private static JobMaker holding(int rung, CanaryVerdict verdict) {
    return job(
        JobState.HOLDING,
        rung,
        Advance.ASK,
        Optional.of(verdict),
        JobAction.GO_ON,
        JobAction.WAIT,
        JobAction.STOP);
  }

  private static JobMaker job(
      JobState state,
      int rung,
      Advance advance,
      Optional<CanaryVerdict> verdict,
      JobAction... actions) {
    JobMaker maker = new JobMaker(state, Ending.NONE);
    maker.live = LiveSplit.all(BAD).giving(OLD, rung == 0 ? 10 : 50);
    maker.until = at("03:07:44");
    return with(maker, rung, advance, verdict).actions(actions);
  }

  private static JobMaker with(
      JobMaker maker, int rung, Advance advance, Optional<CanaryVerdict> verdict) {
    maker.times = times("03:02:31", "", "", "");
    Canary planned = Canary.of(Ladder.standard().with(advance), Direction.BACK, Optional.of(LINE));
    Canary began = rung < 0 ? planned : planned.higher(at("03:02:44"));
    Canary now = rung <= 0 ? began : began.higher(at("03:08:44"));
    maker.canary =
        Optional.of(
            verdict
                .map(
                    _ ->
                        now.saw(
                            new Look(rung, new Side(8, 0, 0), new Side(75, 24, 0)),
                            now.seenUntil().plusSeconds(60)))
                .orElse(now));
    maker.verdict = verdict;
    return maker;
  }

  private void add(String name, JobMaker maker) {
    JobView view = maker.make();
    all.put("card-canary-" + name, new RollbackReport.Card(view));
    all.put("line-canary-" + name, new RollbackReport.Line(view));
  }

  private static CanaryVerdict verdict(Word word, Reason... reasons) {
    return new CanaryVerdict(word, List.of(reasons));
  }
}
