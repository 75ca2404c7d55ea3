package dev.rollbackbot.sandbox.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import dev.rollbackbot.sandbox.grpc.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The messages of one subscription: ready, leased, or waiting out a backoff. Time is an argument;
 * guarded by the server's lock.
 *
 * <p>Source: comments on {@code Subscription}, {@code RetryPolicy} and {@code DeadLetterPolicy} in
 * pubsub.proto 1.160.0: attempts = 1 + nacks + expiries; backoff after a nack and after an expiry.
 * That an ack id dies with its lease is the strict reading (late acks are best effort there).
 */
final class Backlog {
  /** A stand-in never holds more; publishing past it is RESOURCE_EXHAUSTED. */
  static final int MAX_MESSAGES = 20_000;

  private static final int DEFAULT_MAX_ATTEMPTS = 5;

  private static final class Item {
    final PubsubMessage message;
    final int bytes;
    int failures;

    Item(PubsubMessage message) {
      this.message = message;
      this.bytes = message.getSerializedSize();
    }
  }

  private record Lease(Item item, Instant deadline, Consumer holder) {}

  private record Waiting(Item item, Instant until) {}

  /** A message that used up its attempts. */
  record Dead(PubsubMessage message, int attempts) {}

  private final boolean hasDeadLetterPolicy;
  private final int maxAttempts;
  private final Duration minBackoff;
  private final Duration maxBackoff;

  private final Deque<Item> ready = new ArrayDeque<>();
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparing(Waiting::until));
  private final Map<String, Lease> leases = new LinkedHashMap<>();
  private final List<Dead> dead = new ArrayList<>();
  private long lastAckId;
  private long delivered;
  private long acknowledged;
  private long nacked;
  private long expired;
  private long deadLettered;

  Backlog(Subscription subscription) {
    this.hasDeadLetterPolicy = subscription.hasDeadLetterPolicy();
    int asked = subscription.getDeadLetterPolicy().getMaxDeliveryAttempts();
    this.maxAttempts = asked == 0 ? DEFAULT_MAX_ATTEMPTS : asked;
    RetryPolicy retry = subscription.getRetryPolicy();
    boolean backoff = subscription.hasRetryPolicy();
    this.minBackoff = backoff ? duration(retry.getMinimumBackoff(), 10) : Duration.ZERO;
    this.maxBackoff = backoff ? duration(retry.getMaximumBackoff(), 600) : Duration.ZERO;
  }

  void add(PubsubMessage message) {
    if (unacked() >= MAX_MESSAGES) {
      throw Refusals.exhausted("the stand-in holds at most " + MAX_MESSAGES + " messages");
    }
    ready.addLast(new Item(message));
  }

  boolean hasReady() {
    return !ready.isEmpty();
  }

  Optional<ReceivedMessage> lease(Consumer holder, Instant now, Duration deadline) {
    Item item = ready.pollFirst();
    if (item == null) {
      return Optional.empty();
    }
    String ackId = "ack-" + ++lastAckId;
    leases.put(ackId, new Lease(item, now.plus(deadline), holder));
    holder.took(item.bytes);
    delivered++;
    return Optional.of(
        ReceivedMessage.newBuilder()
            .setAckId(ackId)
            .setMessage(item.message)
            .setDeliveryAttempt(hasDeadLetterPolicy ? item.failures + 1 : 0)
            .build());
  }

  /** Settles a lease; an ack id that is not leased any more is ignored, as without exactly-once. */
  void acknowledge(String ackId) {
    if (end(ackId).isPresent()) {
      acknowledged++;
    }
  }

  /** Moves a lease's deadline; zero gives the message back at once. */
  void modifyDeadline(String ackId, Duration deadline, Instant now) {
    if (deadline.isZero()) {
      end(ackId)
          .ifPresent(
              item -> {
                nacked++;
                giveBack(item, now);
              });
    } else {
      leases.computeIfPresent(
          ackId, (id, lease) -> new Lease(lease.item, now.plus(deadline), lease.holder));
    }
  }

  /** Ends overdue leases and backoffs that are over. */
  void advance(Instant now) {
    expire(lease -> !lease.deadline.isAfter(now), now);
    for (Waiting next = waiting.peek(); next != null && !next.until.isAfter(now); ) {
      waiting.remove();
      ready.addLast(next.item);
      next = waiting.peek();
    }
  }

  /** Lets every lease expire now. */
  void expireAll(Instant now) {
    expire(lease -> true, now);
  }

  /** Lets the leases of one consumer expire now. */
  void expireHeldBy(Consumer holder, Instant now) {
    expire(lease -> lease.holder.equals(holder), now);
  }

  /** When the next lease or backoff ends by itself. */
  Optional<Instant> nextChange() {
    return Stream.concat(
            leases.values().stream().map(Lease::deadline), waiting.stream().map(Waiting::until))
        .min(Comparator.naturalOrder());
  }

  /** Messages that used up their attempts since the last call. */
  List<Dead> takeDead() {
    List<Dead> taken = List.copyOf(dead);
    dead.clear();
    return taken;
  }

  Counters counters() {
    return new Counters(
        delivered, acknowledged, nacked, expired, deadLettered, unacked(), leases.size());
  }

  private int unacked() {
    return ready.size() + waiting.size() + leases.size();
  }

  private Optional<Item> end(String ackId) {
    Lease lease = leases.remove(ackId);
    if (lease == null) {
      return Optional.empty();
    }
    lease.holder.gaveBack(lease.item.bytes);
    return Optional.of(lease.item);
  }

  private void expire(Predicate<Lease> overdue, Instant now) {
    List<String> ids =
        leases.entrySet().stream()
            .filter(entry -> overdue.test(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    for (String id : ids) {
      end(id)
          .ifPresent(
              item -> {
                expired++;
                giveBack(item, now);
              });
    }
  }

  private void giveBack(Item item, Instant now) {
    item.failures++;
    if (hasDeadLetterPolicy && item.failures >= maxAttempts) {
      dead.add(new Dead(item.message, item.failures));
      deadLettered++;
      return;
    }
    Duration backoff = backoff(item.failures);
    if (backoff.isZero()) {
      ready.addLast(item);
    } else {
      waiting.add(new Waiting(item, now.plus(backoff)));
    }
  }

  private Duration backoff(int failures) {
    // Doubling more than ten times is past any maximum; the bound keeps the shift from overflowing.
    Duration wanted = minBackoff.multipliedBy(1L << Math.min(failures - 1, 10));
    return wanted.compareTo(maxBackoff) > 0 ? maxBackoff : wanted;
  }

  private static Duration duration(com.google.protobuf.Duration given, int defaultSeconds) {
    boolean unset = given.getSeconds() == 0 && given.getNanos() == 0;
    return unset
        ? Duration.ofSeconds(defaultSeconds)
        : Duration.ofSeconds(given.getSeconds(), given.getNanos());
  }
}
