/** Readings of probes and logs, and what they allow us to say. */
@NullMarked
package dev.rollbackbot.domain.health;

import org.jspecify.annotations.NullMarked;
