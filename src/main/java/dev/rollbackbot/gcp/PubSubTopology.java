package dev.rollbackbot.gcp;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.protobuf.Duration;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.ProjectSubscriptionName;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.TopicName;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Makes topic, subscription and dead-letter topic as the manifests make them in production, where
 * the bot itself may not.
 */
public final class PubSubTopology {
  private static final int MIN_BACKOFF_SECONDS = 5;
  private static final int MAX_BACKOFF_SECONDS = 20;
  private static final int ATTEMPTS = 20;
  private static final int ACK_SECONDS = 20;

  private PubSubTopology() {}

  /** Makes what is not there yet; the dead-letter topic is {@code <topic>-dead}. */
  public static void ensure(
      Endpoints.Sandbox sandbox, String project, String topic, String subscription) {
    TopicName requests = TopicName.of(project, topic);
    TopicName dead = TopicName.of(project, topic + "-dead");
    try (TopicAdminClient topics = topics(sandbox);
        SubscriptionAdminClient subscriptions = subscriptions(sandbox)) {
      unlessThere(() -> topics.createTopic(dead));
      unlessThere(() -> topics.createTopic(requests));
      // Without a subscription a dead-letter topic loses what it is given.
      unlessThere(
          () ->
              subscriptions.createSubscription(
                  Subscription.newBuilder()
                      .setName(ProjectSubscriptionName.format(project, topic + "-dead"))
                      .setTopic(dead.toString())
                      .build()));
      unlessThere(
          () ->
              subscriptions.createSubscription(
                  subscription(
                      ProjectSubscriptionName.format(project, subscription),
                      requests.toString(),
                      dead.toString())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Subscription subscription(String name, String topic, String dead) {
    return Subscription.newBuilder()
        .setName(name)
        .setTopic(topic)
        .setAckDeadlineSeconds(ACK_SECONDS)
        .setRetryPolicy(
            RetryPolicy.newBuilder()
                .setMinimumBackoff(Duration.newBuilder().setSeconds(MIN_BACKOFF_SECONDS))
                .setMaximumBackoff(Duration.newBuilder().setSeconds(MAX_BACKOFF_SECONDS)))
        .setDeadLetterPolicy(
            DeadLetterPolicy.newBuilder().setDeadLetterTopic(dead).setMaxDeliveryAttempts(ATTEMPTS))
        .setExpirationPolicy(ExpirationPolicy.getDefaultInstance())
        .build();
  }

  private static TopicAdminClient topics(Endpoints.Sandbox sandbox) throws IOException {
    return TopicAdminClient.create(
        TopicAdminSettings.newBuilder()
            .setTransportChannelProvider(
                GcpClients.plaintext(
                    TopicAdminSettings.defaultGrpcTransportProviderBuilder(), sandbox.pubsub()))
            .setCredentialsProvider(NoCredentialsProvider.create())
            .build());
  }

  private static SubscriptionAdminClient subscriptions(Endpoints.Sandbox sandbox)
      throws IOException {
    return SubscriptionAdminClient.create(
        SubscriptionAdminSettings.newBuilder()
            .setTransportChannelProvider(
                GcpClients.plaintext(
                    SubscriptionAdminSettings.defaultGrpcTransportProviderBuilder(),
                    sandbox.pubsub()))
            .setCredentialsProvider(NoCredentialsProvider.create())
            .build());
  }

  private static void unlessThere(Runnable creation) {
    try {
      creation.run();
    } catch (AlreadyExistsException e) {
      // As wanted; it may have been made by another process of this sandbox.
      return;
    }
  }
}
