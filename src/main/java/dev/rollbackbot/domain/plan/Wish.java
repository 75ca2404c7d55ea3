package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.command.Target;
import dev.rollbackbot.domain.model.ServiceId;

/** What somebody wants: this service back on that target. */
public record Wish(ServiceId service, Target target) {}
