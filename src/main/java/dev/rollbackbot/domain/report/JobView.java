package dev.rollbackbot.domain.report;

import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.plan.CommitInfo;
import java.util.List;
import java.util.Optional;

/**
 * A rollback as its cards show it: the journal, the service's truth, and the texts of its commits.
 *
 * @param live who serves now, by name, as wanted
 * @param values what each button of the card carries; a button without a value is not shown
 * @param link to the card, for messages elsewhere
 */
public record JobView(
    ServiceId service,
    Journal journal,
    LiveSplit live,
    Optional<CommitInfo> target,
    Optional<CommitInfo> from,
    List<Choice> values,
    Optional<String> link) {
  public JobView {
    values = List.copyOf(values);
  }

  /** The same view with this button alone, or none when it may not be pressed. */
  public JobView only(JobAction action) {
    return new JobView(
        service,
        journal,
        live,
        target,
        from,
        values.stream().filter(choice -> choice.action() == action).toList(),
        link);
  }

  /** The same view without buttons, for where none of them works. */
  public JobView withoutButtons() {
    return new JobView(service, journal, live, target, from, List.of(), link);
  }

  /** A button that may be pressed now, with what it carries. */
  public record Choice(JobAction action, String value) {}
}
