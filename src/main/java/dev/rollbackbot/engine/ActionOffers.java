package dev.rollbackbot.engine;

import dev.rollbackbot.domain.approval.ActionOffer;
import dev.rollbackbot.domain.approval.Asked;
import dev.rollbackbot.domain.job.Intervention;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.job.Move;
import dev.rollbackbot.domain.job.Observed;
import dev.rollbackbot.domain.job.Progress;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.AcceptedOffer;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.plan.Fingerprint;
import dev.rollbackbot.domain.report.JobView;
import dev.rollbackbot.port.AuditLog;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Undo, the return to newest and switching anyway as offers: what each would do now, what that
 * means, and the one write that does it.
 *
 * <p>A return needs no rollback of ours: a pin that somebody else made is taken back by a job of
 * its own, see {@link Pins}.
 */
public final class ActionOffers {
  private final Pins pins;
  private final Interventions interventions;
  private final Cards cards;
  private final AuditLog audit;
  private final InstantSource clock;
  private final String driver;

  public ActionOffers(
      Pins pins,
      Interventions interventions,
      Cards cards,
      AuditLog audit,
      InstantSource clock,
      String driver) {
    this.pins = pins;
    this.interventions = interventions;
    this.cards = cards;
    this.audit = audit;
    this.clock = clock;
    this.driver = driver;
  }

  /** What an action would meet now. */
  public sealed interface Look {
    record Possible(Prospect prospect) implements Look {}

    record No(Problem problem) implements Look {}
  }

  /**
   * What an action would do.
   *
   * @param write its journal is of the rollback that stands, or of one that begins with it
   * @param begins whether it begins one of its own
   */
  public record Prospect(
      JobAction action, ServiceState state, Move.Write write, Journal shown, boolean begins) {

    /** What it means: it changes when, and only when, something else would be done. */
    public String fingerprint() {
      return Fingerprint.of(
          action.id(),
          state.uid(),
          state.live().asArgument(),
          begins ? "-" : shown.jobId(),
          write.step().apply(state.wanted()).resolve(state.latestReady()).asArgument(),
          leadsTo());
    }

    private String leadsTo() {
      return switch (action) {
        case NEWEST -> shown.newest().map(RevisionName::value).orElse("-");
        case RESTORE -> state.template().hash();
        case STOP, KEEP, UNDO, GO_ON, HOLD_HERE, WAIT, SWITCH_ANYWAY -> "-";
      };
    }
  }

  /**
   * Looks at what an action would do on this service; where the way to the newest goes over the
   * template, that is what is looked at.
   */
  public Look look(
      JobAction asks,
      ServiceState state,
      JournalReading reading,
      ServiceSettings settings,
      Asked asked) {
    if (reading instanceof JournalReading.Foreign(String why)) {
      return new Look.No(Problem.refusal(Code.JOURNAL_FOREIGN, Map.of("detail", why)));
    }
    Optional<Journal> standing =
        reading instanceof JournalReading.Found(Journal journal)
            ? Optional.of(journal.seenAt(clock.instant()))
            : Optional.empty();
    JobAction action =
        asks == JobAction.NEWEST
            ? standing
                .filter(j -> stands(JobAction.RESTORE, j, state))
                .map(_ -> JobAction.RESTORE)
                .orElse(asks)
            : asks;
    if (standing.filter(j -> stands(action, j, state)).isPresent()) {
      return ofStanding(action, state, standing.get(), settings, asked);
    }
    if (standing.filter(j -> j.state().moves()).isPresent() || action != JobAction.NEWEST) {
      return new Look.No(
          action == JobAction.GO_ON
              ? Problem.refusal(Code.NO_CANARY)
              : unavailable(standing, state));
    }
    return switch (pins.takeBack(state, reading, settings, asked)) {
      case Pins.Found.No(Problem problem) -> new Look.No(problem);
      case Pins.Found.Return(Move.Write write) ->
          new Look.Possible(new Prospect(action, state, write, write.next(), true));
    };
  }

  /** The rollback that stands may be acted on, and nobody has moved the service since. */
  private static boolean stands(JobAction action, Journal journal, ServiceState state) {
    return Intervention.possible(state, journal).contains(action)
        && state.live().equals(journal.live());
  }

  private static Problem unavailable(Optional<Journal> standing, ServiceState state) {
    Optional<Journal> moved =
        standing.filter(
            j -> !Intervention.possible(state, j).isEmpty() && !state.live().equals(j.live()));
    if (moved.isPresent()) {
      return Interventions.moved(moved.get().live(), state);
    }
    return standing
        .filter(j -> j.state().moves())
        .map(
            j ->
                Problem.refusal(
                    Code.JOB_RUNNING,
                    Map.of("state", j.state().name(), "requester", j.actors().requester())))
        .orElseGet(() -> Problem.refusal(Code.NO_OPEN_JOB));
  }

  private Look ofStanding(
      JobAction action,
      ServiceState state,
      Journal journal,
      ServiceSettings settings,
      Asked asked) {
    var intervention = new Intervention(new Progress(settings.limits()));
    Observed observed = interventions.observed(action, state, journal);
    String who = asked.by().person();
    return switch (intervention.decide(action, observed, who, clock.instant(), driver)) {
      case Intervention.Decision.No(Problem problem) -> new Look.No(problem);
      case Intervention.Decision.Act(Move.Write write) ->
          new Look.Possible(
              new Prospect(action, state, write, journal.withNewest(state.latestReady()), false));
    };
  }

  /** The offer of what was looked at. */
  public ActionOffer offer(Prospect prospect, Asked asked, ServiceSettings settings) {
    return new ActionOffer(
        asked.id(),
        prospect.action(),
        settings.id().name(),
        asked.requester(),
        asked.at(),
        asked.at().plus(settings.offerLife()),
        prospect.fingerprint(),
        asked.reason());
  }

  /** How the offer is shown; {@code sealed} is what its button carries. */
  public JobView view(Prospect prospect, String sealed) {
    JobView view = cards.view(prospect.state(), prospect.shown());
    return view.linked(Optional.empty())
        .with(List.of(new JobView.Choice(prospect.action(), sealed)));
  }

  /**
   * Does it.
   *
   * @param here where it was offered, for a rollback that is told nowhere yet
   */
  public Interventions.Result take(
      Prospect prospect, Asked asked, Journal.Cards here, ServiceSettings settings) {
    Journal next = prospect.write().next();
    Journal.Cards told = next.cards();
    Journal complete =
        next.withAccepted(new AcceptedOffer(asked.id(), clock.instant(), asked.by().person()))
            .withCards(
                told.main().isPresent()
                    ? told
                    : new Journal.Cards(
                        here.main(), told.incident(), told.earlier(), here.language()));
    Interventions.Result result =
        interventions.write(
            new Move.Write(prospect.write().step(), complete), prospect.state(), settings);
    if (result instanceof Interventions.Result.Did) {
      note(prospect, asked, settings);
    }
    return result;
  }

  /** The journal does not keep who asked for it, nor why. */
  private void note(Prospect prospect, Asked asked, ServiceSettings settings) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("action", prospect.action().id());
    details.put("offer", asked.id());
    details.put("requester", asked.requester());
    asked
        .reason()
        .ifPresent(reason -> details.put(reason.alone() ? "alone" : "reason", reason.text()));
    audit.record(
        new AuditLog.Entry(
            clock.instant(), settings.id().name(), "approved", asked.by().person(), details));
  }
}
