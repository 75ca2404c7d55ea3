package dev.rollbackbot.gcp;

import static dev.rollbackbot.gcp.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.rollbackbot.domain.command.SignedRequest;
import dev.rollbackbot.port.RequestQueue.Handler;
import dev.rollbackbot.port.RequestQueue.Published;
import dev.rollbackbot.port.RequestQueue.Verdict;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.sandbox.pubsub.PubSubServer;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Front's and worker's side of the queue against the stand-in for Pub/Sub, over gRPC. */
class PubSubQueueTest {
  private static final String PROJECT = "demo";
  private static final String TOPIC = "requests";
  private static final String SUBSCRIPTION = "worker";
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final SignedRequest REQUEST =
      new SignedRequest(
          "text=6831359&x=\u672c\0".getBytes(UTF_8),
          "1795489200",
          "v0=" + "a".repeat(64),
          "application/x-www-form-urlencoded");

  private final PubSubServer server = PubSubServer.start();
  private final Endpoints.Sandbox endpoints = Clients.ofPubSub(server.endpoint());
  private final List<SignedRequest> seen = new CopyOnWriteArrayList<>();

  PubSubQueueTest() {
    PubSubTopology.ensure(endpoints, PROJECT, TOPIC, SUBSCRIPTION);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aRequestArrivesByteForByte() {
    Instant before = Instant.now().minusSeconds(5);
    var published = new CopyOnWriteArrayList<Instant>();
    try (var queue = queue();
        var _ =
            inbox(
                (request, at, _) -> {
                  seen.add(request);
                  published.add(at);
                  return Verdict.DONE;
                })) {
      assertThat(queue.publish(REQUEST, PATIENCE)).isEqualTo(Published.CONFIRMED);
      eventually("delivered", () -> !seen.isEmpty());
    }
    assertThat(seen).containsExactly(REQUEST);
    assertThat(published.getFirst()).isAfter(before);
  }

  @Test
  void theTopologyMayBeMadeTwice() {
    PubSubTopology.ensure(endpoints, PROJECT, TOPIC, SUBSCRIPTION);
    try (var queue = queue()) {
      assertThat(queue.publish(REQUEST, PATIENCE)).isEqualTo(Published.CONFIRMED);
    }
  }

  @Test
  void aHandlerThatFailsGetsTheDeliveryAgain() {
    var calls = new AtomicInteger();
    var attempts = new CopyOnWriteArrayList<Integer>();
    try (var queue = queue();
        var _ =
            inbox(
                (_, _, attempt) -> {
                  attempts.add(attempt);
                  if (calls.incrementAndGet() == 1) {
                    throw new IllegalStateException("broken on purpose");
                  }
                  return Verdict.DONE;
                })) {
      queue.publish(REQUEST, PATIENCE);
      eventually("delivered twice", () -> calls.get() == 2);
    }
    assertThat(attempts).containsExactly(1, 2);
  }

  @Test
  void aMissingTopicIsCertainlyRefused() {
    try (var queue = new PubSubQueue(endpoints, PROJECT, "nothing-here")) {
      assertThat(queue.publish(REQUEST, PATIENCE)).isEqualTo(Published.REFUSED);
    }
  }

  @Test
  void aMissingPermissionIsCertainlyRefused() {
    server.faults().refuse("Publish", Status.PERMISSION_DENIED);
    try (var queue = queue()) {
      WorldException denied =
          catchThrowableOfType(WorldException.class, () -> queue.publish(REQUEST, PATIENCE));
      assertThat(denied.missing().orElseThrow().permission()).isEqualTo("pubsub.topics.publish");
      assertThat(denied.missing().orElseThrow().command())
          .startsWith("gcloud pubsub topics add-iam-policy-binding " + TOPIC)
          .contains("--role=roles/pubsub.publisher --member=");
    }
  }

  @Test
  void aMissingPermissionToTakeDeliveriesIsLoggedWithTheCommandThatGrantsIt() {
    Logger logger = (Logger) LoggerFactory.getLogger(PubSubWorkerInbox.class);
    var logged = new ListAppender<ILoggingEvent>();
    logged.start();
    logger.addAppender(logged);
    server.faults().refuse("StreamingPull", Status.PERMISSION_DENIED);
    try (var _ = inbox((_, _, _) -> Verdict.DONE)) {
      eventually(
          "the command in the log",
          () ->
              List.copyOf(logged.list).stream()
                  .map(ILoggingEvent::getFormattedMessage)
                  .anyMatch(
                      line ->
                          line.contains("pubsub.subscriptions.consume")
                              && line.contains(
                                  "gcloud pubsub subscriptions add-iam-policy-binding "
                                      + SUBSCRIPTION)));
    } finally {
      logger.detachAppender(logged);
    }
  }

  @Test
  void anOutageIsUnconfirmedWithinPatience() {
    try (var queue = queue()) {
      assertThat(queue.publish(REQUEST, PATIENCE)).isEqualTo(Published.CONFIRMED);
      server.outage(true);
      Instant start = Instant.now();
      assertThat(queue.publish(REQUEST, Duration.ofMillis(300))).isEqualTo(Published.UNCONFIRMED);
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void aLostAnswerIsPublishedAgainAndConfirmed() {
    try (var queue = queue()) {
      assertThat(queue.publish(REQUEST, PATIENCE)).isEqualTo(Published.CONFIRMED);
      server.faults().loseNextAnswers("Publish", 1);
      assertThat(queue.publish(REQUEST, PATIENCE)).isEqualTo(Published.CONFIRMED);
    }
    // Pub/Sub knows no duplicate of a publisher: the worker does.
    assertThat(server.published("projects/demo/topics/requests")).isEqualTo(3);
  }

  @Test
  void aStoppedWorkerGivesBackWhatItDidNotHandle() throws InterruptedException {
    var taken = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    var stopping =
        inbox(
            (_, _, _) -> {
              taken.countDown();
              try {
                never.await(20, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return Verdict.AGAIN;
            });
    try (var queue = queue()) {
      queue.publish(REQUEST, PATIENCE);
      assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
      Instant start = Instant.now();
      stopping.close();
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(8));
      try (var _ =
          inbox(
              (request, _, _) -> {
                seen.add(request);
                return Verdict.DONE;
              })) {
        eventually("taken by another worker", () -> !seen.isEmpty());
      }
    }
    never.countDown();
  }

  @Test
  void aSubscriptionThatComesLaterIsTakenUp() {
    try (var queue = queue();
        var _ =
            new PubSubWorkerInbox(
                endpoints,
                PROJECT,
                "late",
                (request, _, _) -> {
                  seen.add(request);
                  return Verdict.DONE;
                })) {
      PubSubTopology.ensure(endpoints, PROJECT, TOPIC, "late");
      queue.publish(REQUEST, PATIENCE);
      eventually("delivered", () -> !seen.isEmpty());
    }
  }

  private PubSubQueue queue() {
    return new PubSubQueue(endpoints, PROJECT, TOPIC);
  }

  private PubSubWorkerInbox inbox(Handler handler) {
    return new PubSubWorkerInbox(endpoints, PROJECT, SUBSCRIPTION, handler);
  }
}
