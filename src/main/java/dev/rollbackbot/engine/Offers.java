package dev.rollbackbot.engine;

import dev.rollbackbot.domain.approval.ClickBy;
import dev.rollbackbot.domain.approval.Offer;
import dev.rollbackbot.domain.command.Reason;
import dev.rollbackbot.domain.job.Limits;
import dev.rollbackbot.domain.job.Move;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
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
      String id, Plan plan, String requester, Optional<Reason> reason, Instant now, Duration life) {
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
    var stood = Earlier.of(earlier, now);
    var accepted = new ArrayList<>(stood.accepted());
    accepted.add(new Journal.AcceptedOffer(offer.id(), now, click.person()));
    Journal journal =
        new Journal(
            bot,
            offer.id(),
            stood.seq(),
            plan.serviceUid(),
            new Journal.Actors(
                offer.requester(),
                click.person(),
                offer.reason().map(Reason::text),
                Optional.empty()),
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
            new Journal.Cards(cards.main(), cards.incident(), stood.ended(), cards.language()));
    Step addTag = new Step.AddTag(journal.tag(), plan.target().revision());
    return new Move.Write(stood.first(addTag), journal);
  }
}
