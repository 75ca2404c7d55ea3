package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.RevisionName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A commit one could go back to.
 *
 * @param served how long it had users; empty when the record does not say
 */
public record Candidate(
    Optional<CommitSha> commit,
    Optional<CommitInfo> text,
    RevisionName revision,
    Proof proof,
    boolean live,
    Optional<Instant> lastServed,
    Optional<Duration> served) {}
