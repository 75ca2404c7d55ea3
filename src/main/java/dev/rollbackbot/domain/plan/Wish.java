package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.command.Target;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.model.ServiceId;
import java.util.Optional;

/**
 * What somebody wants: this service back on that target.
 *
 * @param route the way that was asked for; empty leaves the choice to the planner
 * @param ladder for a canary; empty to move all users at once
 */
public record Wish(
    ServiceId service, Target target, Optional<Route> route, Optional<Ladder> ladder) {

  /** All at once. */
  public Wish(ServiceId service, Target target, Optional<Route> route) {
    this(service, target, route, Optional.empty());
  }
}
