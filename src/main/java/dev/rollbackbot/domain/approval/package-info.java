/** The offer that is shown, the click on it, and whether the click may act. */
@NullMarked
package dev.rollbackbot.domain.approval;

import org.jspecify.annotations.NullMarked;
