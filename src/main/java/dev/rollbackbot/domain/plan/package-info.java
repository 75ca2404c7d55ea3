/** From what somebody wishes and what is known to what would be done. */
@NullMarked
package dev.rollbackbot.domain.plan;

import org.jspecify.annotations.NullMarked;
