package dev.rollbackbot.engine;

import dev.rollbackbot.domain.approval.ClickBy;
import dev.rollbackbot.domain.approval.Offer;
import dev.rollbackbot.domain.command.Command;
import dev.rollbackbot.domain.command.InSteps;
import dev.rollbackbot.domain.command.Reason;
import dev.rollbackbot.domain.command.Target;
import dev.rollbackbot.domain.job.Limits;
import dev.rollbackbot.domain.job.Move;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.ImageRef;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.plan.Facts;
import dev.rollbackbot.domain.plan.NewRevision;
import dev.rollbackbot.domain.plan.Plan;
import dev.rollbackbot.domain.plan.Planned;
import dev.rollbackbot.domain.plan.Planner;
import dev.rollbackbot.domain.plan.Step;
import dev.rollbackbot.domain.plan.Wish;
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
        plan.routes().taken(),
        plan.target().revision(),
        requester,
        now,
        now.plus(life),
        plan.fingerprint(),
        reason,
        plan.steps().map(Plan.Steps::ladder));
  }

  /** What an offer wishes; {@code route} may be left to the planner. */
  private static Wish wish(Offer offer, ServiceId service, Optional<Route> route) {
    return new Wish(service, target(offer), route, offer.ladder());
  }

  private static Target target(Offer offer) {
    return offer
        .commit()
        .<Target>map(Target.Commit::new)
        .or(() -> offer.revision().map(Target.ByRevision::new))
        .orElseThrow();
  }

  /** The command that plans the same as a canary. */
  public static Command.Rollback inSteps(Offer offer) {
    return new Command.Rollback(
        target(offer),
        Optional.of(offer.service()),
        offer.reason(),
        Optional.of(offer.route()),
        Optional.of(InSteps.usual()));
  }

  /** What the facts of an offer are collected for. */
  public static Wish wish(Offer offer, ServiceId service) {
    return wish(offer, service, Optional.of(offer.route()));
  }

  /** The plan of an offer as it would be made now, by the way that was offered. */
  public static Planned replan(Offer offer, ServiceId service, Facts facts) {
    Planned free = Planner.plan(wish(offer, service, Optional.empty()), facts);
    boolean same =
        free instanceof Planned.Ready(Plan plan) && plan.routes().taken() == offer.route();
    return same ? free : Planner.plan(wish(offer, service), facts);
  }

  /**
   * The accept-write. A shift puts our tag on the target at 0 %, every other entry as it was read;
   * a redeploy makes the target, tags it and names who serves now.
   *
   * @param earlier the journal that stands there; its accepted offers are carried on
   * @param state the service that was planned for; its newest revision needs no telling
   */
  public static Move.Write accept(
      Plan plan,
      Offer offer,
      ClickBy click,
      JournalReading earlier,
      ServiceState state,
      Journal.Cards cards,
      Limits limits,
      String bot,
      String driver,
      Instant now) {
    var stood = Earlier.of(earlier, now);
    var accepted = new ArrayList<>(stood.accepted());
    accepted.add(new Journal.AcceptedOffer(offer.id(), now, click.person()));
    RevisionName fresh = NewRevision.freshName(plan.service(), offer.id(), stood.seq());
    boolean shift = plan.routes().taken() == Route.SHIFT;
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
            plan.undone(),
            plan.undoneLatest(),
            plan.before(),
            new Journal.Aim(
                shift ? plan.target().revision().orElseThrow() : fresh,
                plan.digest(),
                plan.target().commit(),
                plan.live().revision(),
                plan.live().commit(),
                plan.probeable(),
                shift
                    ? Optional.empty()
                    : Optional.of(redeployment(earlier, state, plan.nameable()))),
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
            state.latestReady(),
            Optional.of(new Journal.Untold(Journal.News.STATE, now)),
            new Journal.Cards(cards.main(), cards.incident(), stood.ended(), cards.language()),
            plan.steps()
                .map(
                    steps ->
                        Canary.of(
                            steps.ladder(),
                            steps.outlook().direction(),
                            steps.outlook().slowLine())));
    Step first =
        shift
            ? new Step.AddTag(journal.tag(), journal.aim().target())
            : new Step.Make(
                new NewRevision(
                    fresh,
                    plan.nameable(),
                    new NewRevision.Source.Image(
                        ImageRef.pinned(plan.repository(), plan.digest()), plan.target().commit())),
                journal.tag(),
                plan.before());
    return new Move.Write(stood.first(first), journal);
  }

  /** A redeploy upon another must lead back to the template from before the first. */
  private static Journal.Redeployment redeployment(
      JournalReading earlier, ServiceState state, boolean nameable) {
    Optional<RevisionName> first =
        earlier instanceof JournalReading.Found(Journal found)
                && state.latestCreated().equals(Optional.of(found.aim().target()))
            ? found.aim().redeployment().map(Journal.Redeployment::template)
            : Optional.empty();
    return new Journal.Redeployment(
        first.or(state::latestCreated).or(state::latestReady).orElseThrow(),
        nameable,
        Optional.empty());
  }
}
