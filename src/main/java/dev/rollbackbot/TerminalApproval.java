package dev.rollbackbot;

import dev.rollbackbot.domain.approval.Asked;
import dev.rollbackbot.domain.command.Reason;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.report.DeskReport;
import dev.rollbackbot.engine.ActionOffers;
import dev.rollbackbot.engine.ActionOffers.Look;
import dev.rollbackbot.engine.ActionOffers.Prospect;
import dev.rollbackbot.engine.Interventions;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.terminal.Prompt;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who says yes at a prompt: there is one person, whoever that is, so where two must agree they go
 * alone and say why.
 */
final class TerminalApproval {
  static final String UNKNOWN = "unknown";

  private final Core core;
  private final Prompt prompt;
  private final Locale language;
  private final Supplier<String> who;

  TerminalApproval(Core core, Prompt prompt, Locale language, Supplier<String> who) {
    this.core = core;
    this.prompt = prompt;
    this.language = language;
    this.who = who;
  }

  /** Why this may not be done without {@code --alone}; empty where it may. */
  Optional<Problem> needsAlone(ServiceSettings service, Optional<Reason> reason, String typed) {
    return switch (service.policy().rule()) {
      case CONFIRM -> Optional.empty();
      case FOUR_EYES ->
          reason.filter(Reason::alone).isPresent()
              ? Optional.empty()
              : Optional.of(Problem.refusal(Code.ALONE_NEEDED, Map.of("typed", typed)));
    };
  }

  Asked asked(Optional<Reason> reason) {
    Instant now = core.clock().instant();
    String by = who.get();
    return Asked.first(core.seal().offerId("terminal " + now + " " + by), by, reason, now);
  }

  /**
   * Undo or the return to newest: what users get changes, so it is asked for once more.
   *
   * @return empty when the answer was no
   */
  Optional<Interventions.Result> back(
      ServiceSettings service, JobAction action, Optional<Reason> reason) {
    ServiceState state = core.cloudRun().read(service.id());
    JournalReading reading = core.cloudRun().journal(state, core.bot());
    Optional<Problem> alone =
        cameAlone(service, reading) ? Optional.empty() : needsAlone(service, reason, action.id());
    if (alone.isPresent()) {
      return Optional.of(new Interventions.Result.Not(alone.get()));
    }
    ActionOffers offers = core.actionOffers();
    Asked asked = asked(reason);
    return switch (offers.look(action, state, reading, service, asked)) {
      case Look.No(Problem problem) -> Optional.of(new Interventions.Result.Not(problem));
      case Look.Possible(Prospect prospect) -> {
        String sealed = core.seal().seal(offers.offer(prospect, asked, service));
        var question = new DeskReport.Confirm(offers.view(prospect, sealed), prospect.action());
        prompt.tell(core.deskComposer().compose(question, language));
        var nowhere = Journal.Cards.of(Optional.empty(), language);
        yield prompt.confirm(action.id())
            ? Optional.of(offers.take(prospect, asked, nowhere, service))
            : Optional.empty();
      }
    };
  }

  /** Who went alone may come back alone; somebody unknown may be anybody. */
  private boolean cameAlone(ServiceSettings service, JournalReading reading) {
    return !who.get().equals(UNKNOWN)
        && reading instanceof JournalReading.Found(Journal job)
        && !service.policy().onlyAsks(who.get(), job);
  }
}
