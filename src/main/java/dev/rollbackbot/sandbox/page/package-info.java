/** The sandbox's web page: a plain chat and its controls, on loopback only. */
@NullMarked
package dev.rollbackbot.sandbox.page;

import org.jspecify.annotations.NullMarked;
