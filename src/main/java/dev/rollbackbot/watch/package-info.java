/** Notices what others do to the services, and says each thing once. */
@NullMarked
package dev.rollbackbot.watch;

import org.jspecify.annotations.NullMarked;
