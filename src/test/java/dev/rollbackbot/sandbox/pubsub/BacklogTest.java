package dev.rollbackbot.sandbox.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The rules of leases, backoff and dead letters, in made-up time. */
class BacklogTest {
  private static final Instant START = Instant.parse("2026-11-22T02:50:00Z");
  private static final java.time.Duration LEASE = java.time.Duration.ofSeconds(10);

  private final Consumer nobody =
      new Consumer() {
        @Override
        public void took(int bytes) {}

        @Override
        public void gaveBack(int bytes) {}
      };

  @Test
  void aLeaseThatEndsGivesTheMessageBackOnceItsDeadlineHasPassed() {
    Backlog backlog = backlog(Subscription.newBuilder());
    ReceivedMessage first = lease(backlog, START);

    backlog.advance(START.plusMillis(9_999));
    assertThat(backlog.hasReady()).isFalse();
    backlog.advance(START.plusSeconds(10));
    assertThat(backlog.hasReady()).isTrue();

    ReceivedMessage second = lease(backlog, START.plusSeconds(10));
    assertThat(second.getMessage()).isEqualTo(first.getMessage());
    assertThat(second.getAckId()).isNotEqualTo(first.getAckId());
    assertThat(second.getDeliveryAttempt()).as("no dead-letter policy").isZero();
  }

  @Test
  void anAckIdThatExpiredSettlesNothing() {
    Backlog backlog = backlog(Subscription.newBuilder());
    ReceivedMessage first = lease(backlog, START);
    backlog.advance(START.plusSeconds(11));

    backlog.acknowledge(first.getAckId());

    assertThat(backlog.counters().unacked()).isEqualTo(1);
    assertThat(backlog.counters().acknowledged()).isZero();
  }

  @Test
  void aLeaseCanBeExtended() {
    Backlog backlog = backlog(Subscription.newBuilder());
    ReceivedMessage first = lease(backlog, START);

    backlog.modifyDeadline(first.getAckId(), LEASE, START.plusSeconds(9));
    backlog.advance(START.plusSeconds(18));

    assertThat(backlog.hasReady()).isFalse();
    assertThat(backlog.nextChange()).contains(START.plusSeconds(19));
  }

  @Test
  void backoffDoublesFromTheMinimumToTheMaximum() {
    Backlog backlog =
        backlog(
            Subscription.newBuilder()
                .setRetryPolicy(
                    RetryPolicy.newBuilder()
                        .setMinimumBackoff(Duration.newBuilder().setSeconds(5))
                        .setMaximumBackoff(Duration.newBuilder().setSeconds(20))));
    Instant now = START;
    for (int expected : new int[] {5, 10, 20, 20}) {
      backlog.modifyDeadline(lease(backlog, now).getAckId(), java.time.Duration.ZERO, now);
      backlog.advance(now.plusMillis(expected * 1_000L - 1));
      assertThat(backlog.hasReady()).as("before %s s", expected).isFalse();
      now = now.plusSeconds(expected);
      backlog.advance(now);
      assertThat(backlog.hasReady()).as("after %s s", expected).isTrue();
    }
  }

  @Test
  void nacksAndExpiriesBothUseUpAttempts() {
    Backlog backlog =
        backlog(
            Subscription.newBuilder()
                .setDeadLetterPolicy(DeadLetterPolicy.newBuilder().setMaxDeliveryAttempts(5)));
    Instant now = START;
    for (int attempt = 1; attempt <= 5; attempt++) {
      ReceivedMessage message = lease(backlog, now);
      assertThat(message.getDeliveryAttempt()).isEqualTo(attempt);
      if (attempt % 2 == 0) {
        backlog.modifyDeadline(message.getAckId(), java.time.Duration.ZERO, now);
      } else {
        now = now.plusSeconds(11);
        backlog.advance(now);
      }
    }

    assertThat(backlog.hasReady()).isFalse();
    assertThat(backlog.takeDead()).hasSize(1).first().extracting("attempts").isEqualTo(5);
    assertThat(backlog.counters().deadLettered()).isEqualTo(1);
    assertThat(backlog.counters().unacked()).isZero();
  }

  private static Backlog backlog(Subscription.Builder settings) {
    Backlog backlog = new Backlog(settings.build());
    backlog.add(PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8("x")).build());
    return backlog;
  }

  private ReceivedMessage lease(Backlog backlog, Instant now) {
    return backlog.lease(nobody, now, LEASE).orElseThrow();
  }
}
