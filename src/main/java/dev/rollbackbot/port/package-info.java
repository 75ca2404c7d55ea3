/** What the bot needs from the world, in its own types. */
@NullMarked
package dev.rollbackbot.port;

import org.jspecify.annotations.NullMarked;
