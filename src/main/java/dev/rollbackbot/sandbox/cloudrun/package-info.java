/** A stand-in for the Cloud Run Admin API v2: its behaviour as a model and a gRPC server for it. */
@NullMarked
package dev.rollbackbot.sandbox.cloudrun;

import org.jspecify.annotations.NullMarked;
