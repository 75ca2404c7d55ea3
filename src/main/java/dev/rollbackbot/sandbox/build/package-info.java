/** A stand-in for Cloud Build: which builds are under way. */
@NullMarked
package dev.rollbackbot.sandbox.build;

import org.jspecify.annotations.NullMarked;
