package dev.rollbackbot.domain.report;

import dev.rollbackbot.domain.health.CanaryVerdict;
import dev.rollbackbot.domain.health.CanaryVerdict.Advice;
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
 * @param verdict of its canary, once it was looked at
 */
public record JobView(
    ServiceId service,
    Journal journal,
    LiveSplit live,
    Optional<CommitInfo> target,
    Optional<CommitInfo> from,
    List<Choice> values,
    Optional<String> link,
    Optional<CanaryVerdict> verdict) {
  public JobView {
    values = List.copyOf(values);
  }

  /** Whether a canary's verdict is for the next step. */
  public boolean speaksForTheNextStep() {
    return journal
        .canary()
        .flatMap(canary -> verdict.map(found -> found.advice(canary.direction())))
        .filter(Advice.GO_ON::equals)
        .isPresent();
  }

  /** The same view with this button alone, or none when it may not be pressed. */
  public JobView only(JobAction action) {
    return with(values.stream().filter(choice -> choice.action() == action).toList());
  }

  /** The same view without buttons, for where none of them works. */
  public JobView withoutButtons() {
    return with(List.of());
  }

  /** The same view with these buttons. */
  public JobView with(List<Choice> choices) {
    return new JobView(service, journal, live, target, from, choices, link, verdict);
  }

  /** The same view with this link to the card. */
  public JobView linked(Optional<String> to) {
    return new JobView(service, journal, live, target, from, values, to, verdict);
  }

  /** A button that may be pressed now, with what it carries. */
  public record Choice(JobAction action, String value) {}
}
