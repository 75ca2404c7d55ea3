package dev.rollbackbot.desk;

import dev.rollbackbot.domain.approval.ActionOffer;
import dev.rollbackbot.domain.approval.ApprovalPolicy;
import dev.rollbackbot.domain.approval.ClickBy;
import dev.rollbackbot.domain.approval.Offer;
import dev.rollbackbot.domain.approval.Verdict.Accepted;
import dev.rollbackbot.domain.approval.Verdict.Moved;
import dev.rollbackbot.domain.approval.Verdict.Rejected;
import dev.rollbackbot.domain.command.Command;
import dev.rollbackbot.domain.command.Target;
import dev.rollbackbot.domain.job.Move;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.plan.Facts;
import dev.rollbackbot.domain.plan.Plan;
import dev.rollbackbot.domain.plan.Planned;
import dev.rollbackbot.domain.report.RollbackReport;
import dev.rollbackbot.engine.Cards;
import dev.rollbackbot.engine.FactsCollector;
import dev.rollbackbot.engine.Offers;
import dev.rollbackbot.engine.Problems;
import dev.rollbackbot.engine.Seal;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.engine.StepRunner;
import dev.rollbackbot.engine.StepRunner.Outcome;
import dev.rollbackbot.port.AuditLog;
import dev.rollbackbot.port.ChatException;
import dev.rollbackbot.port.CloudRun;
import dev.rollbackbot.port.Incoming.Pressed;
import dev.rollbackbot.port.RequestQueue.Verdict;
import dev.rollbackbot.port.WorldException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Judges a click once, and makes the accept-write or the write of a rollback's own button. */
public final class PressedButtons {
  /** The button of an offer. */
  public static final String ROLL_BACK = "roll_back";

  /** The button of an offered action. */
  public static final String APPROVE = "act";

  /** The button beside a row of a list, and of a rollback that others ended. */
  public static final String PLAN = "plan";

  /** The button that plans what an offer says as a canary. */
  public static final String IN_STEPS = "in_steps";

  /** The button that asks for the list. */
  public static final String LIST = "list";

  private final CloudRun cloudRun;
  private final FactsCollector collector;
  private final StepRunner runner;
  private final Actions actions;
  private final Approvals approvals;
  private final TypedWords words;
  private final Cards cards;
  private final Answers answers;
  private final Clicks clicks;
  private final Seal seal;
  private final InstantSource clock;
  private final DeskSettings settings;
  private final LooseTags looseTags;
  private final Actions.Work work;

  public PressedButtons(
      CloudRun cloudRun,
      FactsCollector collector,
      StepRunner runner,
      Actions actions,
      Approvals approvals,
      TypedWords words,
      Cards cards,
      Answers answers,
      Seal seal,
      AuditLog audit,
      InstantSource clock,
      DeskSettings settings,
      LooseTags looseTags,
      Actions.Work work) {
    this.cloudRun = cloudRun;
    this.collector = collector;
    this.runner = runner;
    this.actions = actions;
    this.approvals = approvals;
    this.words = words;
    this.cards = cards;
    this.answers = answers;
    this.clicks = new Clicks(answers, audit, clock);
    this.seal = seal;
    this.clock = clock;
    this.settings = settings;
    this.looseTags = looseTags;
    this.work = work;
  }

  Verdict handle(String requestId, Pressed click) {
    return switch (click.action()) {
      case ROLL_BACK -> rollBack(click);
      case PLAN -> plan(requestId, click);
      case IN_STEPS -> inSteps(requestId, click);
      case LooseTags.REMOVE -> looseTags.remove(click);
      case LIST -> list(requestId, click);
      case String other when other.startsWith("link") -> Verdict.DONE;
      case String _ -> action(requestId, click);
    };
  }

  private Verdict plan(String requestId, Pressed click) {
    Optional<ServiceSettings> service =
        settings
            .channel(click.channel())
            .flatMap(
                channel ->
                    channel.services().stream()
                        .filter(name -> click.value().startsWith(name + "-"))
                        .findFirst())
            .map(settings.services()::get);
    if (service.isEmpty()) {
      return clicks.not(click, Problem.refusal(Code.OFFER_FOREIGN));
    }
    var target = new Target.ByRevision(new RevisionName(click.value()));
    return words.attempt(Asker.of(requestId, click), service.get(), Command.Rollback.to(target));
  }

  /** Only plans, and anew: whoever presses it asks for it. */
  private Verdict inSteps(String requestId, Pressed click) {
    Optional<Offer> opened = seal.openOffer(click.value());
    Optional<ServiceSettings> service =
        opened.map(Offer::service).filter(serves(click)).map(settings.services()::get);
    return service
        .map(s -> words.attempt(Asker.of(requestId, click), s, Offers.inSteps(opened.get())))
        .orElseGet(() -> clicks.not(click, Problem.refusal(Code.OFFER_FOREIGN)));
  }

  private Verdict list(String requestId, Pressed click) {
    return Optional.of(click.value())
        .filter(serves(click))
        .map(settings.services()::get)
        .map(
            service ->
                words.attempt(
                    Asker.of(requestId, click), service, new Command.ListTargets(Optional.empty())))
        .orElseGet(() -> clicks.not(click, Problem.refusal(Code.OFFER_FOREIGN)));
  }

  /** The seal says which button it is. */
  private Verdict action(String requestId, Pressed click) {
    Optional<Seal.JobClick> bound = seal.openJobClick(click.value());
    if (bound.isPresent() && serves(click).test(bound.get().service())) {
      return actions.press(requestId, click, bound.get(), settings.service(bound.get().service()));
    }
    Optional<ActionOffer> offer = seal.openActionOffer(click.value());
    if (offer.isPresent() && serves(click).test(offer.get().service())) {
      return actions.approve(click, offer.get(), settings.service(offer.get().service()));
    }
    return clicks.not(click, Problem.refusal(Code.OFFER_FOREIGN));
  }

  private Verdict rollBack(Pressed click) {
    Optional<Offer> opened = seal.openOffer(click.value());
    Optional<ServiceSettings> service =
        opened.map(Offer::service).filter(serves(click)).map(settings.services()::get);
    if (service.isEmpty()) {
      return clicks.not(click, Problem.refusal(Code.OFFER_FOREIGN));
    }
    Optional<Problem> off = approvals.off();
    if (off.isPresent()) {
      return clicks.not(click, off.get());
    }
    return rollBack(click, opened.get(), service.get());
  }

  private Predicate<String> serves(Pressed click) {
    return name ->
        settings.channel(click.channel()).filter(c -> c.services().contains(name)).isPresent();
  }

  private Verdict rollBack(Pressed click, Offer offer, ServiceSettings service) {
    var by = new ClickBy(click.user(), click.at());
    Facts facts;
    try {
      // A used offer, a late click and a stranger need one read, not a whole plan.
      ServiceState state = cloudRun.read(service.id());
      ApprovalPolicy policy = approvals.of(service);
      Optional<Problem> problem =
          policy.before(offer, by, cloudRun.journal(state, work.bot()), clock.instant());
      if (problem.isPresent()) {
        return clicks.not(click, problem.get());
      }
      facts = collector.collect(Offers.wish(offer, service.id()), service);
      Planned fresh = Offers.replan(offer, service.id(), facts);
      var verdict = policy.judge(offer, by, facts.journal(), fresh, clock.instant());
      return switch (verdict) {
        case Rejected(Problem why) -> clicks.not(click, why);
        case Moved(Plan now) -> moved(click, offer, now, facts, service);
        case Accepted(Plan plan) -> accept(click, offer, by, plan, facts, service);
      };
    } catch (ChatException e) {
      throw e;
    } catch (WorldException e) {
      return clicks.unanswered(click, service, e);
    }
  }

  private Verdict moved(
      Pressed click, Offer offer, Plan now, Facts facts, ServiceSettings service) {
    ServiceState state = facts.state();
    var card = new Card(click.channel(), click.message());
    if (!isCardOfJob(card, facts.journal())) {
      renew(card, click, offer, now, state, service);
    }
    return clicks.not(
        click,
        Problem.refusal(
            Code.SERVICE_MOVED,
            Map.of("was", "-", "now", state.live().asArgument(), "by", state.lastModifier())));
  }

  /** An old offer, from a window left open, must not take a rollback's card and its way out. */
  private static boolean isCardOfJob(Card card, JournalReading journal) {
    return journal instanceof JournalReading.Found(Journal found)
        && found.cards().main().filter(card::equals).isPresent();
  }

  private void renew(
      Card card,
      Pressed click,
      Offer offer,
      Plan now,
      ServiceState state,
      ServiceSettings service) {
    Offer renewed =
        Offers.offer(
            seal.offerId(offer.id() + now.fingerprint()),
            now,
            offer.requester(),
            offer.reason(),
            clock.instant(),
            service.offerLife());
    cards.replace(
        card,
        new RollbackReport.Offered(
            now,
            offer.requester(),
            offer.reason(),
            renewed.issued(),
            renewed.expires(),
            Optional.of(seal.seal(renewed)),
            Optional.of(new RollbackReport.Moved(state.live().asArgument(), state.lastModifier()))),
        settings.language(click.channel()));
  }

  private Verdict accept(
      Pressed click, Offer offer, ClickBy by, Plan plan, Facts facts, ServiceSettings service) {
    var card = new Card(click.channel(), click.message());
    Move.Write write =
        Offers.accept(
            plan,
            offer,
            by,
            facts.journal(),
            facts.state(),
            Journal.Cards.of(Optional.of(card), settings.language(click.channel())),
            service.limits(),
            work.bot(),
            work.driver(),
            clock.instant());
    return switch (runner.run(write, facts.state())) {
      case Outcome.Landed landed -> {
        ServiceState after = landed.after();
        work.written().run();
        if (!runner.carriedOn(landed, write.next())) {
          cards.wrote(after, write.next(), service);
        }
        answers.inTheirName(
            click.channel(),
            click.user(),
            cards.linked(after, write.next()),
            service.policy().rule());
        yield Verdict.DONE;
      }
      // Judged again from the start by the next delivery: it finds out what moved.
      case Outcome.Moved _, Outcome.Unknown _ -> Verdict.AGAIN;
      case Outcome.Refused(WorldException why) ->
          clicks.not(click, Problems.ofCloudRun(why, service.id()));
    };
  }
}
