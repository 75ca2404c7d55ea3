/** The journal of a rollback and the rules that advance it. */
@NullMarked
package dev.rollbackbot.domain.job;

import org.jspecify.annotations.NullMarked;
