package dev.rollbackbot.domain.approval;

import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.plan.Plan;

/** What a click on an offer may do. */
public sealed interface Verdict {
  /** It may act, on this plan, which means what was shown. */
  record Accepted(Plan plan) implements Verdict {}

  /** Nothing runs. */
  record Rejected(Problem problem) implements Verdict {}

  /** Nothing runs: the service moved. The plan is what it would be now. */
  record Moved(Plan now) implements Verdict {}
}
