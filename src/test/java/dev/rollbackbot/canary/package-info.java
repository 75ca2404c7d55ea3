/** Simulated canaries, by which the claims about the verdict are checked. */
@NullMarked
package dev.rollbackbot.canary;

import org.jspecify.annotations.NullMarked;
