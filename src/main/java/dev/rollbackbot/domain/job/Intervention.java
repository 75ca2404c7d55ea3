package dev.rollbackbot.domain.job;

import dev.rollbackbot.domain.job.Move.Write;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.Ladder.Advance;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.plan.NewRevision;
import dev.rollbackbot.domain.plan.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a person's word does to a rollback: the write it makes, or why it makes none. */
public final class Intervention {
  private final Progress progress;

  public Intervention(Progress progress) {
    this.progress = progress;
  }

  /** The write, or the problem. */
  public sealed interface Decision {
    record Act(Write write) implements Decision {}

    record No(Problem problem) implements Decision {}
  }

  /** What may be done with this rollback now, in the order of the card. */
  public static List<JobAction> possible(ServiceState state, Journal journal) {
    return possibleIn(state, journal).stream()
        // It has moved nobody yet, so there is nothing to put back.
        .filter(action -> action != JobAction.UNDO || !journal.tookBackAPin())
        .toList();
  }

  private static List<JobAction> possibleIn(ServiceState state, Journal journal) {
    return switch (journal.state()) {
      case PREPARING, SETTLING, SWITCHING, VERIFYING, RETURN_PREPARING -> List.of(JobAction.STOP);
      case WATCHING ->
          goesOnByItself(journal)
              ? List.of(JobAction.HOLD_HERE, JobAction.STOP)
              : List.of(JobAction.STOP);
      case HOLDING -> List.of(JobAction.GO_ON, JobAction.WAIT, JobAction.STOP);
      case HELD -> List.of(JobAction.STOP, JobAction.SWITCH_ANYWAY);
      case OPEN, STUCK ->
          splitByUs(journal)
              ? List.of(JobAction.UNDO)
              : List.of(JobAction.KEEP, JobAction.UNDO, wayToNewest(state, journal));
      case CLOSED ->
          switch (journal.ending()) {
            // What was kept still pins the service.
            case KEPT -> List.of(wayToNewest(state, journal));
            case FAILED, STOPPED, UNDONE, REVERTED, NEWEST_UNWELL ->
                leftPinned(state, journal) ? List.of(wayToNewest(state, journal)) : List.of();
            case NONE, VERIFIED, UNPROVEN, BAD, UNKNOWN, MOVED, TAKEN_OVER, RETURNED -> List.of();
          };
      case UNDOING, RETURNING -> List.of();
    };
  }

  private static boolean goesOnByItself(Journal journal) {
    return journal.canary().filter(c -> c.ladder().advance() == Advance.AUTO).isPresent();
  }

  /** A canary got stuck half-way: a split that nobody looks at is not kept. */
  private static boolean splitByUs(Journal journal) {
    return journal.canary().filter(c -> c.rung() >= 0).isPresent()
        && !journal.live().isAll(journal.aim().target());
  }

  /**
   * How users come to follow LATEST again: after a redeploy, as long as nobody has deployed over
   * it, LATEST is the old code, so the template is put back first.
   */
  public static JobAction wayToNewest(ServiceState state, Journal journal) {
    return templateIsOurs(state, journal) ? JobAction.RESTORE : JobAction.NEWEST;
  }

  /** A redeploy pins users by name, and only the way to the newest takes that back. */
  private static boolean leftPinned(ServiceState state, Journal journal) {
    return journal.aim().route() == Route.REDEPLOY && state.pinned();
  }

  /** Every change of a template makes a revision, so the last one made tells whose it is. */
  private static boolean templateIsOurs(ServiceState state, Journal journal) {
    return journal.aim().route() == Route.REDEPLOY
        && state.latestCreated().equals(Optional.of(journal.aim().target()));
  }

  /**
   * Whether the journal shows that this person's click has acted already: a click that is delivered
   * again must not be told that it came too late.
   */
  public static boolean did(JobAction action, Journal journal, String who) {
    return journal.actors().closer().filter(who::equals).isPresent()
        && Acted.shows(action, journal);
  }

  /** Decides on one word. {@code who} is noted as the one whose word it was. */
  public Decision decide(
      JobAction action, Observed observed, String who, Instant now, String driver) {
    Journal journal = observed.journal();
    JobState state = journal.state();
    return switch (action) {
      case STOP -> stop(observed, who, now, driver);
      case KEEP ->
          state.atRest() && !splitByUs(journal) ? keep(journal, who, now, driver) : notOpen(state);
      case UNDO ->
          possible(observed.state(), journal).contains(JobAction.UNDO) || state.splits()
              ? undo(observed, who, now, driver)
              : notOpen(state);
      case NEWEST ->
          possible(observed.state(), journal).contains(JobAction.NEWEST)
              ? newest(observed, who, now, driver)
              : notOpen(state);
      case RESTORE ->
          possible(observed.state(), journal).contains(JobAction.RESTORE)
              ? restore(observed, who, now, driver)
              : notOpen(state);
      case SWITCH_ANYWAY ->
          state == JobState.HELD
              ? shift(journal, who, now, driver)
              : no(Code.BUTTON_OUTDATED, Map.of());
      case GO_ON ->
          state == JobState.HOLDING
              ? shift(journal, who, now, driver)
              : no(Code.NO_CANARY, Map.of());
      case HOLD_HERE ->
          state == JobState.WATCHING
              ? note(Rungs.held(journal, now, driver), who)
              : no(Code.NO_CANARY, Map.of());
      case WAIT ->
          state == JobState.HOLDING
              ? note(lookedAtForLonger(journal, now, driver), who)
              : no(Code.NO_CANARY, Map.of());
    };
  }

  private Decision shift(Journal journal, String who, Instant now, String driver) {
    Write write = progress.shift(journal, now, driver);
    return new Decision.Act(new Write(write.step(), write.next().closedBy(who)));
  }

  private static Decision note(Journal next, String who) {
    return new Decision.Act(new Write(new Step.Note(), next.closedBy(who)));
  }

  /** Until the end of the next look that is to come anyhow. */
  private static Journal lookedAtForLonger(Journal journal, Instant now, String driver) {
    Instant end = journal.canary().orElseThrow().endAfter(now);
    return journal.next(JobState.WATCHING, Ending.NONE, now, end, driver);
  }

  /** What got stuck before it moved users leaves them, and its tag may still be there. */
  private static Decision keep(Journal journal, String who, Instant now, String driver) {
    Ending left = journal.times().switched().isPresent() ? Ending.UNDONE : Ending.STOPPED;
    Ending ending = journal.live().isAll(journal.aim().target()) ? Ending.KEPT : left;
    Step step =
        journal.state() == JobState.STUCK ? new Step.DropTag(journal.tag()) : new Step.Note();
    return new Decision.Act(
        new Write(step, journal.next(JobState.CLOSED, ending, now, now, driver).closedBy(who)));
  }

  private Decision stop(Observed observed, String who, Instant now, String driver) {
    Journal journal = observed.journal();
    return switch (journal.state()) {
      case PREPARING, HELD ->
          new Decision.Act(
              new Write(
                  new Step.DropTag(journal.tag()),
                  journal.next(JobState.CLOSED, Ending.STOPPED, now, now, driver).closedBy(who)));
      case SETTLING, WATCHING, HOLDING, SWITCHING, VERIFYING -> undo(observed, who, now, driver);
      case RETURN_PREPARING ->
          new Decision.Act(
              new Write(
                  new Step.DropTag(journal.tag()),
                  stoppedReturn(journal, now, driver).closedBy(who)));
      case UNDOING, RETURNING ->
          no(Code.ALREADY_ON_THE_WAY_BACK, Map.of("state", journal.state().name()));
      case STUCK -> no(Code.JOB_NOT_STOPPABLE, Map.of("state", JobState.STUCK.name()));
      // How it ended says more than that it did.
      case OPEN, CLOSED -> no(Code.JOB_NOT_STOPPABLE, Map.of("state", journal.ending().name()));
    };
  }

  /**
   * An open rollback stays open, one that had ended is as it had ended; a pin that others made
   * simply stays.
   */
  private static Journal stoppedReturn(Journal journal, Instant now, String driver) {
    if (journal.tookBackAPin()) {
      return journal.next(JobState.CLOSED, Ending.KEPT, now, now, driver);
    }
    JobState state = WayToNewest.withoutReturn(journal);
    Ending ending = state == JobState.OPEN ? Ending.UNPROVEN : journal.ending();
    return journal.next(state, ending, now, now, driver);
  }

  private Decision undo(Observed observed, String who, Instant now, String driver) {
    Journal journal = observed.journal();
    if (journal.before().percents().isEmpty()) {
      return no(Code.BEFORE_GONE, Map.of("revision", "-"));
    }
    Write write = WayBack.write(observed, journal, Ending.NONE, progress.limits(), now, driver);
    return new Decision.Act(new Write(write.step(), write.next().closedBy(who)));
  }

  private Decision newest(Observed observed, String who, Instant now, String driver) {
    Journal journal = observed.journal();
    Optional<RevisionName> latest = observed.state().latestReady();
    if (latest.isEmpty() || observed.state().wanted().isLatest100()) {
      return no(Code.NOTHING_NEWER, Map.of());
    }
    return new Decision.Act(
        new Write(
            new Step.AddTag(journal.tag(), latest.get()),
            journal
                .next(
                    JobState.RETURN_PREPARING,
                    Ending.NONE,
                    now,
                    now.plus(progress.limits().prepare()),
                    driver)
                .withNewest(latest)
                .closedBy(who)));
  }

  /**
   * Makes a revision of the template as it was before the redeploy. {@code observed.target()} is
   * the revision that held it.
   */
  private Decision restore(Observed observed, String who, Instant now, String driver) {
    Journal journal = observed.journal();
    Journal.Redeployment redeployment = journal.aim().redeployment().orElseThrow();
    Optional<Revision> held = observed.target();
    Map<String, String> details = Map.of("revision", redeployment.template().value());
    if (held.isEmpty()) {
      return no(Code.BEFORE_GONE, details);
    }
    // By a tag another image may come, which nobody has seen.
    if (held.get().image().digest().isEmpty()) {
      return no(Code.DIGEST_UNKNOWN, details);
    }
    RevisionName fresh =
        NewRevision.freshName(observed.state().id(), journal.jobId(), journal.seq() + 1);
    return new Decision.Act(
        new Write(
            new Step.Make(
                new NewRevision(
                    fresh,
                    redeployment.named(),
                    new NewRevision.Source.Of(redeployment.template())),
                journal.tag(),
                observed.state().live()),
            journal
                .withAim(journal.aim().restoredBy(fresh))
                // How it ended is still so if this is stopped, where it had ended.
                .next(
                    JobState.RETURN_PREPARING,
                    journal.ending(),
                    now,
                    now.plus(progress.limits().prepare()),
                    driver)
                .withNewest(Optional.of(fresh))
                .closedBy(who)));
  }

  private static Decision notOpen(JobState state) {
    return switch (state) {
      case UNDOING, RETURNING -> no(Code.ALREADY_ON_THE_WAY_BACK, Map.of("state", state.name()));
      case PREPARING,
          HELD,
          SETTLING,
          WATCHING,
          HOLDING,
          SWITCHING,
          VERIFYING,
          RETURN_PREPARING,
          OPEN,
          STUCK,
          CLOSED ->
          no(Code.NO_OPEN_JOB, Map.of());
    };
  }

  private static Decision no(Code code, Map<String, String> details) {
    return new Decision.No(Problem.refusal(code, details));
  }
}
