/** Scenarios played through the sandbox with the real clients over real sockets. */
@NullMarked
package dev.rollbackbot.scenario;

import org.jspecify.annotations.NullMarked;
