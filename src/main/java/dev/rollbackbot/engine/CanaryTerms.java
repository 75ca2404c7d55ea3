package dev.rollbackbot.engine;

import dev.rollbackbot.domain.model.Ladder;

/**
 * What the configuration says of a service's canaries.
 *
 * @param usual the ladder where the command names none
 * @param minRequests on each side of a rung; with fewer nothing good is said
 * @param errorLimit share of 5xx, 0 to 1, that no target may have unless live has it too
 */
public record CanaryTerms(Ladder usual, int minRequests, double errorLimit) {}
