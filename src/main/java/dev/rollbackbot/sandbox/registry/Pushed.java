package dev.rollbackbot.sandbox.registry;

/**
 * What a push made.
 *
 * @param digest what the tags point to: {@code sha256:…}, of the index for a buildx push
 * @param runnable what a revision records: {@code sha256:…}, the same for a single image
 */
public record Pushed(String digest, String runnable) {}
