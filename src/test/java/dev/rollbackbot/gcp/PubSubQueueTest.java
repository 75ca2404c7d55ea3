package dev.rollbackbot.gcp;

import static dev.rollbackbot.gcp.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.rollbackbot.port.RequestQueue.Published;
import dev.rollbackbot.port.RequestQueue.Verdict;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.sandbox.pubsub.PubSubServer;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Front's and worker's side of the queue against the stand-in for Pub/Sub, over gRPC. */
class PubSubQueueTest extends QueueContract {
  private final PubSubServer server = PubSubServer.start();

  PubSubQueueTest() {
    super("");
  }

  @Override
  Endpoints.Sandbox endpoints() {
    return Clients.ofPubSub(server.endpoint());
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aMissingPermissionIsCertainlyRefused() {
    server.faults().refuse("Publish", Status.PERMISSION_DENIED);
    try (var queue = queue()) {
      WorldException denied =
          catchThrowableOfType(WorldException.class, () -> queue.publish(REQUEST, PATIENCE));
      assertThat(denied.missing().orElseThrow().permission()).isEqualTo("pubsub.topics.publish");
      assertThat(denied.missing().orElseThrow().command())
          .startsWith("gcloud pubsub topics add-iam-policy-binding " + topic)
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
                                      + subscription)));
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
}
