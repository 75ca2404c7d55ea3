package dev.rollbackbot.gcp;

import static dev.rollbackbot.gcp.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.command.SignedRequest;
import dev.rollbackbot.port.RequestQueue.Handler;
import dev.rollbackbot.port.RequestQueue.Published;
import dev.rollbackbot.port.RequestQueue.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What front and worker need of a queue, whoever plays Pub/Sub. */
abstract class QueueContract {
  static final String PROJECT = "demo";
  static final Duration PATIENCE = Duration.ofSeconds(8);
  static final SignedRequest REQUEST =
      new SignedRequest(
          "text=6831359&x=\u672c\0".getBytes(UTF_8),
          "1795489200",
          "v0=" + "a".repeat(64),
          "application/x-www-form-urlencoded");

  private final List<SignedRequest> seen = new CopyOnWriteArrayList<>();
  final String topic;
  final String subscription;

  /**
   * @param own what makes the names unlike those of others on the same Pub/Sub
   */
  QueueContract(String own) {
    this.topic = "requests" + own;
    this.subscription = "worker" + own;
  }

  /** Where Pub/Sub is. */
  abstract Endpoints.Sandbox endpoints();

  @BeforeEach
  void makeTheTopology() {
    PubSubTopology.ensure(endpoints(), PROJECT, topic, subscription);
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
    PubSubTopology.ensure(endpoints(), PROJECT, topic, subscription);
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
    try (var queue = new PubSubQueue(endpoints(), PROJECT, "nothing-here")) {
      assertThat(queue.publish(REQUEST, PATIENCE)).isEqualTo(Published.REFUSED);
    }
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
                endpoints(),
                PROJECT,
                subscription + "-late",
                (request, _, _) -> {
                  seen.add(request);
                  return Verdict.DONE;
                })) {
      PubSubTopology.ensure(endpoints(), PROJECT, topic, subscription + "-late");
      queue.publish(REQUEST, PATIENCE);
      eventually("delivered", () -> !seen.isEmpty());
    }
  }

  PubSubQueue queue() {
    return new PubSubQueue(endpoints(), PROJECT, topic);
  }

  PubSubWorkerInbox inbox(Handler handler) {
    return new PubSubWorkerInbox(endpoints(), PROJECT, subscription, handler);
  }
}
