package dev.rollbackbot.sandbox.pubsub;

/**
 * What happened on one subscription since it was made.
 *
 * @param delivered handed to a subscriber, each redelivery counted again
 * @param acknowledged settled for good
 * @param nacked given back by modifyAckDeadline 0
 * @param expired given back because the deadline passed
 * @param deadLettered forwarded to the dead-letter topic
 * @param unacked waiting or leased now
 * @param leased held by a subscriber now
 */
public record Counters(
    long delivered,
    long acknowledged,
    long nacked,
    long expired,
    long deadLettered,
    int unacked,
    int leased) {}
