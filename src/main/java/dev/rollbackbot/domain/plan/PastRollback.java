package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.model.RevisionName;
import java.time.Instant;

/** How an earlier rollback to a revision came to rest, as the bot noted it. */
public record PastRollback(RevisionName target, Ending ending, Instant at) {}
