/** What the statistics library knows, in the domain's words. */
@NullMarked
package dev.rollbackbot.statistics;

import org.jspecify.annotations.NullMarked;
