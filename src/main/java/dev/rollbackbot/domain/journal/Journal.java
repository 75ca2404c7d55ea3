package dev.rollbackbot.domain.journal;

import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything a worker must know to carry a rollback on, written on the service in the same call as
 * the effect it records.
 *
 * <p>At most 4 KiB as JSON. Instants are the writer's clock.
 *
 * @param bot the id of the bot that owns it; another bot's journal is never driven
 * @param seq rises by one with every write; a write whose answer was lost is recognised by it
 * @param accepted offers that were accepted lately, so that none is judged twice
 * @param beforeLatest the revision that LATEST meant when everything followed it; empty otherwise
 * @param live the split by name that this job's last write left; anything else is somebody's doing
 * @param newest the newest ready revision that has been told about
 * @param untold what this write still owes a thread; a mark that it was told, or that another
 *     driver tells it, raises no seq, for it changes nothing that anybody decides on
 * @param driver the worker that made the state; it alone works until the state is stale
 * @param canary its ladder, where users are moved in steps
 */
public record Journal(
    String bot,
    String jobId,
    int seq,
    String serviceUid,
    Actors actors,
    List<AcceptedOffer> accepted,
    LiveSplit before,
    Optional<RevisionName> beforeLatest,
    LiveSplit live,
    Aim aim,
    JobState state,
    Ending ending,
    Instant since,
    Instant until,
    String driver,
    Times times,
    Evidence evidence,
    Optional<RevisionName> newest,
    Optional<Untold> untold,
    Cards cards,
    Optional<Canary> canary) {

  /** How long an accepted offer is remembered; a redelivery never comes later than this. */
  public static final Duration OFFERS_KEPT = Duration.ofMinutes(25);

  /** So long past its end, a state that should have moved is called stuck. */
  public static final Duration PATIENCE = Duration.ofMinutes(2);

  /** How many accepted offers fit. */
  public static final int MOST_OFFERS = 8;

  /** The annotation that holds it. */
  public static final String ANNOTATION = "rollbackbot.dev/journal";

  /** The tag under which the target is started and probed. */
  public static String tagOf(String jobId) {
    return "rb-" + jobId.substring(0, 8);
  }

  /**
   * Who asked, who approved, whose word came last: to stop, keep, undo, return or switch anyway, or
   * who moved the service (ids of the chat product, or an e-mail at the terminal).
   */
  public record Actors(
      String requester, String approver, Optional<String> reason, Optional<String> closer) {}

  /** An offer that was accepted, when and by whom. */
  public record AcceptedOffer(String offerId, Instant at, String by) {}

  /**
   * What it goes back to, and from which commit.
   *
   * @param redeployment what must be remembered where a new revision is made; empty for a shift
   */
  public record Aim(
      RevisionName target,
      Digest digest,
      Optional<CommitSha> commit,
      Optional<RevisionName> from,
      Optional<CommitSha> fromCommit,
      boolean probeable,
      Optional<Redeployment> redeployment) {

    /** A shift. */
    public Aim(
        RevisionName target,
        Digest digest,
        Optional<CommitSha> commit,
        Optional<RevisionName> from,
        Optional<CommitSha> fromCommit,
        boolean probeable) {
      this(target, digest, commit, from, fromCommit, probeable, Optional.empty());
    }

    /** As people call the target: its short commit, else the revision. */
    public String called() {
      return commit.map(CommitSha::abbreviated).orElse(target.value());
    }

    public Route route() {
      return redeployment.isPresent() ? Route.REDEPLOY : Route.SHIFT;
    }

    /** The same once the platform has named the revision that was made. */
    public Aim at(RevisionName name) {
      return new Aim(name, digest, commit, from, fromCommit, probeable, redeployment);
    }

    /** The same with a revision that puts the template back. */
    public Aim restoredBy(RevisionName name) {
      return new Aim(
          target,
          digest,
          commit,
          from,
          fromCommit,
          probeable,
          redeployment.map(r -> new Redeployment(r.template(), r.named(), Optional.of(name))));
    }
  }

  /**
   * What the way out of a redeploy needs.
   *
   * @param template the revision that held the service's template before
   * @param named whether the bot names the revisions it makes; else the platform does, and until it
   *     has, {@code target} is only what the revision is labelled with
   * @param restored the revision that was made to put the template back, once one was
   */
  public record Redeployment(
      RevisionName template, boolean named, Optional<RevisionName> restored) {}

  /** The moments people ask for afterwards. */
  public record Times(
      Instant asked,
      Instant approved,
      Optional<Instant> probed,
      Optional<Instant> switched,
      Optional<Instant> moved,
      Optional<Instant> rested) {

    public Times probedAt(Instant now) {
      return new Times(asked, approved, Optional.of(now), switched, moved, rested);
    }

    public Times switchedAt(Instant now) {
      return new Times(asked, approved, probed, Optional.of(now), moved, rested);
    }

    public Times movedAt(Instant now) {
      return new Times(asked, approved, probed, switched, Optional.of(now), rested);
    }

    public Times restedAt(Instant now) {
      return new Times(asked, approved, probed, switched, moved, Optional.of(now));
    }
  }

  /** What was measured. */
  public record Evidence(
      Optional<ProbeResult> target, Optional<ProbeResult> live, Optional<Figures> figures) {
    public static Evidence none() {
      return new Evidence(Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /**
   * A probe as the journal keeps it.
   *
   * @param medianMillis of the good answers; 0 when there were none
   * @param detail the first failure in few words, empty when all were good
   */
  public record ProbeResult(int good, int of, int medianMillis, String detail) {
    public boolean passed() {
      return of > 0 && good == of;
    }
  }

  /** A line that somebody must hear, owed since this moment. */
  public record Untold(News news, Instant since) {}

  /** What a line may be about. */
  public enum News {
    /** The state just reached. */
    STATE,
    /** A deploy that got no users. */
    DEPLOY
  }

  /**
   * Where it is told: channel and message ids of the chat product; empty at the terminal.
   *
   * @param earlier the rollback that this one closed; its cards say so as long as this one stands
   */
  public record Cards(
      Optional<Card> main, Optional<Card> incident, Optional<Ended> earlier, Locale language) {

    /** For a rollback that closed no other. */
    public static Cards of(Optional<Card> main, Locale language) {
      return new Cards(main, Optional.empty(), Optional.empty(), language);
    }
  }

  /** The messages of a rollback that the next one closed; {@code target} as people knew it. */
  public record Ended(Optional<Card> main, Optional<Card> incident, String target) {}

  /** One message. */
  public record Card(String channel, String message) {}

  public Journal {
    accepted = List.copyOf(accepted);
  }

  /** Our traffic tag. */
  public String tag() {
    return tagOf(jobId);
  }

  /** The canary whose users are split between target and baseline now. */
  public Optional<Canary> runningCanary() {
    return canary.filter(_ -> state.splits());
  }

  /** The way to the newest goes over a revision that puts the template back. */
  public boolean restoring() {
    Optional<RevisionName> restored = aim.redeployment().flatMap(Redeployment::restored);
    return restored.isPresent() && restored.equals(newest);
  }

  /** The journal of the next write: one more, by this driver, in this state until then. */
  public Journal next(JobState state, Ending ending, Instant now, Instant until, String driver) {
    return changed(
        copy -> {
          copy.seq = seq + 1;
          copy.accepted = fresh(now);
          copy.state = state;
          copy.ending = ending;
          copy.since = now;
          copy.until = until;
          copy.driver = driver;
          copy.untold = Optional.of(new Untold(News.STATE, now));
        });
  }

  /** The same, nothing owed any more. */
  public Journal told() {
    return changed(copy -> copy.untold = Optional.empty());
  }

  /** The same, owing these news. */
  public Journal owing(News news, Instant now) {
    return changed(copy -> copy.untold = Optional.of(new Untold(news, now)));
  }

  /** The same, told and carried on by this driver from now on. */
  public Journal takenOver(String driver, Instant now) {
    return changed(
        copy -> {
          copy.driver = driver;
          copy.untold = untold.map(u -> new Untold(u.news(), now));
        });
  }

  /**
   * How it is to be seen at this moment: a state that should have moved long ago is stuck, whether
   * or not anybody could write that down.
   */
  public Journal seenAt(Instant now) {
    boolean overdue = state.moves() && now.isAfter(until.plus(PATIENCE));
    return overdue ? changed(copy -> copy.state = JobState.STUCK) : this;
  }

  /** When it was accepted: the moment of its first write. */
  public Instant acceptedAt() {
    return acceptanceOf(jobId).map(AcceptedOffer::at).orElse(times.approved());
  }

  /** Also takes this as what users were told to have. */
  public Journal withLive(LiveSplit live) {
    return changed(copy -> copy.live = live);
  }

  public Journal withAim(Aim aim) {
    return changed(copy -> copy.aim = aim);
  }

  public Journal withTimes(Times times) {
    return changed(copy -> copy.times = times);
  }

  public Journal withEvidence(Evidence evidence) {
    return changed(copy -> copy.evidence = evidence);
  }

  public Journal withNewest(Optional<RevisionName> newest) {
    return changed(copy -> copy.newest = newest);
  }

  public Journal withCanary(Canary canary) {
    return changed(copy -> copy.canary = Optional.of(canary));
  }

  /** The same after a look of this driver's at a canary, which nobody need be told. */
  public Journal looked(Canary seen, String driver) {
    return changed(
        copy -> {
          copy.canary = Optional.of(seen);
          copy.driver = driver;
        });
  }

  public Journal withCards(Cards cards) {
    return changed(copy -> copy.cards = cards);
  }

  /** Also names whose word it was. */
  public Journal closedBy(String closer) {
    return withCloser(Optional.of(closer));
  }

  /** Also says whose word it was, when that is known. */
  public Journal withCloser(Optional<String> closer) {
    return changed(
        copy ->
            copy.actors =
                new Actors(actors.requester(), actors.approver(), actors.reason(), closer));
  }

  /** Also remembers an accepted offer, so that it is never judged twice. */
  public Journal withAccepted(AcceptedOffer offer) {
    return changed(
        copy -> {
          var all = new ArrayList<>(copy.accepted);
          all.add(offer);
          copy.accepted = all;
        });
  }

  /**
   * It took back a pin that no rollback of this bot's had made: its target is what the pin held,
   * and it "comes from" the newest revision, which had no users before.
   */
  public boolean tookBackAPin() {
    return before.percents().containsKey(aim.target())
        && aim.from().filter(from -> !before.percents().containsKey(from)).isPresent();
  }

  private Journal changed(Consumer<JournalCopy> change) {
    var copy = new JournalCopy(this);
    change.accept(copy);
    return copy.made();
  }

  /** The acceptance of this offer, if it was accepted lately. */
  public Optional<AcceptedOffer> acceptanceOf(String offerId) {
    return accepted.stream().filter(a -> a.offerId().equals(offerId)).findFirst();
  }

  /** The accepted offers that must still be remembered. */
  public List<AcceptedOffer> fresh(Instant now) {
    var kept = new ArrayList<AcceptedOffer>();
    for (AcceptedOffer offer : accepted) {
      if (offer.at().plus(OFFERS_KEPT).isAfter(now)) {
        kept.add(offer);
      }
    }
    return kept;
  }
}
