package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.command.Target;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.model.ServiceId;
import java.util.Optional;

/**
 * What somebody wants: this service back on that target.
 *
 * @param route the way that was asked for; empty leaves the choice to the planner
 */
public record Wish(ServiceId service, Target target, Optional<Route> route) {}
