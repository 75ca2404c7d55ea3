/** The bot's entry point and its wiring. */
@NullMarked
package dev.rollbackbot;

import org.jspecify.annotations.NullMarked;
