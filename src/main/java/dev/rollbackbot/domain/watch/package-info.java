/** What others did to a service, told by comparing two looks at it. */
@NullMarked
package dev.rollbackbot.domain.watch;

import org.jspecify.annotations.NullMarked;
