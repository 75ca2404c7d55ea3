package dev.rollbackbot.gcp;

import com.google.api.core.ApiService;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.core.InstantiatingExecutorProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.pubsub.v1.SubscriberShutdownSettings;
import com.google.cloud.pubsub.v1.SubscriberShutdownSettings.ShutdownMode;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.pubsub.v1.ProjectSubscriptionName;
import com.google.pubsub.v1.PubsubMessage;
import dev.rollbackbot.domain.command.SignedRequest;
import dev.rollbackbot.domain.model.Grant;
import dev.rollbackbot.port.RequestQueue;
import io.grpc.Status;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes deliveries of a Pub/Sub subscription and hands each to the worker's handler.
 *
 * <p>A delivery takes seconds. Its lease is extended by 20 s at a time and for two minutes in all:
 * left to itself the client sizes leases by its own history, up to ten minutes, and what a killed
 * worker held would come back only then. When the subscription fails for good (it does not exist, a
 * permission is missing) it is tried again every five seconds.
 */
public final class PubSubWorkerInbox implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PubSubWorkerInbox.class);

  private static final Duration ONE_EXTENSION = Duration.ofSeconds(20);
  private static final Duration ALL_EXTENSIONS = Duration.ofMinutes(2);
  private static final long MOST_OUTSTANDING = 200;
  private static final long MOST_OUTSTANDING_BYTES = 64L * 1024 * 1024;
  private static final int HANDLERS = 16;
  private static final int RETRY_SECONDS = 5;
  // STATES.md: out within eight seconds of SIGTERM.
  private static final Duration STOP = Duration.ofSeconds(6);
  private static final int STOP_AND_A_BIT_SECONDS = 7;

  private final Endpoints endpoints;
  private final BotAccount account;
  private final ProjectSubscriptionName subscription;
  private final RequestQueue.Handler handler;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("inbox").factory());
  // Guarded by this.
  private Subscriber subscriber;
  private boolean closed;

  /** Begins to take deliveries at once. */
  public PubSubWorkerInbox(
      Endpoints endpoints, String project, String subscription, RequestQueue.Handler handler) {
    this.endpoints = endpoints;
    this.account = new BotAccount(endpoints);
    this.subscription = ProjectSubscriptionName.of(project, subscription);
    this.handler = handler;
    this.subscriber = build();
    subscriber.startAsync();
  }

  private Subscriber build() {
    Subscriber.Builder builder =
        Subscriber.newBuilder(subscription, this::deliver)
            .setParallelPullCount(1)
            .setMaxDurationPerAckExtensionDuration(ONE_EXTENSION)
            .setMaxAckExtensionPeriodDuration(ALL_EXTENSIONS)
            .setExecutorProvider(
                InstantiatingExecutorProvider.newBuilder().setExecutorThreadCount(HANDLERS).build())
            .setFlowControlSettings(
                FlowControlSettings.newBuilder()
                    .setMaxOutstandingElementCount(MOST_OUTSTANDING)
                    .setMaxOutstandingRequestBytes(MOST_OUTSTANDING_BYTES)
                    .build())
            .setSubscriberShutdownSettings(
                SubscriberShutdownSettings.newBuilder()
                    .setMode(ShutdownMode.NACK_IMMEDIATELY)
                    .setTimeout(STOP)
                    .build());
    switch (endpoints) {
      case Endpoints.Google _ -> {}
      case Endpoints.Sandbox sandbox ->
          builder
              .setChannelProvider(
                  GcpClients.plaintext(
                      SubscriptionAdminSettings.defaultGrpcTransportProviderBuilder(),
                      sandbox.pubsub()))
              .setCredentialsProvider(NoCredentialsProvider.create());
    }
    Subscriber built = builder.build();
    built.addListener(
        new ApiService.Listener() {
          @Override
          public void failed(ApiService.State from, Throwable failure) {
            if (Status.fromThrowable(failure).getCode() == Status.Code.PERMISSION_DENIED) {
              log.error("no deliveries of {}: {}", subscription, missing(failure));
            } else {
              log.error("no deliveries of {}", subscription, failure);
            }
            retryLater();
          }
        },
        Runnable::run);
    return built;
  }

  private Grant missing(Throwable failure) {
    return Access.consume(subscription.getProject(), subscription.getSubscription())
        .grant(String.valueOf(failure.getMessage()), account.member());
  }

  private synchronized void retryLater() {
    if (!closed) {
      var _ = timer.schedule(this::again, RETRY_SECONDS, TimeUnit.SECONDS);
    }
  }

  private synchronized void again() {
    if (!closed) {
      subscriber = build();
      subscriber.startAsync();
    }
  }

  private void deliver(PubsubMessage message, AckReplyConsumer reply) {
    RequestQueue.Verdict verdict;
    try {
      verdict =
          handler.handle(
              request(message), Protos.instant(message.getPublishTime()), attempt(message));
    } catch (RuntimeException e) {
      log.error("delivery {} failed and will come again", message.getMessageId(), e);
      verdict = RequestQueue.Verdict.AGAIN;
    }
    switch (verdict) {
      case DONE -> reply.ack();
      case AGAIN -> reply.nack();
    }
  }

  /** A message that Slack never signed has empty headers; the handler's check refuses it. */
  private static SignedRequest request(PubsubMessage message) {
    return new SignedRequest(
        message.getData().toByteArray(),
        message.getAttributesOrDefault(PubSubQueue.TIMESTAMP, ""),
        message.getAttributesOrDefault(PubSubQueue.SIGNATURE, ""),
        message.getAttributesOrDefault(PubSubQueue.CONTENT_TYPE, ""));
  }

  /** Counted only where the subscription has a dead-letter policy. */
  private static int attempt(PubsubMessage message) {
    return Objects.requireNonNullElse(Subscriber.getDeliveryAttempt(message), 1);
  }

  /** Gives back what was not handled and stops, within eight seconds. */
  @Override
  public void close() {
    Subscriber running;
    synchronized (this) {
      closed = true;
      running = subscriber;
    }
    timer.shutdownNow();
    try {
      running.stopAsync().awaitTerminated(STOP_AND_A_BIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      log.warn("the subscriber of {} did not stop in time", subscription);
    } catch (IllegalStateException e) {
      log.debug("the subscriber of {} had failed before", subscription, e);
    }
  }
}
