/**
 * What the stand-ins share: a gRPC server on loopback, method tables from proto descriptors,
 * faults.
 */
@NullMarked
package dev.rollbackbot.sandbox.grpc;

import org.jspecify.annotations.NullMarked;
