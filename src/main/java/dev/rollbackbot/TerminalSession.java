package dev.rollbackbot;

import dev.rollbackbot.domain.approval.Asked;
import dev.rollbackbot.domain.approval.ClickBy;
import dev.rollbackbot.domain.approval.Offer;
import dev.rollbackbot.domain.command.Command;
import dev.rollbackbot.domain.command.Parsed;
import dev.rollbackbot.domain.command.Reason;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.job.Observed;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.CommitSha;
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
import dev.rollbackbot.engine.Interventions;
import dev.rollbackbot.engine.Offers;
import dev.rollbackbot.engine.Problems;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.engine.StepRunner.Outcome;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.terminal.Prompt;
import dev.rollbackbot.text.Message;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The same rollback at a prompt: same grammar, planner, journal and driver; no chat, no queue, no
 * worker. After Ctrl-C a worker carries on, or {@code rollback-bot resume}.
 */
final class TerminalSession {
  /** Exit codes, as the README lists them. */
  enum Exit {
    DONE(0),
    FAILED(1),
    USAGE(2),
    REFUSED(3),
    UNKNOWN(4),
    OPEN_NOT_HEALTHY(5);

    final int code;

    Exit(int code) {
      this.code = code;
    }
  }

  private final Core core;
  private final Prompt prompt;
  private final Locale language;
  private final Supplier<String> who;
  private final TerminalApproval approval;

  /**
   * @param who the e-mail of the Google credentials, or {@code unknown}; asked only where it is
   *     told
   */
  TerminalSession(Core core, Prompt prompt, Locale language, Supplier<String> who) {
    this.core = core;
    this.prompt = prompt;
    this.language = language;
    this.who = who;
    this.approval = new TerminalApproval(core, prompt, language, who);
  }

  /** Runs what was typed. */
  Exit run(String words) {
    if (words.strip().equals("resume") || words.strip().startsWith("resume ")) {
      return service(
              Optional.of(words.strip().substring("resume".length()).strip())
                  .filter(s -> !s.isEmpty()))
          .map(this::resume)
          .orElseGet(this::needService);
    }
    return switch (core.parser().parse(words)) {
      case Parsed.Wrong(Problem problem) -> not(problem, Exit.USAGE);
      case Parsed.Understood(Command.Help()) -> {
        tell(core.deskComposer().compose(new DeskReport.Help(), language));
        yield Exit.DONE;
      }
      case Parsed.Understood(Command command) ->
          service(command.service())
              .map(service -> guarded(command, service))
              .orElseGet(this::needService);
    };
  }

  private Optional<ServiceSettings> service(Optional<String> named) {
    Map<String, ServiceSettings> services = core.services();
    if (named.isPresent()) {
      return Optional.ofNullable(services.get(named.get()));
    }
    return services.size() == 1
        ? services.values().stream().findFirst()
        : prompt.choose(services.keySet().stream().sorted().toList()).map(services::get);
  }

  private Exit needService() {
    return not(
        Problem.refusal(
            Code.SERVICE_NEEDED, Map.of("services", String.join(", ", core.services().keySet()))),
        Exit.USAGE);
  }

  private Exit guarded(Command command, ServiceSettings service) {
    try {
      return run(command, service);
    } catch (WorldException e) {
      return not(Problems.ofCloudRun(e, service.id()), Exit.FAILED);
    }
  }

  private Exit run(Command command, ServiceSettings service) {
    return switch (command) {
      case Command.Rollback rollback ->
          rollBack(service, service.wish(rollback), rollback.reason());
      case Command.ListTargets _ -> show(core.surveys().targets(service));
      case Command.Status _ -> show(core.surveys().status(service));
      case Command.History _ -> show(core.surveys().history(service));
      case Command.Stop _ -> act(service, JobAction.STOP);
      case Command.Keep _ -> act(service, JobAction.KEEP);
      case Command.Undo(Optional<String> _, Optional<Reason> alone) ->
          back(service, JobAction.UNDO, alone);
      case Command.Newest(Optional<String> _, Optional<Reason> alone) ->
          back(service, JobAction.NEWEST, alone);
      case Command.GoOn(Optional<String> _, Optional<Reason> alone) ->
          back(service, JobAction.GO_ON, alone);
      case Command.Hold _ -> act(service, JobAction.HOLD_HERE);
      case Command.Wait _ -> act(service, JobAction.WAIT);
      case Command.Help _ -> show(new DeskReport.Help());
    };
  }

  private Exit show(DeskReport report) {
    tell(core.deskComposer().compose(report, language));
    return Exit.DONE;
  }

  private Exit rollBack(ServiceSettings service, Wish wish, Optional<Reason> reason) {
    Optional<Problem> alone =
        approval.needsAlone(service, reason, "rollback " + wish.target().typed());
    if (alone.isPresent()) {
      return not(alone.get(), Exit.REFUSED);
    }
    Facts facts = core.collector().collect(wish, service);
    return switch (Planner.plan(wish, facts)) {
      case Planned.Impossible(Problem problem) -> not(problem, Exit.REFUSED);
      case Planned.Ready(Plan plan) -> offer(service, facts, plan, reason);
    };
  }

  private Exit offer(ServiceSettings service, Facts facts, Plan plan, Optional<Reason> reason) {
    Asked asked = approval.asked(reason);
    Offer offer =
        Offers.offer(asked.id(), plan, who.get(), reason, asked.at(), service.offerLife());
    tell(
        core.composer()
            .compose(
                new RollbackReport.Offered(
                    plan,
                    who.get(),
                    reason,
                    offer.issued(),
                    offer.expires(),
                    Optional.empty(),
                    Optional.empty()),
                language));
    String aim =
        plan.target()
            .commit()
            .map(CommitSha::abbreviated)
            .or(() -> plan.target().revision().map(RevisionName::value))
            .orElseThrow();
    if (!prompt.confirm(aim)) {
      return Exit.REFUSED;
    }
    return switch (core.runner()
        .run(
            Offers.accept(
                plan,
                offer,
                new ClickBy(who.get(), core.clock().instant()),
                facts.journal(),
                facts.state(),
                Journal.Cards.of(Optional.empty(), language),
                service.limits(),
                core.bot(),
                core.driverId(),
                core.clock().instant()),
            facts.state())) {
      case Outcome.Landed(ServiceState after) -> follow(service, after);
      case Outcome.Moved(ServiceState moved) ->
          not(
              Problem.refusal(
                  Code.SERVICE_MOVED,
                  Map.of(
                      "was",
                      plan.before().asArgument(),
                      "now",
                      moved.live().asArgument(),
                      "by",
                      moved.lastModifier())),
              Exit.REFUSED);
      case Outcome.Refused(WorldException why) ->
          not(Problems.ofCloudRun(why, service.id()), Exit.FAILED);
      case Outcome.Unknown(WorldException why) ->
          not(Problems.ofCloudRun(why, service.id()), Exit.UNKNOWN);
    };
  }

  private Exit act(ServiceSettings service, JobAction action) {
    return outcome(service, core.interventions().act(action, service, Optional.empty(), who.get()));
  }

  private Exit outcome(ServiceSettings service, Interventions.Result result) {
    return switch (result) {
      case Interventions.Result.Not(Problem problem) -> not(problem, Exit.REFUSED);
      case Interventions.Result.Did(ServiceState after, Journal _) -> follow(service, after);
    };
  }

  private Exit back(ServiceSettings service, JobAction action, Optional<Reason> reason) {
    return approval
        .back(service, action, reason)
        .map(result -> outcome(service, result))
        .orElse(Exit.REFUSED);
  }

  private Exit resume(ServiceSettings service) {
    Optional<Observed> standing = core.interventions().standing(service);
    return standing.isEmpty()
        ? not(Problem.refusal(Code.NO_OPEN_JOB), Exit.REFUSED)
        : follow(service, standing.get().state());
  }

  private Exit follow(ServiceSettings service, ServiceState first) {
    return new TerminalFollow(core, prompt, language, approval).follow(service, first);
  }

  private Exit not(Problem problem, Exit exit) {
    tell(core.deskComposer().compose(new DeskReport.Not(problem), language));
    return exit;
  }

  private void tell(Message message) {
    prompt.tell(message);
  }
}
