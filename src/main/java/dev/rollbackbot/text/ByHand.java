package dev.rollbackbot.text;

import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.plan.GcloudCommands;
import dev.rollbackbot.domain.report.JobView;

/** What a person types to do without the bot what a rollback's buttons do. */
record ByHand(ServiceId service, Journal journal) {

  static ByHand of(JobView view) {
    return new ByHand(view.service(), view.journal());
  }

  /** Puts back what was there before. */
  String before() {
    // Named revisions would leave a pin behind where everything followed LATEST.
    return followedLatest() ? newest() : GcloudCommands.toRevision(service, journal.before());
  }

  /** Everything followed LATEST before, and LATEST still means the same. */
  boolean followedLatest() {
    return journal.beforeLatest().isPresent() && journal.beforeLatest().equals(journal.newest());
  }

  /** Gives all users to the target. */
  String target() {
    return GcloudCommands.toRevision(service, LiveSplit.all(journal.aim().target()));
  }

  /** Lets users follow the newest revision. */
  String newest() {
    return GcloudCommands.toLatest(service);
  }
}
