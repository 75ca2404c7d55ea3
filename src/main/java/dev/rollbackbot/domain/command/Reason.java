package dev.rollbackbot.domain.command;

/**
 * Why somebody asks, in their own words and one line.
 *
 * @param alone whether they go without a second person, where the service wants one
 */
public record Reason(String text, boolean alone) {}
