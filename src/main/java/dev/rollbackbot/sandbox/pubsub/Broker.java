package dev.rollbackbot.sandbox.pubsub;

import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import dev.rollbackbot.sandbox.grpc.Refusals;
import io.grpc.Context;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Who gets which message. Everything happens under one lock; nothing under it blocks, for answers
 * are only queued on their streams.
 */
final class Broker implements AutoCloseable {
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final ScheduledThreadPoolExecutor timer;
  private final Directory directory = new Directory();
  private final Map<String, Long> published = new LinkedHashMap<>();
  private long lastMessageId = 1_000;
  private boolean twice;
  private boolean ackLoss;
  private boolean leasesEndWithStream;

  Broker(InstantSource clock) {
    this.clock = clock;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("pubsub-stand-in-timer").factory());
    this.timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  Topic createTopic(Topic topic) {
    Names.requireTopic(topic.getName());
    return locked(() -> directory.create(topic));
  }

  Topic topic(String name) {
    Names.requireTopic(name);
    return locked(() -> directory.topic(name));
  }

  Subscription createSubscription(Subscription asked) {
    Requests.check(asked);
    return locked(() -> directory.create(asked));
  }

  Subscription subscription(String name) {
    return locked(() -> directory.subscription(name).settings);
  }

  List<String> publish(PublishRequest request) {
    Requests.check(request);
    return locked(
        () -> {
          var _ = topic(request.getTopic());
          return request.getMessagesList().stream()
              .map(message -> land(request.getTopic(), message))
              .toList();
        });
  }

  /** Waits for messages as long as {@link Patience} allows. */
  List<ReceivedMessage> pull(String name, int most, boolean atOnce) {
    if (most <= 0) {
      throw Refusals.invalid("max_messages must be positive, it was " + most);
    }
    return Patience.untilSome(clock, atOnce, () -> pullNow(name, most));
  }

  void acknowledge(String name, List<String> ackIds) {
    Requests.requireAckIds(ackIds);
    locked(
        () -> {
          Subscribed from = directory.subscription(name);
          if (!ackLoss) {
            from.backlog.advance(clock.instant());
            ackIds.forEach(from.backlog::acknowledge);
            deliver(from);
          }
          return ackIds;
        });
  }

  void modifyDeadline(String name, List<String> ackIds, int seconds) {
    Requests.requireAckIds(ackIds);
    Requests.requireLeaseSeconds(seconds);
    locked(
        () -> {
          Subscribed from = directory.subscription(name);
          Instant now = clock.instant();
          from.backlog.advance(now);
          for (String ackId : ackIds) {
            from.backlog.modifyDeadline(ackId, Duration.ofSeconds(seconds), now);
          }
          deliver(from);
          return ackIds;
        });
  }

  void open(String name, PullStream stream) {
    locked(
        () -> {
          Subscribed from = directory.subscription(name);
          from.streams.add(stream);
          deliver(from);
          return stream;
        });
  }

  /** Runs something that touches a stream's state, under the lock that guards it. */
  void withStream(Runnable step) {
    locked(
        () -> {
          step.run();
          return step;
        });
  }

  /** The stream can take messages again. */
  void wake(String name) {
    locked(
        () -> {
          directory.known(name).ifPresent(this::deliver);
          return name;
        });
  }

  void closed(String name, PullStream stream) {
    locked(
        () -> {
          stream.gone();
          directory.known(name).ifPresent(from -> removed(from, stream));
          return stream;
        });
  }

  void cutStreams(Status status) {
    locked(
        () -> {
          for (Subscribed from : directory.subscriptions()) {
            from.streams.forEach(stream -> stream.end(status));
            List.copyOf(from.streams).forEach(stream -> removed(from, stream));
          }
          return status;
        });
  }

  void expireLeases(String name) {
    locked(
        () -> {
          Subscribed from = directory.subscription(name);
          from.backlog.expireAll(clock.instant());
          deliver(from);
          return name;
        });
  }

  void deliverTwice(boolean on) {
    locked(() -> twice = on);
  }

  void loseAcks(boolean on) {
    locked(() -> ackLoss = on);
  }

  void endLeasesWithStream(boolean on) {
    locked(() -> leasesEndWithStream = on);
  }

  long published(String topic) {
    return locked(() -> published.getOrDefault(topic, 0L));
  }

  Counters counters(String name) {
    return locked(
        () -> {
          Subscribed from = directory.subscription(name);
          from.backlog.advance(clock.instant());
          Counters counters = from.backlog.counters();
          deliver(from);
          return counters;
        });
  }

  @Override
  public void close() {
    timer.shutdownNow();
    cutStreams(Status.UNAVAILABLE.withDescription("the stand-in was closed"));
  }

  private String land(String topic, PubsubMessage asked) {
    PubsubMessage message =
        asked.toBuilder()
            .setMessageId(Long.toString(++lastMessageId))
            .setPublishTime(Timestamps.fromMillis(clock.millis()))
            .build();
    published.merge(topic, 1L, Long::sum);
    for (Subscribed to : directory.of(topic)) {
      to.backlog.add(message);
      if (twice) {
        to.backlog.add(message);
      }
      deliver(to);
    }
    return message.getMessageId();
  }

  private void removed(Subscribed from, PullStream stream) {
    if (from.streams.remove(stream)) {
      if (leasesEndWithStream) {
        from.backlog.expireHeldBy(stream, clock.instant());
      }
      deliver(from);
    }
  }

  private void deliver(Subscribed from) {
    Instant now = clock.instant();
    from.backlog.advance(now);
    for (Backlog.Dead dead : from.backlog.takeDead()) {
      var _ = land(from.settings.getDeadLetterPolicy().getDeadLetterTopic(), from.letter(dead));
    }
    from.handOut(now);
    from.backlog.nextChange().ifPresent(next -> alarm(from, now, next));
  }

  /** Only the earliest alarm counts, so there is never more than one chain of them. */
  private void alarm(Subscribed from, Instant now, Instant next) {
    if (next.isBefore(from.nextAlarm) && !timer.isShutdown()) {
      from.nextAlarm = next;
      long wait = Math.max(1, Duration.between(now, next).toMillis() + 1);
      var _ = timer.schedule(() -> ring(from, next), wait, TimeUnit.MILLISECONDS);
    }
  }

  private void ring(Subscribed from, Instant due) {
    locked(
        () -> {
          if (from.nextAlarm.equals(due)) {
            from.nextAlarm = Instant.MAX;
            deliver(from);
          }
          return due;
        });
  }

  private List<ReceivedMessage> pullNow(String name, int most) {
    return locked(
        () -> {
          Subscribed from = directory.subscription(name);
          if (Context.current().isCancelled()) {
            return List.of();
          }
          from.backlog.advance(clock.instant());
          List<ReceivedMessage> taken = from.take(most, clock.instant());
          deliver(from);
          return taken;
        });
  }

  @SuppressWarnings("CheckReturnValue")
  private <T> T locked(Supplier<T> step) {
    lock.lock();
    try {
      return step.get();
    } finally {
      lock.unlock();
    }
  }
}
