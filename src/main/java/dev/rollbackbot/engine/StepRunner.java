package dev.rollbackbot.engine;

import dev.rollbackbot.domain.job.Move;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.model.TrafficSplit;
import dev.rollbackbot.domain.plan.NewRevision;
import dev.rollbackbot.domain.plan.Step;
import dev.rollbackbot.port.AuditLog;
import dev.rollbackbot.port.CloudRun;
import dev.rollbackbot.port.Timers;
import dev.rollbackbot.port.WorldException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The only hand that changes the world: one UpdateService with the effect and its journal.
 *
 * <p>Every write names its basis (the service's uid, the journal's seq, the live split by name) and
 * is never repeated blind: after a lost answer or a conflict the service is read again. Our journal
 * there: it landed. Basis unchanged: again, at most five times in ten seconds. Basis moved: no
 * more. Where users shall follow LATEST, what LATEST means belongs to the basis; where a revision
 * is made, the template that it is made of does.
 */
public final class StepRunner {
  private static final int MOST_TRIES = 5;
  private static final Duration MOST_TIME = Duration.ofSeconds(10);
  private static final Duration BETWEEN = Duration.ofMillis(300);

  private final CloudRun cloudRun;
  private final String bot;
  private final InstantSource clock;
  private final Timers timers;
  private final AuditLog audit;

  public StepRunner(
      CloudRun cloudRun, String bot, InstantSource clock, Timers timers, AuditLog audit) {
    this.cloudRun = cloudRun;
    this.bot = bot;
    this.clock = clock;
    this.timers = timers;
    this.audit = audit;
  }

  /** What became of a write. */
  public sealed interface Outcome {
    /** It landed; the state as read afterwards, or the basis where nobody answered any more. */
    record Landed(ServiceState after) implements Outcome {}

    /** Somebody else wrote first; nothing of ours is there. */
    record Moved(ServiceState now) implements Outcome {}

    /** It was refused, and did not land. */
    record Refused(WorldException why) implements Outcome {}

    /** Nobody answers: it may have landed. Whoever comes next reads it off the journal. */
    record Unknown(WorldException why) implements Outcome {}
  }

  /** Makes the write on this basis. */
  public Outcome run(Move.Write write, ServiceState basis) {
    Instant end = clock.instant().plus(MOST_TIME);
    ServiceState current = basis;
    boolean looked = true;
    WorldException last = new WorldException(WorldException.Kind.UNAVAILABLE, "not tried");
    for (int attempt = 1; attempt <= MOST_TRIES; attempt++) {
      if (looked) {
        try {
          send(current, write);
          note(write.next(), basis);
          return new Outcome.Landed(readAfter(current));
        } catch (WorldException e) {
          last = e;
          switch (e.kind()) {
            case DENIED, NOT_FOUND, REFUSED -> {
              return new Outcome.Refused(e);
            }
            case CONFLICT, UNAVAILABLE, QUOTA -> {
              // May have landed, or the etag moved without meaning: no second write without a look.
              looked = false;
            }
          }
        }
      }
      try {
        if (attempt > 1) {
          timers.pause(BETWEEN.multipliedBy(attempt));
        }
        current = cloudRun.read(basis.id());
        looked = true;
      } catch (WorldException e) {
        last = e;
      }
      if (looked && landed(current, write, basis)) {
        note(write.next(), basis);
        return new Outcome.Landed(current);
      }
      if (looked && !sameBasis(basis, current, write)) {
        return new Outcome.Moved(current);
      }
      if (clock.instant().isAfter(end)) {
        return new Outcome.Unknown(last);
      }
    }
    return new Outcome.Unknown(last);
  }

  private void send(ServiceState current, Move.Write write) {
    TrafficSplit traffic = write.step().apply(current.wanted());
    Optional<NewRevision> made = write.step().makes();
    if (made.isPresent()) {
      cloudRun.writeTemplate(current, traffic, made.get(), write.next());
    } else {
      cloudRun.write(current, traffic, write.next());
    }
  }

  /**
   * Takes a tag away that no rollback uses; users and every record stay as they are. Where it is
   * gone already, that is as good.
   */
  public Outcome clear(ServiceState basis, String tag, String who) {
    ServiceState current = basis;
    WorldException last = new WorldException(WorldException.Kind.UNAVAILABLE, "not tried");
    for (int attempt = 1; attempt <= MOST_TRIES; attempt++) {
      if (!current.uid().equals(basis.uid())) {
        return new Outcome.Moved(current);
      }
      if (!current.wanted().hasTag(tag)) {
        return new Outcome.Landed(current);
      }
      try {
        cloudRun.write(current, current.wanted().withoutTag(tag));
        audit.record(
            new AuditLog.Entry(
                clock.instant(), basis.id().name(), "TAG_REMOVED", who, Map.of("tag", tag)));
        return new Outcome.Landed(readAfter(current));
      } catch (WorldException e) {
        last = e;
        switch (e.kind()) {
          case DENIED, NOT_FOUND, REFUSED -> {
            return new Outcome.Refused(e);
          }
          case CONFLICT, UNAVAILABLE, QUOTA -> {
            timers.pause(BETWEEN.multipliedBy(attempt));
            current = readAfter(current);
          }
        }
      }
    }
    return new Outcome.Unknown(last);
  }

  /** Whether somebody has carried on what landed; who did so tells of it too. */
  public boolean carriedOn(Outcome.Landed landed, Journal ours) {
    return cloudRun.journal(landed.after(), bot) instanceof JournalReading.Found(Journal found)
        && found.seq() > ours.seq();
  }

  private ServiceState readAfter(ServiceState basis) {
    try {
      return cloudRun.read(basis.id());
    } catch (WorldException e) {
      return basis;
    }
  }

  /**
   * Whether this very write stands there, or stood there until another carried it on. The same
   * worker may handle two clicks on one offer at once: only the moments and the people tell their
   * writes apart.
   */
  private boolean landed(ServiceState state, Move.Write write, ServiceState basis) {
    Journal ours = write.next();
    if (!(cloudRun.journal(state, bot) instanceof JournalReading.Found(Journal found))
        || !found.jobId().equals(ours.jobId())) {
      return false;
    }
    return found.seq() == ours.seq() ? same(found, ours) : carriedOn(found, ours, basis);
  }

  private static boolean same(Journal found, Journal ours) {
    return found.driver().equals(ours.driver())
        && found.state() == ours.state()
        && found.ending() == ours.ending()
        && found.since().toEpochMilli() == ours.since().toEpochMilli()
        && sameClick(found, ours)
        && found.actors().approver().equals(ours.actors().approver())
        && found.actors().closer().equals(ours.actors().closer())
        && owed(found).equals(owed(ours))
        && lookedUntil(found).equals(lookedUntil(ours));
  }

  /** A look at a canary raises no sequence, so it is told from the one before by its end. */
  private static Optional<Long> lookedUntil(Journal journal) {
    return journal
        .canary()
        .filter(canary -> !canary.seen().isEmpty())
        .map(canary -> canary.seen().getLast().end().toEpochMilli());
  }

  private static boolean sameClick(Journal found, Journal ours) {
    return found.times().approved().toEpochMilli() == ours.times().approved().toEpochMilli();
  }

  private static Optional<String> owed(Journal journal) {
    return journal.untold().map(u -> u.news() + " " + u.since().toEpochMilli());
  }

  /** A later journal still names who approved and when, and who ended it. */
  private boolean carriedOn(Journal found, Journal ours, ServiceState basis) {
    if (found.seq() < ours.seq()) {
      return false;
    }
    Optional<Journal> before = standing(basis);
    if (before.filter(j -> j.jobId().equals(ours.jobId())).isEmpty()) {
      return sameClick(found, ours) && acceptance(found).equals(acceptance(ours));
    }
    Optional<String> closer = ours.actors().closer();
    return closer.isPresent()
        && closer.equals(found.actors().closer())
        && !closer.equals(before.flatMap(j -> j.actors().closer()));
  }

  private static Optional<String> acceptance(Journal journal) {
    return journal
        .acceptanceOf(journal.jobId())
        .map(offer -> offer.by() + " " + offer.at().toEpochMilli());
  }

  private boolean sameBasis(ServiceState basis, ServiceState now, Move.Write write) {
    boolean mark = isMark(write.next(), basis);
    return basis.uid().equals(now.uid())
        && basis.live().equals(now.live())
        && seq(basis).equals(seq(now))
        && standing(basis)
            .flatMap(StepRunner::lookedUntil)
            .equals(standing(now).flatMap(StepRunner::lookedUntil))
        && (!mark
            || standing(basis)
                .flatMap(StepRunner::owed)
                .equals(standing(now).flatMap(StepRunner::owed)))
        && (!followsLatest(write.step()) || basis.latestReady().equals(now.latestReady()))
        && (write.step().makes().isEmpty()
            || basis.template().hash().equals(now.template().hash()));
  }

  /** Only that something was told, is told by another driver, or that a canary was looked at. */
  private boolean isMark(Journal next, ServiceState basis) {
    return seq(basis).equals(Optional.of(seq(next)));
  }

  /** Whether the step means another thing once a deploy got ready. */
  private static boolean followsLatest(Step step) {
    return switch (step) {
      case Step.FollowLatest _ -> true;
      case Step.Both(Step first, Step second) -> followsLatest(first) || followsLatest(second);
      case Step.AddTag _, Step.DropTag _, Step.Share _, Step.Make _, Step.Note _ -> false;
    };
  }

  private Optional<Journal> standing(ServiceState state) {
    return cloudRun.journal(state, bot) instanceof JournalReading.Found(Journal found)
        ? Optional.of(found)
        : Optional.empty();
  }

  /** What stands there that is not ours counts as it is written: another bot's is no free place. */
  private Optional<String> seq(ServiceState state) {
    return standing(state).map(StepRunner::seq).or(state::journal);
  }

  private static String seq(Journal journal) {
    return journal.jobId() + "/" + journal.seq();
  }

  /** What changed is noted; a mark that something was told changes nothing. */
  private void note(Journal journal, ServiceState basis) {
    if (isMark(journal, basis)) {
      return;
    }
    Map<String, String> details = new LinkedHashMap<>();
    details.put("job", journal.jobId());
    details.put("seq", String.valueOf(journal.seq()));
    details.put("ending", journal.ending().name());
    details.put("route", journal.aim().route().word());
    details.put("target", journal.aim().target().value());
    journal.aim().commit().ifPresent(commit -> details.put("commit", commit.value()));
    details.put("live", journal.live().asArgument());
    details.put("requester", journal.actors().requester());
    journal.actors().reason().ifPresent(reason -> details.put("reason", reason));
    audit.record(
        new AuditLog.Entry(
            clock.instant(),
            basis.id().name(),
            journal.state().name(),
            journal.actors().closer().orElse(journal.actors().approver()),
            details));
  }
}
