package dev.rollbackbot.engine;

import dev.rollbackbot.domain.approval.ApprovalPolicy;
import dev.rollbackbot.domain.command.Command;
import dev.rollbackbot.domain.health.HealthJudge;
import dev.rollbackbot.domain.job.Limits;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.plan.Wish;
import java.time.Duration;
import java.util.Optional;

/**
 * What the configuration says of one service.
 *
 * @param repository of its images, without tag
 * @param branch that is deployed
 * @param probeable whether its addresses can be reached from where the bot runs
 * @param limits how long each state may take
 * @param canary how its canaries go
 * @param offerLife how long an offer may be taken
 * @param incidentChannel where others are told; empty for nobody
 * @param homeChannel where rollbacks are told that were run at a terminal; empty for nobody
 */
public record ServiceSettings(
    ServiceId id,
    String repository,
    String branch,
    boolean probeable,
    ApprovalPolicy policy,
    HealthJudge judge,
    Limits limits,
    CanaryTerms canary,
    Duration offerLife,
    Optional<String> incidentChannel,
    Optional<String> homeChannel) {

  /** What somebody wishes for this service. */
  public Wish wish(Command.Rollback rollback) {
    return new Wish(
        id,
        rollback.target(),
        rollback.route(),
        rollback.steps().map(steps -> steps.on(canary.usual())));
  }
}
