package dev.rollbackbot.domain.job;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.report.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
 * @param driver the worker that made the state; it alone works until the state is stale
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
    Cards cards) {

  /** How long an accepted offer is remembered; a redelivery never comes later than this. */
  public static final Duration OFFERS_KEPT = Duration.ofMinutes(25);

  /** How many accepted offers fit. */
  public static final int MOST_OFFERS = 8;

  /** The annotation that holds it. */
  public static final String ANNOTATION = "rollbackbot.dev/journal";

  /** The tag under which the target is started and probed. */
  public static String tagOf(String jobId) {
    return "rb-" + jobId.substring(0, 8);
  }

  /**
   * Who asked, who approved, who ended it (ids of the chat product, or an e-mail at the terminal).
   */
  public record Actors(
      String requester, String approver, Optional<String> reason, Optional<String> closer) {}

  /** An offer that was accepted, when and by whom. */
  public record AcceptedOffer(String offerId, Instant at, String by) {}

  /** What it goes back to, and from which commit. */
  public record Aim(
      RevisionName target,
      Digest digest,
      Optional<CommitSha> commit,
      Optional<RevisionName> from,
      Optional<CommitSha> fromCommit,
      boolean probeable) {}

  /** The moments people ask for afterwards. */
  public record Times(
      Instant asked,
      Instant approved,
      Optional<Instant> probed,
      Optional<Instant> switched,
      Optional<Instant> moved,
      Optional<Instant> rested) {}

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

  /** Where it is told: channel and message ids of the chat product; empty at the terminal. */
  public record Cards(Optional<Card> main, Optional<Card> incident, Locale language) {}

  /** One message. */
  public record Card(String channel, String message) {}

  public Journal {
    accepted = List.copyOf(accepted);
  }

  /** Our traffic tag. */
  public String tag() {
    return tagOf(jobId);
  }

  /** The journal of the next write: one more, by this driver, in this state until then. */
  public Journal next(JobState state, Ending ending, Instant now, Instant until, String driver) {
    return new Journal(
        bot,
        jobId,
        seq + 1,
        serviceUid,
        actors,
        fresh(now),
        before,
        beforeLatest,
        live,
        aim,
        state,
        ending,
        now,
        until,
        driver,
        times,
        evidence,
        newest,
        cards);
  }

  /** Also takes this as what users were told to have. */
  public Journal withLive(LiveSplit live) {
    return new Journal(
        bot,
        jobId,
        seq,
        serviceUid,
        actors,
        accepted,
        before,
        beforeLatest,
        live,
        aim,
        state,
        ending,
        since,
        until,
        driver,
        times,
        evidence,
        newest,
        cards);
  }

  public Journal withTimes(Times times) {
    return new Journal(
        bot,
        jobId,
        seq,
        serviceUid,
        actors,
        accepted,
        before,
        beforeLatest,
        live,
        aim,
        state,
        ending,
        since,
        until,
        driver,
        times,
        evidence,
        newest,
        cards);
  }

  public Journal withEvidence(Evidence evidence) {
    return new Journal(
        bot,
        jobId,
        seq,
        serviceUid,
        actors,
        accepted,
        before,
        beforeLatest,
        live,
        aim,
        state,
        ending,
        since,
        until,
        driver,
        times,
        evidence,
        newest,
        cards);
  }

  public Journal withNewest(Optional<RevisionName> newest) {
    return new Journal(
        bot,
        jobId,
        seq,
        serviceUid,
        actors,
        accepted,
        before,
        beforeLatest,
        live,
        aim,
        state,
        ending,
        since,
        until,
        driver,
        times,
        evidence,
        newest,
        cards);
  }

  public Journal withCards(Cards cards) {
    return new Journal(
        bot,
        jobId,
        seq,
        serviceUid,
        actors,
        accepted,
        before,
        beforeLatest,
        live,
        aim,
        state,
        ending,
        since,
        until,
        driver,
        times,
        evidence,
        newest,
        cards);
  }

  /** Also names who ended it. */
  public Journal closedBy(String closer) {
    return withCloser(Optional.of(closer));
  }

  /** Also says who ended it, when that is known. */
  Journal withCloser(Optional<String> closer) {
    return new Journal(
        bot,
        jobId,
        seq,
        serviceUid,
        new Actors(actors.requester(), actors.approver(), actors.reason(), closer),
        accepted,
        before,
        beforeLatest,
        live,
        aim,
        state,
        ending,
        since,
        until,
        driver,
        times,
        evidence,
        newest,
        cards);
  }

  /**
   * How it looks once another rollback has begun; written by nobody, the other's journal stands.
   */
  public Journal superseded(Instant now) {
    return next(JobState.CLOSED, Ending.SUPERSEDED, now, now, driver);
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
