package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.CommitSha;
import java.time.Instant;

/** A commit as people know it. Subject and author are somebody's text: data, never markup. */
public record CommitInfo(CommitSha sha, String subject, String author, Instant at) {}
