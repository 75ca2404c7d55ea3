package dev.rollbackbot.domain.approval;

import java.time.Instant;

/** Who pressed, and when by the chat product's clock. */
public record ClickBy(String person, Instant at) {}
