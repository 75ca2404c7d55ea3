/** A person at a prompt. */
@NullMarked
package dev.rollbackbot.terminal;

import org.jspecify.annotations.NullMarked;
