package dev.rollbackbot.domain.job;

import dev.rollbackbot.domain.job.Move.Measure;
import dev.rollbackbot.domain.job.Move.Need;
import dev.rollbackbot.domain.job.Move.Wait;
import dev.rollbackbot.domain.job.Move.Write;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.Evidence;
import dev.rollbackbot.domain.journal.Journal.News;
import dev.rollbackbot.domain.journal.Journal.ProbeResult;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The rules that advance a rollback: from what is observed and measured to the next move.
 *
 * <p>Pure, so that any driver, after any crash, comes to the same move; a move made twice is
 * harmless because the second write no longer finds its basis.
 */
public final class Progress {
  static final Duration SECOND_LOOK = Duration.ofSeconds(1);

  /** Logs that are later than this are not waited for. */
  private static final Duration LATEST = Duration.ofSeconds(60);

  /** Between two looks at late logs; the platform allows 60 reads a minute, and people read too. */
  static final Duration LATE_LOOK = Duration.ofSeconds(10);

  private final Limits limits;

  public Progress(Limits limits) {
    this.limits = limits;
  }

  public Limits limits() {
    return limits;
  }

  /** The next move of this driver. */
  public Move next(Observed observed, Readings readings, Instant now, String driver) {
    Move move = advance(observed, readings, now, driver);
    return move instanceof Wait wait
        ? Telling.before(wait, observed.journal(), readings, now, driver, limits.stale())
        : move;
  }

  private Move advance(Observed observed, Readings readings, Instant now, String driver) {
    Journal journal = observed.journal();
    Instant mayJoin = mayJoin(journal);
    if (!journal.driver().equals(driver) && journal.state().moves() && now.isBefore(mayJoin)) {
      return new Wait(mayJoin);
    }
    return switch (journal.state()) {
      case PREPARING -> prepare(observed, readings, now, driver);
      case HELD -> hold(observed, now, driver);
      case SETTLING -> new Rungs(this, observed, now, driver).settle(readings);
      case WATCHING, HOLDING -> new Rungs(this, observed, now, driver).look(readings);
      case SWITCHING -> new Switched(this, observed, now, driver).settle(readings);
      case VERIFYING -> new Switched(this, observed, now, driver).verify(readings);
      case UNDOING -> {
        boolean reverts = journal.ending() == Ending.REVERTED;
        yield back(observed, readings, reverts ? Ending.REVERTED : Ending.UNDONE, now, driver);
      }
      case RETURN_PREPARING -> new WayToNewest(observed, now, driver).next(readings, limits);
      case RETURNING -> back(observed, readings, Ending.RETURNED, now, driver);
      case OPEN -> watch(observed, now, driver);
      case STUCK, CLOSED -> new Wait(Instant.MAX);
    };
  }

  /** From when another driver than the one named may act. */
  private Instant mayJoin(Journal journal) {
    return switch (journal.state()) {
      case VERIFYING, HELD -> journal.until().plus(limits.stale());
      // Probing keeps its driver busy for longer than a read does.
      case PREPARING, RETURN_PREPARING -> journal.since().plus(limits.stale().multipliedBy(2));
      case WATCHING, HOLDING -> Rungs.mayJoin(journal, limits);
      case SETTLING, SWITCHING, UNDOING, RETURNING, OPEN, STUCK, CLOSED ->
          journal.since().plus(limits.stale());
    };
  }

  /** How long the logs of a time of this length are waited for. */
  static Duration patience(Duration time) {
    return time.compareTo(LATEST) < 0 ? time : LATEST;
  }

  private Move prepare(Observed observed, Readings readings, Instant now, String driver) {
    Journal journal = observed.journal();
    if (observed.moved()) {
      return close(observed, Ending.MOVED, now, driver);
    }
    RevisionName target = journal.aim().target();
    Making making =
        switch (journal.aim().route()) {
          case SHIFT ->
              cannotStart(observed.target())
                  .<Making>map(Making.Failed::new)
                  .orElseGet(Making.Ready::new);
          case REDEPLOY -> Making.of(observed.target(), target, !now.isBefore(journal.until()));
        };
    return switch (making) {
      case Making.Under() -> new Wait(now.plus(SECOND_LOOK));
      case Making.Failed(String why) -> failed(observed, why, now, driver);
      case Making.Called(RevisionName name) ->
          new Write(
              new Step.AddTag(journal.tag(), name),
              journal
                  .withAim(journal.aim().at(name))
                  .next(
                      JobState.PREPARING,
                      Ending.NONE,
                      now,
                      limits.renewed(journal.until(), now),
                      driver));
      case Making.Ready() -> probe(observed, readings, now, driver);
    };
  }

  /** No user met it; after a redeploy they keep the names that its first write gave them. */
  private static Write failed(Observed observed, String why, Instant now, String driver) {
    Journal journal = observed.journal();
    var failed = new ProbeResult(0, 0, 0, why);
    return new Write(
        new Step.DropTag(journal.tag()),
        journal
            .next(JobState.CLOSED, Ending.FAILED, now, now, driver)
            .withLive(observed.state().live())
            .withEvidence(evidence(journal, Optional.of(failed), Optional.empty())));
  }

  private Move probe(Observed observed, Readings readings, Instant now, String driver) {
    Journal journal = observed.journal();
    RevisionName target = journal.aim().target();
    if (observed.state().tagUrl(journal.tag(), target).isEmpty()) {
      if (!journal.aim().probeable() && observed.state().wanted().hasTag(journal.tag())) {
        return shift(journal, now, driver);
      }
      return withoutAddress(observed, now, driver);
    }
    if (!journal.aim().probeable()) {
      return shift(journal, now, driver);
    }
    if (readings.tagged().isEmpty()) {
      return new Measure(Need.PROBES);
    }
    ProbeResult probe = readings.tagged().get();
    Journal probed =
        journal
            .withTimes(journal.times().probedAt(now))
            .withEvidence(evidence(journal, readings.tagged(), readings.live()));
    return probe.passed() ? shift(probed, now, driver) : held(probed, now, driver);
  }

  /**
   * The platform may go on showing the last good state while the newest revision fails, so a target
   * that runs never gets its address: then a person decides, and users are not its first test.
   */
  private Move withoutAddress(Observed observed, Instant now, String driver) {
    Journal journal = observed.journal();
    boolean runs = observed.target().filter(Revision::ready).isPresent();
    boolean hidden =
        observed.state().failure().isPresent()
            && !now.isBefore(journal.since().plus(limits.served().multipliedBy(3)));
    boolean overdue = !now.isBefore(journal.until());
    if (!hidden && !overdue) {
      return new Wait(now.plus(SECOND_LOOK));
    }
    if (!runs) {
      return overdue
          ? close(observed, Ending.FAILED, now, driver)
          : new Wait(now.plus(SECOND_LOOK));
    }
    var unseen = new ProbeResult(0, 0, 0, "the platform does not show its address");
    return held(
        journal.withEvidence(evidence(journal, Optional.of(unseen), Optional.empty())),
        now,
        driver);
  }

  private Write held(Journal journal, Instant now, String driver) {
    return new Write(
        new Step.Note(),
        journal.next(
            JobState.HELD, Ending.NONE, now, journal.acceptedAt().plus(limits.hold()), driver));
  }

  private Move hold(Observed observed, Instant now, String driver) {
    if (observed.moved()) {
      return close(observed, Ending.MOVED, now, driver);
    }
    return now.isBefore(observed.journal().until())
        ? new Wait(observed.journal().until())
        : close(observed, Ending.STOPPED, now, driver);
  }

  /**
   * Whether it is time to ask if the target has answered anybody, and that would prove a switch: a
   * target that had users before answers some whether it took effect or not.
   */
  boolean servedProves(Journal journal, Instant now) {
    return !now.isBefore(journal.since().plus(limits.served()))
        && !journal.before().percents().containsKey(journal.aim().target());
  }

  private Move back(
      Observed observed, Readings readings, Ending ending, Instant now, String driver) {
    return WayBack.next(observed, readings, ending, now, driver)
        .orElseGet(() -> rest(observed, Ending.UNKNOWN, Optional.empty(), now, driver));
  }

  /** An open rollback: others' deploys and changes are noticed, each once. */
  private Move watch(Observed observed, Instant now, String driver) {
    if (observed.moved()) {
      return close(observed, Ending.TAKEN_OVER, now, driver);
    }
    return deployed(observed, now, driver).<Move>map(w -> w).orElseGet(() -> new Wait(Instant.MAX));
  }

  /** Notes a revision that a deploy made, and that got no users because they are named. */
  static Optional<Write> deployed(Observed observed, Instant now, String driver) {
    Journal journal = observed.journal();
    Optional<RevisionName> latest = observed.state().latestReady();
    // What the bot made itself is no deploy.
    boolean ours = latest.filter(journal.aim().target()::equals).isPresent();
    if (latest.isEmpty() || ours || latest.equals(journal.newest())) {
      return Optional.empty();
    }
    return Optional.of(
        new Write(
            new Step.Note(),
            journal
                .next(journal.state(), journal.ending(), journal.since(), journal.until(), driver)
                .withNewest(latest)
                .owing(News.DEPLOY, now)));
  }

  /** Gives users to the target: all of them, or a canary's next share. */
  Write shift(Journal journal, Instant now, String driver) {
    Optional<Canary> higher = journal.canary().map(canary -> canary.higher(now));
    RevisionName target = journal.aim().target();
    LiveSplit split =
        higher
            .map(canary -> journal.before().giving(target, canary.percent()))
            .orElseGet(() -> LiveSplit.all(target));
    boolean all = split.isAll(target);
    Journal next =
        journal
            .next(
                all ? JobState.SWITCHING : JobState.SETTLING,
                Ending.NONE,
                now,
                now.plus(limits.settle()),
                driver)
            .withLive(split)
            .withCloser(Optional.empty())
            .withTimes(all ? journal.times().switchedAt(now) : journal.times());
    return new Write(new Step.Share(split), higher.map(next::withCanary).orElse(next));
  }

  /** Comes to rest on the target, open. */
  Write rest(
      Observed observed,
      Ending ending,
      Optional<Readings.Assessment> assessment,
      Instant now,
      String driver) {
    Journal journal = observed.journal();
    Evidence evidence = journal.evidence();
    return new Write(
        new Step.DropTag(journal.tag()),
        journal
            .next(JobState.OPEN, ending, now, now, driver)
            .withTimes(journal.times().restedAt(now))
            .withEvidence(
                new Evidence(
                    evidence.target(),
                    evidence.live(),
                    assessment.flatMap(Readings.Assessment::figures).or(evidence::figures))));
  }

  /** Ends it and takes our tag away; what users have stays as it is. */
  static Write close(Observed observed, Ending ending, Instant now, String driver) {
    Journal journal = observed.journal();
    Journal closed =
        journal.next(JobState.CLOSED, ending, now, now, driver).withLive(observed.state().live());
    return new Write(
        new Step.DropTag(journal.tag()),
        ending == Ending.TAKEN_OVER || ending == Ending.MOVED
            ? closed.withCloser(observed.state().lastStranger())
            : closed);
  }

  private static Optional<String> cannotStart(Optional<Revision> target) {
    return target.isEmpty()
        ? Optional.of("the revision was deleted")
        : target.flatMap(Revision::failure);
  }

  static Evidence evidence(
      Journal journal, Optional<ProbeResult> tagged, Optional<ProbeResult> live) {
    return new Evidence(tagged, live, journal.evidence().figures());
  }
}
