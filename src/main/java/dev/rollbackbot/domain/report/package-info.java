/** What there is to tell, before it is put into anybody's language. */
@NullMarked
package dev.rollbackbot.domain.report;

import org.jspecify.annotations.NullMarked;
