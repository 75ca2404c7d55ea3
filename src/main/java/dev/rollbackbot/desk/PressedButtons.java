package dev.rollbackbot.desk;

import dev.rollbackbot.domain.approval.ClickBy;
import dev.rollbackbot.domain.approval.Offer;
import dev.rollbackbot.domain.approval.Verdict.Accepted;
import dev.rollbackbot.domain.approval.Verdict.Moved;
import dev.rollbackbot.domain.approval.Verdict.Rejected;
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
import dev.rollbackbot.domain.plan.Planner;
import dev.rollbackbot.domain.plan.Wish;
import dev.rollbackbot.domain.report.DeskReport;
import dev.rollbackbot.domain.report.RollbackReport;
import dev.rollbackbot.engine.Cards;
import dev.rollbackbot.engine.FactsCollector;
import dev.rollbackbot.engine.Interventions;
import dev.rollbackbot.engine.Offers;
import dev.rollbackbot.engine.Problems;
import dev.rollbackbot.engine.Seal;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.engine.StepRunner;
import dev.rollbackbot.engine.StepRunner.Outcome;
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

  /** The button beside a row of a list. */
  public static final String PLAN = "plan";

  private final CloudRun cloudRun;
  private final FactsCollector collector;
  private final StepRunner runner;
  private final Interventions interventions;
  private final TypedWords words;
  private final Cards cards;
  private final Answers answers;
  private final Seal seal;
  private final InstantSource clock;
  private final DeskSettings settings;
  private final LooseTags looseTags;
  private final Work work;

  /**
   * How rollbacks are driven from here.
   *
   * @param written called after a write, so that a driver looks at once
   */
  public record Work(String bot, String driver, Runnable written) {}

  public PressedButtons(
      CloudRun cloudRun,
      FactsCollector collector,
      StepRunner runner,
      Interventions interventions,
      TypedWords words,
      Cards cards,
      Answers answers,
      Seal seal,
      InstantSource clock,
      DeskSettings settings,
      LooseTags looseTags,
      Work work) {
    this.cloudRun = cloudRun;
    this.collector = collector;
    this.runner = runner;
    this.interventions = interventions;
    this.words = words;
    this.cards = cards;
    this.answers = answers;
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
      case LooseTags.REMOVE -> looseTags.remove(click);
      case String other when other.startsWith("link") -> Verdict.DONE;
      case String _ -> job(click);
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
      return not(click, Problem.refusal(Code.OFFER_FOREIGN));
    }
    try {
      words.offer(
          requestId,
          click.channel(),
          click.user(),
          Optional.of(click.responseUrl()),
          service.get(),
          new Target.ByRevision(new RevisionName(click.value())));
      return Verdict.DONE;
    } catch (WorldException e) {
      return not(click, Problems.ofCloudRun(e, service.get().id()));
    }
  }

  private Verdict rollBack(Pressed click) {
    Optional<Offer> opened = seal.openOffer(click.value());
    Optional<ServiceSettings> service =
        opened.map(Offer::service).filter(serves(click)).map(settings.services()::get);
    if (service.isEmpty()) {
      return not(click, Problem.refusal(Code.OFFER_FOREIGN));
    }
    if (!settings.approvals()) {
      return not(click, Problem.refusal(Code.APPROVALS_OFF));
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
      Optional<Problem> problem =
          service.policy().before(offer, by, cloudRun.journal(state, work.bot()), clock.instant());
      if (problem.isPresent()) {
        return not(click, problem.get());
      }
      Wish wish = new Wish(service.id(), new Target.ByRevision(offer.revision()));
      Wish asked =
          offer.commit().map(c -> new Wish(service.id(), new Target.Commit(c))).orElse(wish);
      facts = collector.collect(asked, service);
      Planned fresh = Planner.plan(asked, facts);
      var verdict = service.policy().judge(offer, by, facts.journal(), fresh, clock.instant());
      return switch (verdict) {
        case Rejected(Problem why) -> not(click, why);
        case Moved(Plan now) -> moved(click, offer, now, facts, service);
        case Accepted(Plan plan) -> accept(click, offer, by, plan, facts, service);
      };
    } catch (WorldException e) {
      return unanswered(click, service, e);
    }
  }

  /** Tried again by the queue while the click may still act; then the person is told. */
  private Verdict unanswered(Pressed click, ServiceSettings service, WorldException e) {
    boolean again =
        (e.kind() == WorldException.Kind.UNAVAILABLE || e.kind() == WorldException.Kind.QUOTA)
            && click.at().plus(service.policy().lateness()).isAfter(clock.instant());
    return again ? Verdict.AGAIN : not(click, Problems.ofCloudRun(e, service.id()));
  }

  private Verdict moved(
      Pressed click, Offer offer, Plan now, Facts facts, ServiceSettings service) {
    ServiceState state = facts.state();
    var card = new Card(click.channel(), click.message());
    if (!isCardOfJob(card, facts.journal())) {
      renew(card, click, offer, now, state, service);
    }
    return not(
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
            Optional.of(
                new RollbackReport.Moved(
                    offer.revision().value(), state.live().asArgument(), state.lastModifier()))),
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
            facts.state().latestReady(),
            new Journal.Cards(
                Optional.of(card), Optional.empty(), settings.language(click.channel())),
            service.limits(),
            work.bot(),
            work.driver(),
            clock.instant());
    return switch (runner.run(write, facts.state())) {
      case Outcome.Landed landed -> {
        ServiceState after = landed.after();
        work.written().run();
        closeEarlier(facts, after, service);
        if (!runner.carriedOn(landed, write.next())) {
          cards.wrote(after, write.next(), service.incidentChannel());
        }
        answers.did(
            click.channel(),
            click.user(),
            Optional.of(click.responseUrl()),
            new DeskReport.YouApproved(cards.view(after, write.next())));
        yield Verdict.DONE;
      }
      // Judged again from the start by the next delivery: it finds out what moved.
      case Outcome.Moved _, Outcome.Unknown _ -> Verdict.AGAIN;
      case Outcome.Refused(WorldException why) ->
          not(click, Problems.ofCloudRun(why, service.id()));
    };
  }

  /** The open rollback that this one ends gets its last word. */
  private void closeEarlier(Facts facts, ServiceState after, ServiceSettings service) {
    if (facts.journal() instanceof JournalReading.Found(Journal earlier)
        && earlier.state().atRest()) {
      cards.wrote(after, earlier.superseded(clock.instant()), service.incidentChannel());
    }
  }

  private Verdict job(Pressed click) {
    Optional<Seal.JobClick> opened = seal.openJobClick(click.value());
    Optional<ServiceSettings> service =
        opened.map(Seal.JobClick::service).filter(serves(click)).map(settings.services()::get);
    if (service.isEmpty()) {
      return not(click, Problem.refusal(Code.OFFER_FOREIGN));
    }
    if (!service.get().policy().permits(click.user())) {
      return not(
          click,
          Problem.refusal(
              Code.NOT_AN_APPROVER,
              Map.of("approvers", String.join(", ", service.get().policy().approvers()))));
    }
    if (click.at().plus(service.get().policy().lateness()).isBefore(clock.instant())) {
      return not(click, Problem.refusal(Code.CLICK_TOO_LATE));
    }
    Seal.JobClick bound = opened.get();
    try {
      return switch (interventions.act(
          bound.action(),
          service.get(),
          Optional.of(new Interventions.Bound(bound.jobId(), bound.seq())),
          click.user())) {
        case Interventions.Result.Not(Problem problem) -> not(click, problem);
        case Interventions.Result.Did _ -> {
          work.written().run();
          yield Verdict.DONE;
        }
      };
    } catch (WorldException e) {
      return unanswered(click, service.get(), e);
    }
  }

  private Verdict not(Pressed click, Problem problem) {
    answers.not(click.channel(), click.user(), Optional.of(click.responseUrl()), problem);
    return Verdict.DONE;
  }
}
