package dev.rollbackbot.gcp;

import com.google.api.core.ApiFuture;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import dev.rollbackbot.domain.command.SignedRequest;
import dev.rollbackbot.port.RequestQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes requests to a Pub/Sub topic: the raw body as data, the signed headers as attributes.
 *
 * <p>The client tries for ten seconds, longer than anybody waits here, so a publish that was given
 * up may still land: it is unconfirmed, not refused.
 */
public final class PubSubQueue implements RequestQueue, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PubSubQueue.class);

  static final String TIMESTAMP = "timestamp";
  static final String SIGNATURE = "signature";
  static final String CONTENT_TYPE = "contentType";

  // The shortest that Publisher 1.160.0 accepts.
  private static final Duration TRIED = Duration.ofSeconds(10);
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration SLOWEST_RETRY = Duration.ofSeconds(2);
  private static final Duration ONE_TRY = Duration.ofSeconds(5);
  private static final int CLOSE_SECONDS = 5;

  private final CompletableFuture<Publisher> publisher = new CompletableFuture<>();
  private final TopicName topic;
  private final BotAccount account;

  /** Begins to make the client at once, on a thread of its own: a cold start waits for it. */
  public PubSubQueue(Endpoints endpoints, String project, String topic) {
    this.topic = TopicName.of(project, topic);
    this.account = new BotAccount(endpoints);
    Thread.ofVirtual().name("publisher").start(() -> make(endpoints));
  }

  private void make(Endpoints endpoints) {
    try {
      Publisher made = build(endpoints, topic);
      // Opens the connection. A message without data and attributes is always refused (proto
      // comment on PubsubMessage); it leaves before any real one can share its batch.
      ApiFuture<String> _ = made.publish(PubsubMessage.getDefaultInstance());
      made.publishAllOutstanding();
      publisher.complete(made);
    } catch (IOException | RuntimeException e) {
      log.error("no publisher for {}", topic, e);
      publisher.completeExceptionally(e);
    }
  }

  private static Publisher build(Endpoints endpoints, TopicName topic) throws IOException {
    Publisher.Builder builder =
        Publisher.newBuilder(topic)
            .setRetrySettings(
                RetrySettings.newBuilder()
                    .setInitialRetryDelayDuration(FIRST_RETRY)
                    .setRetryDelayMultiplier(2)
                    .setMaxRetryDelayDuration(SLOWEST_RETRY)
                    .setInitialRpcTimeoutDuration(ONE_TRY)
                    .setRpcTimeoutMultiplier(1)
                    .setMaxRpcTimeoutDuration(ONE_TRY)
                    .setTotalTimeoutDuration(TRIED)
                    .build());
    switch (endpoints) {
      case Endpoints.Google _ -> {}
      case Endpoints.Sandbox sandbox ->
          builder
              .setChannelProvider(
                  GcpClients.plaintext(
                      TopicAdminSettings.defaultGrpcTransportProviderBuilder(), sandbox.pubsub()))
              .setCredentialsProvider(NoCredentialsProvider.create());
    }
    return builder.build();
  }

  @Override
  public Published publish(SignedRequest request, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    Publisher ready;
    try {
      ready = publisher.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      log.warn("nothing was published: there is no publisher yet", e);
      return Published.REFUSED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Published.REFUSED;
    }
    return confirmed(ready.publish(message(request)), end - System.nanoTime());
  }

  private Published confirmed(ApiFuture<String> publish, long nanos) {
    try {
      publish.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
      return Published.CONFIRMED;
    } catch (TimeoutException e) {
      log.warn("a publish was not confirmed in time");
      return Published.UNCONFIRMED;
    } catch (ExecutionException e) {
      log.warn("a publish failed", e);
      if (e.getCause() instanceof ApiException refused
          && refused.getStatusCode().getCode() == StatusCode.Code.PERMISSION_DENIED) {
        throw Failures.of(refused, Access.publish(topic.getProject(), topic.getTopic()), account);
      }
      return certainlyRefused(e.getCause()) ? Published.REFUSED : Published.UNCONFIRMED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Published.UNCONFIRMED;
    }
  }

  private static boolean certainlyRefused(@Nullable Throwable cause) {
    return cause instanceof ApiException e
        && switch (e.getStatusCode().getCode()) {
          case NOT_FOUND,
              PERMISSION_DENIED,
              UNAUTHENTICATED,
              INVALID_ARGUMENT,
              FAILED_PRECONDITION,
              OUT_OF_RANGE,
              UNIMPLEMENTED ->
              true;
          case OK,
              CANCELLED,
              UNKNOWN,
              DEADLINE_EXCEEDED,
              ALREADY_EXISTS,
              RESOURCE_EXHAUSTED,
              ABORTED,
              INTERNAL,
              UNAVAILABLE,
              DATA_LOSS ->
              false;
        };
  }

  private static PubsubMessage message(SignedRequest request) {
    return PubsubMessage.newBuilder()
        .setData(ByteString.copyFrom(request.body()))
        .putAttributes(TIMESTAMP, request.timestamp())
        .putAttributes(SIGNATURE, request.signature())
        .putAttributes(CONTENT_TYPE, request.contentType())
        .build();
  }

  /** Sends what is outstanding, at most five seconds. */
  @Override
  public void close() {
    publisher.completeExceptionally(new IllegalStateException("closed"));
    if (publisher.isCompletedExceptionally()) {
      return;
    }
    Publisher made = publisher.join();
    made.shutdown();
    try {
      made.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
