/** A stand-in for Cloud Logging v2: entries of the demo services, and the query language. */
@NullMarked
package dev.rollbackbot.sandbox.logging;

import org.jspecify.annotations.NullMarked;
