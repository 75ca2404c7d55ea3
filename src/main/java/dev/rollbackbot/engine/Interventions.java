package dev.rollbackbot.engine;

import dev.rollbackbot.domain.job.Intervention;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.job.Move;
import dev.rollbackbot.domain.job.Observed;
import dev.rollbackbot.domain.job.Progress;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.engine.StepRunner.Outcome;
import dev.rollbackbot.port.CloudRun;
import dev.rollbackbot.port.WorldException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** A person's word on a rollback, from a button, typed, or at the terminal: one write. */
public final class Interventions {
  /** Somebody wrote in between, and users have what they had. */
  private static final Result OVERTAKEN = new Result.Not(Problem.refusal(Code.BUTTON_OUTDATED));

  private final CloudRun cloudRun;
  private final StepRunner runner;
  private final Cards cards;
  private final InstantSource clock;
  private final String bot;
  private final String driver;

  public Interventions(
      CloudRun cloudRun,
      StepRunner runner,
      Cards cards,
      InstantSource clock,
      String bot,
      String driver) {
    this.cloudRun = cloudRun;
    this.runner = runner;
    this.cards = cards;
    this.clock = clock;
    this.bot = bot;
    this.driver = driver;
  }

  /** What the word was bound to when it was shown; a typed word is bound to nothing. */
  public record Bound(String jobId, int seq) {}

  /** What became of the word. */
  public sealed interface Result {
    record Did(ServiceState after, Journal journal) implements Result {}

    record Not(Problem problem) implements Result {}
  }

  /** The job that stands on a service as it is to be seen now, with its state. */
  public Optional<Observed> standing(ServiceSettings settings) {
    ServiceState state = cloudRun.read(settings.id());
    return cloudRun.journal(state, bot) instanceof JournalReading.Found(Journal journal)
        ? Optional.of(new Observed(state, journal.seenAt(clock.instant()), Optional.empty()))
        : Optional.empty();
  }

  /**
   * Does it.
   *
   * @throws WorldException when Cloud Run does not answer; nothing was decided then
   */
  public Result act(JobAction action, ServiceSettings settings, Optional<Bound> bound, String who) {
    return act(action, settings, bound, who, Optional.empty());
  }

  /**
   * Does what a button says, once: where this person's click has acted already, that is said again.
   *
   * @param objection why it may not act now, however right the button is
   * @throws WorldException when Cloud Run does not answer; nothing was decided then
   */
  public Result press(
      JobAction action,
      ServiceSettings settings,
      Bound bound,
      String who,
      Optional<Problem> objection) {
    return act(action, settings, Optional.of(bound), who, objection);
  }

  private Result act(
      JobAction action,
      ServiceSettings settings,
      Optional<Bound> bound,
      String who,
      Optional<Problem> objection) {
    Result first = once(action, settings, bound, who, objection);
    // Most likely a canary was looked at just then, which changes nothing for whoever stops it.
    return first.equals(OVERTAKEN) ? once(action, settings, bound, who, objection) : first;
  }

  private Result once(
      JobAction action,
      ServiceSettings settings,
      Optional<Bound> bound,
      String who,
      Optional<Problem> objection) {
    ServiceState state = cloudRun.read(settings.id());
    JournalReading reading = cloudRun.journal(state, bot);
    return switch (reading) {
      case JournalReading.Found(Journal found) ->
          act(
              action,
              settings,
              new Observed(state, found.seenAt(clock.instant()), Optional.empty()),
              bound,
              who,
              objection);
      case JournalReading.Absent _ -> not(objection, Problem.refusal(Code.NO_OPEN_JOB));
      case JournalReading.Unreadable _ -> not(objection, Problem.refusal(Code.JOURNAL_UNREADABLE));
      case JournalReading.Foreign(String why) ->
          not(objection, Problem.refusal(Code.JOURNAL_FOREIGN, Map.of("detail", why)));
    };
  }

  private static Result not(Optional<Problem> objection, Problem otherwise) {
    return new Result.Not(objection.orElse(otherwise));
  }

  private Result act(
      JobAction action,
      ServiceSettings settings,
      Observed observed,
      Optional<Bound> bound,
      String who,
      Optional<Problem> objection) {
    Journal journal = observed.journal();
    if (bound.filter(b -> didIt(action, b, journal, who)).isPresent()) {
      return new Result.Did(observed.state(), journal);
    }
    if (objection.isPresent()) {
      return new Result.Not(objection.get());
    }
    if (bound.isPresent() && outdated(action, bound.get(), journal)) {
      return new Result.Not(Problem.refusal(Code.BUTTON_OUTDATED));
    }
    boolean moved = !observed.state().live().equals(journal.live());
    boolean possible = Intervention.possible(observed.state(), journal).contains(action);
    if (moved && possible && action != JobAction.KEEP) {
      return new Result.Not(moved(journal.live(), observed.state()));
    }
    var intervention = new Intervention(new Progress(settings.limits()));
    Observed complete = observed(action, observed.state(), journal);
    return switch (intervention.decide(action, complete, who, clock.instant(), driver)) {
      case Intervention.Decision.No(Problem problem) -> new Result.Not(problem);
      case Intervention.Decision.Act(Move.Write write) -> write(write, observed.state(), settings);
    };
  }

  /** What a word needs to know: to put a template back, the revision that held it. */
  Observed observed(JobAction action, ServiceState state, Journal journal) {
    boolean needed =
        action == JobAction.RESTORE && Intervention.possible(state, journal).contains(action);
    return new Observed(
        state,
        journal,
        needed
            ? journal.aim().redeployment().flatMap(r -> cloudRun.revision(state.id(), r.template()))
            : Optional.empty());
  }

  /** What became of a tag that was left behind. */
  public sealed interface Cleared {
    record Gone(ServiceState after) implements Cleared {}

    record Not(Problem problem) implements Cleared {}
  }

  /**
   * Takes a tag away that no rollback uses.
   *
   * @param uid of the service on which it was seen
   * @throws WorldException when Cloud Run does not answer
   */
  public Cleared clear(ServiceSettings settings, String uid, String tag, String who) {
    ServiceState state = cloudRun.read(settings.id());
    JournalReading reading = cloudRun.journal(state, bot);
    boolean used =
        reading instanceof JournalReading.Found(Journal journal)
            && journal.state().moves()
            && journal.tag().equals(tag);
    if (!state.uid().equals(uid) || used) {
      return new Cleared.Not(Problem.refusal(Code.BUTTON_OUTDATED));
    }
    if (reading instanceof JournalReading.Foreign(String why)) {
      return new Cleared.Not(Problem.refusal(Code.JOURNAL_FOREIGN, Map.of("detail", why)));
    }
    return switch (runner.clear(state, tag, who)) {
      case Outcome.Landed(ServiceState after) -> new Cleared.Gone(after);
      case Outcome.Moved _ -> new Cleared.Not(Problem.refusal(Code.BUTTON_OUTDATED));
      case Outcome.Refused(WorldException why) ->
          new Cleared.Not(Problems.ofCloudRun(why, settings.id()));
      case Outcome.Unknown(WorldException why) -> throw why;
    };
  }

  private static boolean didIt(JobAction action, Bound bound, Journal journal, String who) {
    return bound.jobId().equals(journal.jobId())
        && bound.seq() < journal.seq()
        && Intervention.did(action, journal, who);
  }

  /** Makes the write of a word on what was looked at, and tells of it. */
  Result write(Move.Write write, ServiceState basis, ServiceSettings settings) {
    Move.Write complete = new Move.Write(write.step(), cards.withIncident(write.next()));
    return switch (runner.run(complete, basis)) {
      case Outcome.Landed landed -> {
        if (!runner.carriedOn(landed, complete.next())) {
          cards.wrote(landed.after(), complete.next(), settings);
        }
        yield new Result.Did(landed.after(), complete.next());
      }
      case Outcome.Moved(ServiceState now) ->
          now.live().equals(basis.live()) ? OVERTAKEN : new Result.Not(moved(basis.live(), now));
      case Outcome.Refused(WorldException why) ->
          new Result.Not(Problems.ofCloudRun(why, settings.id()));
      case Outcome.Unknown(WorldException why) -> throw why;
    };
  }

  /**
   * Stop, keep and undo mean the same whatever the rollback has done since; the others name a
   * revision in their dialog, so for them nothing may have changed.
   */
  private static boolean outdated(JobAction action, Bound bound, Journal journal) {
    boolean otherJob = !bound.jobId().equals(journal.jobId());
    return switch (action) {
      case STOP, KEEP, UNDO -> otherJob;
      case NEWEST, RESTORE, GO_ON, HOLD_HERE, WAIT, SWITCH_ANYWAY ->
          otherJob || bound.seq() != journal.seq();
    };
  }

  /** Somebody moved the service: what it was, what it is, and who. */
  static Problem moved(LiveSplit was, ServiceState now) {
    return Problem.refusal(
        Code.SERVICE_MOVED,
        Map.of("was", was.asArgument(), "now", now.live().asArgument(), "by", now.lastModifier()));
  }
}
