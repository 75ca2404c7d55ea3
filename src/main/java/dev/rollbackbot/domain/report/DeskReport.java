package dev.rollbackbot.domain.report;

import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.plan.Candidate;
import dev.rollbackbot.domain.plan.Caution;
import dev.rollbackbot.domain.plan.CommitInfo;
import dev.rollbackbot.domain.plan.Known;
import dev.rollbackbot.domain.plan.RunningBuild;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Private answers of the desk. */
public sealed interface DeskReport {

  /**
   * Where one can go back to; each row has a button that plans it (value: the revision's name).
   *
   * @param starting a deploy's revision that is not ready yet
   * @param builds that will probably deploy when they are done
   */
  record Targets(
      ServiceId service,
      List<Candidate> rows,
      List<Known.Unknown<?>> unknown,
      Optional<RevisionName> starting,
      List<RunningBuild> builds)
      implements DeskReport {
    public Targets {
      rows = List.copyOf(rows);
      unknown = List.copyOf(unknown);
      builds = List.copyOf(builds);
    }
  }

  /**
   * How a service stands.
   *
   * @param configuration names the settings that the bot runs with
   * @param others what other tools will do to a rollback when they run next
   */
  record Status(
      ServiceId service,
      LiveSplit live,
      boolean pinned,
      boolean settled,
      Optional<CommitInfo> commit,
      Optional<String> commitSha,
      Optional<Instant> since,
      String lastModifier,
      String client,
      Optional<String> newest,
      JournalReading journal,
      Optional<JobView> job,
      List<String> leftoverTags,
      List<Caution> others,
      String configuration)
      implements DeskReport {}

  /** What the bot noted, newest first. */
  record History(ServiceId service, Known<List<Deed>> deeds) implements DeskReport {}

  /** It was done as asked. */
  record Done(ServiceId service, JobAction action) implements DeskReport {}

  /** To the approver alone: what was approved in their name. */
  record YouApproved(JobView view) implements DeskReport {}

  /** Asks once more before a typed word acts; the button is the view's only choice. */
  record Confirm(JobView view, JobAction action) implements DeskReport {}

  /** How to use this. */
  record Help() implements DeskReport {}

  /** It was not done. */
  record Not(Problem problem) implements DeskReport {}
}
