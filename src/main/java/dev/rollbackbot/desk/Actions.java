package dev.rollbackbot.desk;

import dev.rollbackbot.domain.approval.ActionOffer;
import dev.rollbackbot.domain.approval.ApprovalPolicy;
import dev.rollbackbot.domain.approval.Asked;
import dev.rollbackbot.domain.approval.ClickBy;
import dev.rollbackbot.domain.command.Reason;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.job.Observed;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.report.DeskReport;
import dev.rollbackbot.domain.report.RollbackReport;
import dev.rollbackbot.engine.ActionOffers;
import dev.rollbackbot.engine.ActionOffers.Look;
import dev.rollbackbot.engine.ActionOffers.Prospect;
import dev.rollbackbot.engine.Cards;
import dev.rollbackbot.engine.Interventions;
import dev.rollbackbot.engine.Seal;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.port.AuditLog;
import dev.rollbackbot.port.ChatException;
import dev.rollbackbot.port.CloudRun;
import dev.rollbackbot.port.Incoming.Pressed;
import dev.rollbackbot.port.RequestQueue.Verdict;
import dev.rollbackbot.port.WorldException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What is done with a rollback that stands, or with a pin: asked for by a word or a button, and
 * done at once or by the yes to an offer.
 *
 * <p>Stop and Keep act at once, for any approver. Undo, the return to newest and switching anyway
 * change what users get under the service's policy: a word for them posts an offer in the channel,
 * and so does their button where two people must agree.
 */
public final class Actions {
  private final CloudRun cloudRun;
  private final ActionOffers offers;
  private final Interventions interventions;
  private final Approvals approvals;
  private final Cards cards;
  private final Answers answers;
  private final Clicks clicks;
  private final Seal seal;
  private final InstantSource clock;
  private final DeskSettings settings;
  private final Work work;

  /**
   * How rollbacks are driven from here.
   *
   * @param written called after a write, so that a driver looks at once
   */
  public record Work(String bot, String driver, Runnable written) {}

  public Actions(
      CloudRun cloudRun,
      ActionOffers offers,
      Interventions interventions,
      Approvals approvals,
      Cards cards,
      Answers answers,
      Seal seal,
      AuditLog audit,
      InstantSource clock,
      DeskSettings settings,
      Work work) {
    this.cloudRun = cloudRun;
    this.offers = offers;
    this.interventions = interventions;
    this.approvals = approvals;
    this.cards = cards;
    this.answers = answers;
    this.clicks = new Clicks(answers, audit, clock);
    this.seal = seal;
    this.clock = clock;
    this.settings = settings;
    this.work = work;
  }

  /** Does at once what a word says: stop or keep. */
  void act(Asker asker, ServiceSettings service, JobAction action) {
    Optional<Problem> stranger = approvals.of(service).stranger(asker.user());
    if (stranger.isPresent()) {
      not(asker, stranger.get());
      return;
    }
    switch (interventions.act(action, service, Optional.empty(), asker.user())) {
      case Interventions.Result.Not(Problem problem) -> not(asker, problem);
      case Interventions.Result.Did _ -> {
        work.written().run();
        answers.did(
            asker.channel(),
            asker.user(),
            asker.responseUrl(),
            new DeskReport.Done(service.id(), action));
      }
    }
  }

  /** Offers in the channel what a word or a button asks for. */
  void ask(Asker asker, ServiceSettings service, JobAction action, Optional<Reason> reason) {
    ServiceState state = cloudRun.read(service.id());
    var asked = Asked.first(seal.offerId(asker.id()), asker.user(), reason, clock.instant());
    switch (offers.look(action, state, cloudRun.journal(state, work.bot()), service, asked)) {
      case Look.No(Problem problem) -> not(asker, problem);
      case Look.Possible(Prospect prospect) -> {
        var _ =
            cards.offer(
                asker.channel(),
                shown(prospect, asked, false, service),
                settings.language(asker.channel()));
      }
    }
  }

  private RollbackReport shown(
      Prospect prospect, Asked asked, boolean renewed, ServiceSettings service) {
    ActionOffer offer = offers.offer(prospect, asked, service);
    return new RollbackReport.ActionOffered(
        offers.view(prospect, seal.seal(offer)),
        offer.action(),
        offer.requester(),
        offer.reason(),
        offer.issued(),
        offer.expires(),
        renewed);
  }

  /** A click on a rollback's own button. */
  Verdict press(String requestId, Pressed click, Seal.JobClick bound, ServiceSettings service) {
    try {
      ApprovalPolicy policy = approvals.of(service);
      Optional<Problem> stranger = policy.stranger(click.user());
      if (stranger.isPresent()) {
        return clicks.not(click, stranger.get());
      }
      boolean approves = approves(bound.action());
      if (approves && approvals.off().isPresent()) {
        return clicks.not(click, approvals.off().get());
      }
      boolean late = policy.late(click.at(), clock.instant());
      if (approves && !late && onlyAsks(policy, click.user(), bound, service)) {
        ask(Asker.of(requestId, click), service, bound.action(), Optional.empty());
        return Verdict.DONE;
      }
      return act(click, bound, service, late);
    } catch (ChatException e) {
      throw e;
    } catch (WorldException e) {
      return clicks.unanswered(click, service, e);
    }
  }

  /** Whether it changes what users get, under the service's policy. */
  private static boolean approves(JobAction action) {
    return switch (action) {
      // Who only keeps users from going further needs nobody's yes.
      case STOP, KEEP, HOLD_HERE, WAIT -> false;
      case UNDO, NEWEST, RESTORE, GO_ON, SWITCH_ANYWAY -> true;
    };
  }

  private boolean onlyAsks(
      ApprovalPolicy policy, String person, Seal.JobClick bound, ServiceSettings service) {
    return policy.rule() == ApprovalPolicy.Rule.FOUR_EYES
        && interventions
            .standing(service)
            .map(Observed::journal)
            .filter(job -> job.jobId().equals(bound.jobId()))
            .filter(job -> policy.onlyAsks(person, job))
            .isPresent();
  }

  private Verdict act(Pressed click, Seal.JobClick bound, ServiceSettings service, boolean late) {
    return switch (interventions.press(
        bound.action(),
        service,
        new Interventions.Bound(bound.jobId(), bound.seq()),
        click.user(),
        late ? Optional.of(Problem.refusal(Code.CLICK_TOO_LATE)) : Optional.empty())) {
      case Interventions.Result.Not(Problem problem) -> clicks.not(click, problem);
      case Interventions.Result.Did _ -> {
        work.written().run();
        yield clicks.did(click, new DeskReport.Done(service.id(), bound.action()));
      }
    };
  }

  /** A click on an offer of this class. */
  Verdict approve(Pressed click, ActionOffer offer, ServiceSettings service) {
    Optional<Problem> off = approvals.off();
    if (off.isPresent()) {
      return clicks.not(click, off.get());
    }
    var by = new ClickBy(click.user(), click.at());
    var asked = Asked.of(offer, by);
    try {
      ServiceState state = cloudRun.read(service.id());
      JournalReading journal = cloudRun.journal(state, work.bot());
      Optional<Problem> problem = approvals.of(service).before(offer, by, journal, clock.instant());
      if (problem.isPresent()) {
        return clicks.not(click, problem.get());
      }
      return switch (offers.look(offer.action(), state, journal, service, asked)) {
        case Look.No(Problem why) -> over(click, offer, service, why);
        case Look.Possible(Prospect now) when now.fingerprint().equals(offer.fingerprint()) ->
            take(click, now, asked, service);
        case Look.Possible(Prospect now) -> renew(click, offer, now, service);
      };
    } catch (ChatException e) {
      throw e;
    } catch (WorldException e) {
      return clicks.unanswered(click, service, e);
    }
  }

  private Verdict take(Pressed click, Prospect prospect, Asked asked, ServiceSettings service) {
    Card card = card(click);
    var here = Journal.Cards.of(Optional.of(card), settings.language(click.channel()));
    return switch (offers.take(prospect, asked, here, service)) {
      case Interventions.Result.Not(Problem problem) -> clicks.not(click, problem);
      case Interventions.Result.Did(ServiceState after, Journal journal) -> {
        work.written().run();
        if (journal.cards().main().filter(card::equals).isEmpty()) {
          cards.replace(card, taken(prospect, asked, after, journal), here.language());
        }
        answers.inTheirName(
            click.channel(), click.user(), cards.linked(after, journal), service.policy().rule());
        yield Verdict.DONE;
      }
    };
  }

  private RollbackReport taken(
      Prospect prospect, Asked asked, ServiceState after, Journal journal) {
    return new RollbackReport.ActionTaken(
        cards.linked(after, journal),
        prospect.action(),
        asked.requester(),
        journal.acceptanceOf(asked.id()).orElseThrow());
  }

  private Verdict over(Pressed click, ActionOffer offer, ServiceSettings service, Problem why) {
    cards.replace(
        card(click),
        new RollbackReport.ActionOver(service.id(), offer.requester(), why),
        settings.language(click.channel()));
    return clicks.not(click, why);
  }

  /** The service moved: the card shows what it would be now, with a new button. */
  private Verdict renew(Pressed click, ActionOffer offer, Prospect now, ServiceSettings service) {
    var asked =
        Asked.first(
            seal.offerId(offer.id() + now.fingerprint()),
            offer.requester(),
            offer.reason(),
            clock.instant());
    cards.replace(
        card(click), shown(now, asked, true, service), settings.language(click.channel()));
    return clicks.not(click, Problem.refusal(Code.BUTTON_OUTDATED));
  }

  private static Card card(Pressed click) {
    return new Card(click.channel(), click.message());
  }

  private void not(Asker asker, Problem problem) {
    answers.not(asker.channel(), asker.user(), asker.responseUrl(), problem);
  }
}
