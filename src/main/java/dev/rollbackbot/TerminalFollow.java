package dev.rollbackbot;

import dev.rollbackbot.TerminalSession.Exit;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.report.DeskReport;
import dev.rollbackbot.domain.report.JobView;
import dev.rollbackbot.domain.report.RollbackReport;
import dev.rollbackbot.engine.Interventions;
import dev.rollbackbot.engine.ServiceSettings;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.terminal.Prompt;
import dev.rollbackbot.text.Message;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Drives a rollback at a prompt until it rests, and asks where a canary waits for a yes. */
final class TerminalFollow {
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Core core;
  private final Prompt prompt;
  private final Locale language;
  private final TerminalApproval approval;

  TerminalFollow(Core core, Prompt prompt, Locale language, TerminalApproval approval) {
    this.core = core;
    this.prompt = prompt;
    this.language = language;
    this.approval = approval;
  }

  /** Drives it until it rests, one line for each new state. */
  Exit follow(ServiceSettings service, ServiceState first) {
    ServiceState state = first;
    int told = -1;
    while (true) {
      if (!(core.cloudRun().journal(state, core.bot())
          instanceof JournalReading.Found(Journal journal))) {
        return Exit.UNKNOWN;
      }
      if (journal.seq() != told) {
        told = journal.seq();
        prompt.progress(
            core.composer()
                .compose(new RollbackReport.Line(core.cards().view(state, journal)), language));
      }
      if (!journal.state().moves()) {
        tell(
            core.composer()
                .compose(new RollbackReport.Card(core.cards().view(state, journal)), language));
        return exitOf(journal.ending());
      }
      if (journal.state() == JobState.HOLDING) {
        Optional<Exit> left = atAStep(service, core.cards().view(state, journal));
        if (left.isPresent()) {
          return left.get();
        }
      }
      var _ = core.driver().advance(state, service);
      core.timers().pause(LOOK);
      state = reread(service, state);
    }
  }

  /**
   * A canary waits for a yes. Whoever answers everything with yes beforehand cannot have meant a
   * step that the verdict does not speak for: users are left as they are split.
   */
  private Optional<Exit> atAStep(ServiceSettings service, JobView view) {
    if (!prompt.unattended() || view.speaksForTheNextStep()) {
      Optional<Interventions.Result> result =
          approval.back(service, JobAction.GO_ON, Optional.empty());
      if (result.isPresent()) {
        return switch (result.get()) {
          case Interventions.Result.Did _ -> Optional.empty();
          case Interventions.Result.Not(Problem problem) -> Optional.of(not(problem));
        };
      }
    }
    tell(core.composer().compose(new RollbackReport.Card(view), language));
    return Optional.of(Exit.OPEN_NOT_HEALTHY);
  }

  private ServiceState reread(ServiceSettings service, ServiceState last) {
    try {
      return core.cloudRun().read(service.id());
    } catch (WorldException e) {
      prompt.note(e.detail());
      return last;
    }
  }

  private static Exit exitOf(Ending ending) {
    return switch (ending) {
      case VERIFIED, UNDONE, RETURNED, KEPT, STOPPED -> Exit.DONE;
      case UNPROVEN, BAD, NEWEST_UNWELL -> Exit.OPEN_NOT_HEALTHY;
      case UNKNOWN, NONE -> Exit.UNKNOWN;
      case FAILED, REVERTED, MOVED, TAKEN_OVER -> Exit.FAILED;
    };
  }

  private Exit not(Problem problem) {
    tell(core.deskComposer().compose(new DeskReport.Not(problem), language));
    return Exit.OPEN_NOT_HEALTHY;
  }

  private void tell(Message message) {
    prompt.tell(message);
  }
}
