package dev.rollbackbot.engine;

import dev.rollbackbot.domain.job.Intervention;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.plan.CommitInfo;
import dev.rollbackbot.domain.report.JobView;
import dev.rollbackbot.port.CommitHistory;
import dev.rollbackbot.port.WorldException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes of a journal and its service what the cards show. */
public final class Views {
  private final Seal seal;
  private final Map<String, CommitHistory> histories;
  private final Verdicts verdicts;

  public Views(Seal seal, Map<String, CommitHistory> histories, Verdicts verdicts) {
    this.seal = seal;
    this.histories = Map.copyOf(histories);
    this.verdicts = verdicts;
  }

  /** The view of a job at this moment. */
  public JobView of(ServiceState state, Journal journal, Instant now, Optional<String> link) {
    Journal seen = journal.seenAt(now);
    List<JobView.Choice> choices =
        Intervention.possible(state, seen).stream()
            .map(
                action ->
                    new JobView.Choice(
                        action,
                        seal.seal(
                            new Seal.JobClick(
                                action, state.id().name(), journal.jobId(), journal.seq()))))
            .toList();
    return new JobView(
        state.id(),
        seen,
        state.live(),
        text(state, journal.aim().commit()),
        text(state, journal.aim().fromCommit()),
        choices,
        link,
        journal.canary().flatMap(canary -> verdicts.of(state.id().name(), canary)));
  }

  private Optional<CommitInfo> text(ServiceState state, Optional<CommitSha> commit) {
    CommitHistory history = histories.get(state.id().name());
    if (history == null || commit.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(history.texts(List.of(commit.get())).get(commit.get()));
    } catch (WorldException e) {
      return Optional.empty();
    }
  }
}
