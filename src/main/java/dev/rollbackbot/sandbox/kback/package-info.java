/** The demo service k-back: it answers real HTTP, can be made sick, and has users. */
@NullMarked
package dev.rollbackbot.sandbox.kback;

import org.jspecify.annotations.NullMarked;
