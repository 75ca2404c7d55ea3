/** The embedded default: local stand-ins that speak the real protocols, put together. */
@NullMarked
package dev.rollbackbot.sandbox;

import org.jspecify.annotations.NullMarked;
