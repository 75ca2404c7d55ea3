package dev.rollbackbot.domain.health;

/**
 * What one error of a kind said, redacted. It is told once and kept nowhere: a journal is copied
 * into the platform's audit log.
 */
public record ErrorMessage(String signature, String message) {}
