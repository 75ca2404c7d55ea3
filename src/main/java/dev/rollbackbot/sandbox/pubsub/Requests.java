package dev.rollbackbot.sandbox.pubsub;

import static dev.rollbackbot.sandbox.grpc.Refusals.invalid;
import static dev.rollbackbot.sandbox.grpc.Refusals.notPlayed;

import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.Subscription;
import java.util.List;
import java.util.Map;

/**
 * What a request must look like; everything else is INVALID_ARGUMENT, and what the stand-in cannot
 * play is UNIMPLEMENTED rather than silently ignored.
 *
 * <p>Source: pubsub.proto 1.160.0 and the quota page (10 MB and 1,000 messages a publish, 100
 * attributes of 256/1024 bytes).
 */
final class Requests {
  private static final int MAX_PUBLISH_BYTES = 10_000_000;
  private static final int MAX_PUBLISH_MESSAGES = 1_000;
  private static final int MAX_ATTRIBUTES = 100;
  private static final int MAX_KEY_CHARS = 256;
  private static final int MAX_VALUE_CHARS = 1_024;

  private Requests() {}

  static void check(PublishRequest request) {
    if (request.getMessagesCount() == 0) {
      throw invalid("The value for message_count is too small. You passed 0; the minimum is 1.");
    }
    if (request.getMessagesCount() > MAX_PUBLISH_MESSAGES
        || request.getSerializedSize() > MAX_PUBLISH_BYTES) {
      throw invalid("a publish takes at most 1,000 messages and 10,000,000 bytes");
    }
    request.getMessagesList().forEach(Requests::checkMessage);
  }

  private static void checkMessage(PubsubMessage message) {
    Map<String, String> attributes = message.getAttributesMap();
    if (message.getData().isEmpty() && attributes.isEmpty()) {
      throw invalid(
          "One or more messages in the publish request is empty. Each message must contain either"
              + " non-empty data, or at least one attribute.");
    }
    if (attributes.size() > MAX_ATTRIBUTES) {
      throw invalid("a message has at most 100 attributes");
    }
    attributes.forEach(
        (key, value) -> {
          if (key.isEmpty()
              || key.startsWith("goog")
              || key.length() > MAX_KEY_CHARS
              || value.length() > MAX_VALUE_CHARS) {
            throw invalid("attribute '" + key + "' breaks the limits of 256 and 1,024 bytes");
          }
        });
  }

  static void check(Subscription subscription) {
    Names.requireSubscription(subscription.getName());
    Names.requireTopic(subscription.getTopic());
    int ackDeadline = subscription.getAckDeadlineSeconds();
    if (ackDeadline != 0 && (ackDeadline < 10 || ackDeadline > 600)) {
      throw invalid("ack_deadline_seconds is 10 to 600, it was " + ackDeadline);
    }
    if (subscription.hasDeadLetterPolicy()) {
      Names.requireTopic(subscription.getDeadLetterPolicy().getDeadLetterTopic());
      int attempts = subscription.getDeadLetterPolicy().getMaxDeliveryAttempts();
      if (attempts != 0 && (attempts < 5 || attempts > 100)) {
        throw invalid("max_delivery_attempts is 5 to 100, it was " + attempts);
      }
    }
    if (subscription.hasRetryPolicy()) {
      long least = subscription.getRetryPolicy().getMinimumBackoff().getSeconds();
      long most = subscription.getRetryPolicy().getMaximumBackoff().getSeconds();
      if (least < 0 || most > 600 || (most != 0 && least > most)) {
        throw invalid("backoffs are 0 to 600 s, the minimum not above the maximum");
      }
    }
    refuseWhatIsNotPlayed(subscription);
  }

  private static void refuseWhatIsNotPlayed(Subscription subscription) {
    if (subscription.getEnableMessageOrdering()) {
      throw notPlayed("ordered delivery");
    }
    if (subscription.getEnableExactlyOnceDelivery()) {
      throw notPlayed("exactly-once delivery");
    }
    if (!subscription.getFilter().isEmpty()) {
      throw notPlayed("subscription filters");
    }
    if (subscription.hasPushConfig() && !subscription.getPushConfig().getPushEndpoint().isEmpty()) {
      throw notPlayed("push subscriptions");
    }
    if (subscription.hasBigqueryConfig() || subscription.hasCloudStorageConfig()) {
      throw notPlayed("export subscriptions");
    }
  }

  static void checkFirst(StreamingPullRequest first) {
    Names.requireSubscription(first.getSubscription());
    requireStreamDeadline(first.getStreamAckDeadlineSeconds());
    if (first.getAckIdsCount() > 0 || first.getModifyDeadlineAckIdsCount() > 0) {
      throw invalid("the first request of a stream carries no ack ids");
    }
  }

  static void checkNext(StreamingPullRequest next) {
    if (!next.getSubscription().isEmpty()
        || next.getMaxOutstandingMessages() != 0
        || next.getMaxOutstandingBytes() != 0
        || next.getProtocolVersion() != 0) {
      throw invalid("subscription, flow control and protocol go with the first request only");
    }
    if (next.getModifyDeadlineAckIdsCount() != next.getModifyDeadlineSecondsCount()) {
      throw invalid("modify_deadline_ack_ids and modify_deadline_seconds differ in length");
    }
    next.getModifyDeadlineSecondsList().forEach(Requests::requireLeaseSeconds);
    if (next.getStreamAckDeadlineSeconds() != 0) {
      requireStreamDeadline(next.getStreamAckDeadlineSeconds());
    }
  }

  static void requireLeaseSeconds(int seconds) {
    if (seconds < 0 || seconds > 600) {
      throw invalid("ack_deadline_seconds is 0 to 600, it was " + seconds);
    }
  }

  static void requireAckIds(List<String> ackIds) {
    if (ackIds.isEmpty()) {
      throw invalid("No ack ids specified.");
    }
  }

  private static void requireStreamDeadline(int seconds) {
    if (seconds < 10 || seconds > 600) {
      throw invalid("stream_ack_deadline_seconds is 10 to 600, it was " + seconds);
    }
  }
}
