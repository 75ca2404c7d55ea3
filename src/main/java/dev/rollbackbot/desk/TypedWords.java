package dev.rollbackbot.desk;

import dev.rollbackbot.domain.approval.Offer;
import dev.rollbackbot.domain.command.Command;
import dev.rollbackbot.domain.command.CommandParser;
import dev.rollbackbot.domain.command.Parsed;
import dev.rollbackbot.domain.command.Reason;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.plan.Plan;
import dev.rollbackbot.domain.plan.Planned;
import dev.rollbackbot.domain.plan.Planner;
import dev.rollbackbot.domain.plan.Wish;
import dev.rollbackbot.domain.report.DeskReport;
import dev.rollbackbot.domain.report.RollbackReport;
import dev.rollbackbot.engine.Cards;
import dev.rollbackbot.engine.FactsCollector;
import dev.rollbackbot.engine.Offers;
import dev.rollbackbot.engine.Problems;
import dev.rollbackbot.engine.Seal;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.engine.Surveys;
import dev.rollbackbot.port.ChatException;
import dev.rollbackbot.port.RequestQueue.Verdict;
import dev.rollbackbot.port.WorldException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers what was typed: an offer in the channel, everything else to the one who asked. */
public final class TypedWords {
  private final CommandParser parser;
  private final FactsCollector collector;
  private final Surveys surveys;
  private final Actions actions;
  private final Cards cards;
  private final Answers answers;
  private final Seal seal;
  private final InstantSource clock;
  private final DeskSettings settings;

  public TypedWords(
      CommandParser parser,
      FactsCollector collector,
      Surveys surveys,
      Actions actions,
      Cards cards,
      Answers answers,
      Seal seal,
      InstantSource clock,
      DeskSettings settings) {
    this.parser = parser;
    this.collector = collector;
    this.surveys = surveys;
    this.actions = actions;
    this.cards = cards;
    this.answers = answers;
    this.seal = seal;
    this.clock = clock;
    this.settings = settings;
  }

  Verdict handle(Asker asker, String text) {
    return switch (parser.parse(text)) {
      case Parsed.Wrong(Problem problem) -> not(asker, problem);
      case Parsed.Understood(Command command) ->
          service(command, asker.channel())
              .map(service -> attempt(asker, service, command))
              .orElseGet(() -> not(asker, noService(command)));
    };
  }

  /** The service that was named, if it belongs to this channel, else the channel's only one. */
  private Optional<ServiceSettings> service(Command command, String channel) {
    List<String> here =
        settings.channel(channel).map(DeskSettings.Channel::services).orElse(List.of());
    return command
        .service()
        .filter(here::contains)
        .or(
            () ->
                command.service().isEmpty() && here.size() == 1
                    ? Optional.of(here.getFirst())
                    : Optional.empty())
        .map(settings.services()::get);
  }

  private Problem noService(Command command) {
    return command
        .service()
        .map(
            name ->
                Problem.refusal(
                    Code.SERVICE_NOT_CONFIGURED,
                    Map.of(
                        "service", name, "known", String.join(", ", settings.services().keySet()))))
        .orElseGet(
            () ->
                Problem.refusal(
                    Code.SERVICE_NEEDED,
                    Map.of("services", String.join(", ", settings.services().keySet()))));
  }

  /** Answers a command about this service; whatever stands in its way is told. */
  Verdict attempt(Asker asker, ServiceSettings service, Command command) {
    try {
      run(asker, command, service);
      return Verdict.DONE;
    } catch (ChatException e) {
      // Told as what it is, by whoever can.
      throw e;
    } catch (WorldException e) {
      return not(asker, Problems.ofCloudRun(e, service.id()));
    }
  }

  private void run(Asker asker, Command command, ServiceSettings service) {
    switch (command) {
      case Command.Rollback rollback ->
          offer(asker, service, service.wish(rollback), rollback.reason());
      case Command.ListTargets _ -> tell(asker, surveys.targets(service));
      case Command.Status _ -> tell(asker, surveys.status(service));
      case Command.History _ -> tell(asker, surveys.history(service));
      case Command.Stop _ -> actions.act(asker, service, JobAction.STOP);
      case Command.Keep _ -> actions.act(asker, service, JobAction.KEEP);
      case Command.Undo(Optional<String> _, Optional<Reason> alone) ->
          actions.ask(asker, service, JobAction.UNDO, alone);
      case Command.Newest(Optional<String> _, Optional<Reason> alone) ->
          actions.ask(asker, service, JobAction.NEWEST, alone);
      case Command.GoOn(Optional<String> _, Optional<Reason> alone) ->
          actions.ask(asker, service, JobAction.GO_ON, alone);
      case Command.Hold _ -> actions.act(asker, service, JobAction.HOLD_HERE);
      case Command.Wait _ -> actions.act(asker, service, JobAction.WAIT);
      // The front answers this one; a mention in a thread comes here.
      case Command.Help _ -> tell(asker, new DeskReport.Help());
    }
  }

  /** Plans, and shows the plan in the channel; what cannot be planned is told to the asker. */
  private void offer(Asker asker, ServiceSettings service, Wish wish, Optional<Reason> reason) {
    switch (Planner.plan(wish, collector.collect(wish, service))) {
      case Planned.Impossible(Problem problem) -> {
        var _ = not(asker, problem);
      }
      case Planned.Ready(Plan plan) -> {
        Offer offer =
            Offers.offer(
                seal.offerId(asker.id()),
                plan,
                asker.user(),
                reason,
                clock.instant(),
                service.offerLife());
        var _ =
            cards.offer(
                asker.channel(),
                new RollbackReport.Offered(
                    plan,
                    asker.user(),
                    reason,
                    offer.issued(),
                    offer.expires(),
                    Optional.of(seal.seal(offer)),
                    Optional.empty()),
                settings.language(asker.channel()));
      }
    }
  }

  private void tell(Asker asker, DeskReport report) {
    answers.tell(asker.channel(), asker.user(), asker.responseUrl(), report);
  }

  private Verdict not(Asker asker, Problem problem) {
    answers.not(asker.channel(), asker.user(), asker.responseUrl(), problem);
    return Verdict.DONE;
  }
}
