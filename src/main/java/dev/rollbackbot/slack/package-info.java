/** Slack on both sides: what comes in is proved and read, what goes out is drawn and sent. */
@NullMarked
package dev.rollbackbot.slack;

import org.jspecify.annotations.NullMarked;
