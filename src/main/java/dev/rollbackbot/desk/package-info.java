/** Turns a delivered request into an offer, or a click into the accept-write. */
@NullMarked
package dev.rollbackbot.desk;

import org.jspecify.annotations.NullMarked;
