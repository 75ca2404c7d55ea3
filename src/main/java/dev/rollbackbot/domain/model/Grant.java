package dev.rollbackbot.domain.model;

/**
 * A permission that the bot lacks, and how it is given.
 *
 * @param permission as Google names it, such as {@code run.services.update}
 * @param command the gcloud command that grants a role with it to the bot
 */
public record Grant(String permission, String command) {}
