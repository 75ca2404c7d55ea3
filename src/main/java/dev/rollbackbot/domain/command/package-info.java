/** What people type, and the one grammar that reads it. */
@NullMarked
package dev.rollbackbot.domain.command;

import org.jspecify.annotations.NullMarked;
