package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.CommitSha;
import java.time.Instant;
import java.util.Optional;

/**
 * A build under way that will probably deploy the service when it is done.
 *
 * @param name of its trigger, or its id
 * @param commit that it builds, where it says so
 */
public record RunningBuild(String name, Optional<CommitSha> commit, Instant since) {}
