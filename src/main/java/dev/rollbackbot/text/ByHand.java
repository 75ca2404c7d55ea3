package dev.rollbackbot.text;

import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.plan.GcloudCommands;
import dev.rollbackbot.domain.report.JobView;

/**
 * What a person types to do without the bot what a rollback's buttons do.
 *
 * @param restorable the template is the old code, and may be put back now
 */
record ByHand(ServiceId service, Journal journal, boolean restorable) {

  static ByHand of(JobView view) {
    return new ByHand(
        view.service(),
        view.journal(),
        view.values().stream().anyMatch(choice -> choice.action() == JobAction.RESTORE));
  }

  /** Puts back what was there before. */
  String before() {
    // Named revisions would leave a pin behind where everything followed LATEST.
    return followedLatest()
        ? GcloudCommands.toLatest(service)
        : GcloudCommands.toRevision(service, journal.before());
  }

  /** Everything followed LATEST before, and LATEST still means the same. */
  boolean followedLatest() {
    // After a redeploy LATEST means the old code.
    return journal.aim().route() == Route.SHIFT
        && journal.beforeLatest().isPresent()
        && journal.beforeLatest().equals(journal.newest());
  }

  /** Takes a canary's next step. */
  String next() {
    int percent = journal.canary().map(Canary::next).orElse(100);
    return GcloudCommands.toRevision(
        service, journal.before().giving(journal.aim().target(), percent));
  }

  /** Gives all users to the target. */
  String target() {
    // Until the platform has named what is made, it is simply the newest.
    return targetIsNamed()
        ? GcloudCommands.toRevision(service, LiveSplit.all(journal.aim().target()))
        : GcloudCommands.toLatest(service);
  }

  /** Whether the platform is known to call the target so. */
  boolean targetIsNamed() {
    return journal.state() != JobState.PREPARING
        || journal.aim().redeployment().map(Journal.Redeployment::named).orElse(true);
  }

  /** Lets users follow the newest revision, over the template where that is needed. */
  String newest() {
    return restorable
        ? GcloudCommands.restore(service, journal.aim().redeployment().orElseThrow().template())
        : GcloudCommands.toLatest(service);
  }
}
