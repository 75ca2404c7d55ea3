package dev.rollbackbot.domain.health;

import java.util.OptionalDouble;

/**
 * What one rung can show and what it cannot, before it begins.
 *
 * <p>Rates are shares of 5xx on the candidate, 0 to 1, from a short list of round numbers: forward
 * above live's, back below it.
 *
 * @param candidate requests that the rung will likely see there
 * @param baseline the same on live
 * @param noticed the rate nearest to live's that is noticed with a probability of at least 80 %;
 *     empty when none is
 * @param unnoticed the rate farthest from live's that is more likely missed; empty when none is
 */
public record Detectability(
    Direction direction,
    int candidate,
    int baseline,
    OptionalDouble noticed,
    OptionalDouble unnoticed) {}
