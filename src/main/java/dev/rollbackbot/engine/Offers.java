package dev.rollbackbot.engine;

import dev.rollbackbot.domain.approval.ClickBy;
import dev.rollbackbot.domain.approval.Offer;
import dev.rollbackbot.domain.job.Limits;
import dev.rollbackbot.domain.job.Move;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.plan.Plan;
import dev.rollbackbot.domain.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From a plan to the offer that is shown, and from an accepted offer to its first write. */
public final class Offers {
  private Offers() {}

  /** The offer for a plan. */
  public static Offer offer(
      String id, Plan plan, String requester, Optional<String> reason, Instant now, Duration life) {
    return new Offer(
        id,
        plan.service().name(),
        plan.serviceUid(),
        plan.target().commit(),
        plan.digest(),
        plan.target().revision(),
        requester,
        now,
        now.plus(life),
        plan.fingerprint(),
        reason);
  }

  /**
   * The accept-write: our tag on the target at 0 %, every other entry as it was read.
   *
   * @param earlier the journal that stands there; its accepted offers are carried on
   * @param newest the newest ready revision, which needs no telling
   */
  public static Move.Write accept(
      Plan plan,
      Offer offer,
      ClickBy click,
      JournalReading earlier,
      Optional<RevisionName> newest,
      Journal.Cards cards,
      Limits limits,
      String bot,
      String driver,
      Instant now) {
    var accepted = new ArrayList<Journal.AcceptedOffer>();
    int seq = 1;
    Optional<String> oldTag = Optional.empty();
    if (earlier instanceof JournalReading.Found(Journal found)) {
      accepted.addAll(found.fresh(now));
      seq = found.seq() + 1;
      oldTag = Optional.of(found.tag());
    }
    accepted.add(new Journal.AcceptedOffer(offer.id(), now, click.person()));
    Journal journal =
        new Journal(
            bot,
            offer.id(),
            seq,
            plan.serviceUid(),
            new Journal.Actors(offer.requester(), click.person(), offer.reason(), Optional.empty()),
            List.copyOf(accepted),
            plan.before(),
            plan.beforeLatest(),
            plan.before(),
            new Journal.Aim(
                plan.target().revision(),
                plan.digest(),
                plan.target().commit(),
                Optional.of(plan.live().revision()),
                plan.live().commit(),
                plan.probeable()),
            JobState.PREPARING,
            Ending.NONE,
            now,
            now.plus(limits.prepare()),
            driver,
            new Journal.Times(
                offer.issued(),
                click.at(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            Journal.Evidence.none(),
            newest,
            Optional.of(new Journal.Untold(Journal.News.STATE, now)),
            new Journal.Cards(cards.main(), cards.incident(), earlier(earlier), cards.language()));
    Step addTag = new Step.AddTag(journal.tag(), plan.target().revision());
    return new Move.Write(
        oldTag.<Step>map(tag -> new Step.Both(new Step.DropTag(tag), addTag)).orElse(addTag),
        journal);
  }

  /** The rollback that this one closes; one that was over has had its last word. */
  private static Optional<Journal.Earlier> earlier(JournalReading reading) {
    return reading instanceof JournalReading.Found(Journal found)
            && found.state() != JobState.CLOSED
        ? Optional.of(
            new Journal.Earlier(
                found.cards().main(),
                found.cards().incident(),
                found
                    .aim()
                    .commit()
                    .map(CommitSha::abbreviated)
                    .orElse(found.aim().target().value())))
        : Optional.empty();
  }
}
