package dev.rollbackbot.gcp;

/**
 * What a stack trace says in few words.
 *
 * @param name the error's type and the innermost frame of the service's own code
 * @param message what the exception itself said, which may be anybody's data; empty for nothing
 */
record Trace(String name, String message) {}
