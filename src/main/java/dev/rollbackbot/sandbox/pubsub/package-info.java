/** A stand-in for Cloud Pub/Sub that the real Publisher and Subscriber talk to over gRPC. */
@NullMarked
package dev.rollbackbot.sandbox.pubsub;

import org.jspecify.annotations.NullMarked;
