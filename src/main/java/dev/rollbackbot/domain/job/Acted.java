package dev.rollbackbot.domain.job;

import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import java.util.Optional;

/** Whether a journal is as somebody's last word has made it. */
final class Acted {
  private Acted() {}

  static boolean shows(JobAction action, Journal journal) {
    JobState state = journal.state();
    return switch (action) {
      case STOP ->
          goesBack(journal) || journal.ending() == Ending.STOPPED || stoppedItsReturn(journal);
      case KEEP -> journal.ending() == Ending.KEPT;
      case UNDO -> goesBack(journal);
      case NEWEST, RESTORE ->
          state == JobState.RETURN_PREPARING
              || state == JobState.RETURNING
              || journal.ending() == Ending.RETURNED;
      case GO_ON -> state == JobState.SETTLING || state == JobState.SWITCHING;
      case HOLD_HERE -> state == JobState.HOLDING;
      case WAIT -> state == JobState.WATCHING;
      case SWITCH_ANYWAY ->
          journal.times().switched().isPresent()
              && journal.evidence().target().filter(probe -> !probe.passed()).isPresent();
    };
  }

  /** It rests, and not because something came out: that sets another moment as well. */
  private static boolean stoppedItsReturn(Journal journal) {
    if (journal.tookBackAPin()) {
      return journal.ending() == Ending.KEPT;
    }
    boolean elsewhere = WayToNewest.withoutReturn(journal) == JobState.CLOSED;
    if (elsewhere && journal.state() == JobState.CLOSED) {
      // As it had ended before somebody wanted the template back.
      return journal.ending() == Ending.FAILED
          && journal.aim().redeployment().flatMap(Journal.Redeployment::restored).isPresent();
    }
    return journal.state() == JobState.OPEN
        && journal.ending() == Ending.UNPROVEN
        && !journal.times().rested().equals(Optional.of(journal.since()));
  }

  private static boolean goesBack(Journal journal) {
    return journal.state() == JobState.UNDOING || journal.ending() == Ending.UNDONE;
  }
}
