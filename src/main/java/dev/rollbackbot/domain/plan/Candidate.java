package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.RevisionName;
import java.util.Optional;

/**
 * A commit one could go back to.
 *
 * @param track what is on record of its time with users
 * @param worth what that record says of it
 */
public record Candidate(
    Optional<CommitSha> commit,
    Optional<CommitInfo> text,
    RevisionName revision,
    Proof proof,
    boolean live,
    Track track,
    Track.Worth worth) {}
