/** A stand-in for Artifact Registry v1 with the Docker images of the demo services. */
@NullMarked
package dev.rollbackbot.sandbox.registry;

import org.jspecify.annotations.NullMarked;
