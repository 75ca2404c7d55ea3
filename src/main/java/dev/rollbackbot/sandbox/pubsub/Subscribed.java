package dev.rollbackbot.sandbox.pubsub;

import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One subscription with its backlog and its open streams. Guarded by the broker's lock. */
final class Subscribed {
  /** A unary pull holds nothing back: its flow control is the number it asks for. */
  private static final Consumer UNARY =
      new Consumer() {
        @Override
        public void took(int bytes) {}

        @Override
        public void gaveBack(int bytes) {}
      };

  final Subscription settings;
  final Backlog backlog;
  final List<PullStream> streams = new ArrayList<>();

  /** When the pending alarm rings; MAX when none is set. */
  Instant nextAlarm = Instant.MAX;

  Subscribed(Subscription settings) {
    this.settings = settings;
    this.backlog = new Backlog(settings);
  }

  /** Hands ready messages to the streams that have room, in turn. */
  void handOut(Instant now) {
    int idle = 0;
    while (backlog.hasReady() && idle < streams.size()) {
      PullStream stream = streams.removeFirst();
      streams.addLast(stream);
      if (stream.canTake()) {
        backlog.lease(stream, now, stream.ackDeadline()).ifPresent(stream::send);
        idle = 0;
      } else {
        idle++;
      }
    }
  }

  /** Leases up to that many messages to a unary pull. */
  List<ReceivedMessage> take(int most, Instant now) {
    Duration deadline = Duration.ofSeconds(settings.getAckDeadlineSeconds());
    List<ReceivedMessage> taken = new ArrayList<>();
    while (taken.size() < most) {
      Optional<ReceivedMessage> next = backlog.lease(UNARY, now, deadline);
      if (next.isEmpty()) {
        break;
      }
      taken.add(next.get());
    }
    return taken;
  }

  /** The dead letter made of a message. Attribute names as on the official emulator 0.8.20. */
  PubsubMessage letter(Backlog.Dead dead) {
    String name = settings.getName();
    return dead.message().toBuilder()
        .putAttributes("CloudPubSubDeadLetterSourceSubscription", Names.id(name))
        .putAttributes("CloudPubSubDeadLetterSourceSubscriptionProject", Names.project(name))
        .putAttributes(
            "CloudPubSubDeadLetterSourceDeliveryCount", Integer.toString(dead.attempts()))
        .putAttributes(
            "CloudPubSubDeadLetterSourceTopicPublishTime",
            Timestamps.toString(dead.message().getPublishTime()))
        .build();
  }
}
