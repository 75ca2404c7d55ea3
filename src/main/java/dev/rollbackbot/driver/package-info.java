/** Advances open journals until they rest. */
@NullMarked
package dev.rollbackbot.driver;

import org.jspecify.annotations.NullMarked;
