package dev.rollbackbot.sandbox.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.core.ApiFuture;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.api.gax.rpc.UnimplementedException;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real Publisher and Subscriber against the stand-in. */
@Timeout(60)
class PubSubServerTest {
  private static final String TOPIC = "projects/demo/topics/requests";
  private static final String DEAD = "projects/demo/topics/dead";
  private static final String DESK = "projects/demo/subscriptions/desk";
  private static final String MORGUE = "projects/demo/subscriptions/morgue";

  private final PubSubServer server = PubSubServer.start();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final Publisher publisher = publisher();

  @BeforeEach
  void topics() {
    server.createTopic(TOPIC);
    server.createTopic(DEAD);
    server.createSubscription(
        Subscription.newBuilder()
            .setName(DESK)
            .setTopic(TOPIC)
            .setDeadLetterPolicy(
                DeadLetterPolicy.newBuilder().setDeadLetterTopic(DEAD).setMaxDeliveryAttempts(5))
            .build());
    server.createSubscription(Subscription.newBuilder().setName(MORGUE).setTopic(DEAD).build());
  }

  @AfterEach
  void close() throws Exception {
    publisher.shutdown();
    for (AutoCloseable each : open) {
      each.close();
    }
    server.close();
  }

  @Test
  void whatIsPublishedArrivesAndIsSettledByItsAck() throws Exception {
    subscribe(DESK, ack());

    publish("one", "two", "three");

    assertThat(take(3)).containsExactlyInAnyOrder("one", "two", "three");
    waitUntil(() -> server.counters(DESK).acknowledged() == 3);
    assertThat(server.counters(DESK).unacked()).isZero();
    assertThat(server.published(TOPIC)).isEqualTo(3);
  }

  @Test
  void aNackedMessageComesAgainUntilItIsADeadLetter() throws Exception {
    subscribe(
        DESK,
        (message, reply) -> {
          received.add("attempt " + Subscriber.getDeliveryAttempt(message));
          reply.nack();
        });
    BlockingQueue<PubsubMessage> dead = new LinkedBlockingQueue<>();
    subscribe(
        MORGUE,
        (message, reply) -> {
          dead.add(message);
          reply.ack();
        });

    publish("unreadable");

    assertThat(take(5))
        .containsExactly("attempt 1", "attempt 2", "attempt 3", "attempt 4", "attempt 5");
    PubsubMessage letter = dead.poll(10, TimeUnit.SECONDS);
    assertThat(letter).isNotNull();
    assertThat(letter.getData().toStringUtf8()).isEqualTo("unreadable");
    assertThat(letter.getAttributesMap())
        .containsEntry("CloudPubSubDeadLetterSourceSubscription", "desk")
        .containsEntry("CloudPubSubDeadLetterSourceDeliveryCount", "5");
    assertThat(server.counters(DESK).deadLettered()).isEqualTo(1);
    assertThat(server.counters(DESK).unacked()).isZero();
  }

  @Test
  void afterASubscriberIsKilledAnotherGetsWhatIsPublishedAtOnce() throws Exception {
    ManagedChannel doomed = channel();
    subscribe(doomed, DESK, hold());
    publish("held");
    assertThat(take(1)).containsExactly("held");

    doomed.shutdownNow();
    subscribe(DESK, ack());
    publish("fresh");

    assertThat(take(1)).containsExactly("fresh");
    server.expireLeases(DESK);
    assertThat(take(1)).as("the dead one's lease ended").containsExactly("held");
  }

  @Test
  void leasesCanBeMadeToEndWithTheirStream() throws Exception {
    server.endLeasesWithStream(true);
    ManagedChannel doomed = channel();
    subscribe(doomed, DESK, hold());
    publish("held");
    assertThat(take(1)).containsExactly("held");
    subscribe(DESK, ack());

    doomed.shutdownNow();

    assertThat(take(1)).containsExactly("held");
  }

  @Test
  void aLeaseThatIsNotExtendedEndsByItself() throws Exception {
    try (SubscriptionAdminClient client = subscriptions()) {
      publish("one");
      var first = client.pull(DESK, 10).getReceivedMessages(0);
      client.modifyAckDeadline(DESK, List.of(first.getAckId()), 1);

      var again = client.pull(DESK, 10).getReceivedMessages(0);

      assertThat(again.getMessage()).isEqualTo(first.getMessage());
      assertThat(again.getDeliveryAttempt()).isEqualTo(2);
      assertThat(server.counters(DESK).expired()).isEqualTo(1);
    }
  }

  @Test
  void messagesAreSpreadOverSubscribersAndTheirFlowControlIsKept() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    BlockingQueue<String> first = new LinkedBlockingQueue<>();
    BlockingQueue<String> second = new LinkedBlockingQueue<>();
    subscribeTwoAtATime(first, release);
    subscribeTwoAtATime(second, release);

    publish("1", "2", "3", "4", "5", "6");

    waitUntil(() -> first.size() == 2 && second.size() == 2);
    assertThat(server.counters(DESK).leased()).isEqualTo(4);
    release.countDown();
    waitUntil(() -> first.size() + second.size() == 6);
    waitUntil(() -> server.counters(DESK).unacked() == 0);
  }

  @Test
  void aCutStreamIsOpenedAgainByTheClient() throws Exception {
    subscribe(DESK, ack());
    publish("before");
    assertThat(take(1)).containsExactly("before");

    server.cutStreams();
    publish("after");

    assertThat(take(1)).containsExactly("after");
  }

  @Test
  void anOutageRefusesEveryCallAndIsSurvived() throws Exception {
    subscribe(DESK, ack());
    server.outage(true);
    var late = publisher.publish(message("patient"));
    assertThatThrownBy(() -> late.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(server.published(TOPIC)).isZero();

    server.outage(false);

    assertThat(take(1)).containsExactly("patient");
  }

  @Test
  void aLostAnswerMakesTheClientPublishAgainUnderAnotherId() throws Exception {
    server.faults().loseNextAnswers("Publish", 1);

    publish("once or twice");

    assertThat(server.published(TOPIC)).isEqualTo(2);
  }

  @Test
  void aDelayedAnswerLandsBeforeItIsConfirmed() throws Exception {
    server.faults().delayAnswers("Publish", Duration.ofMillis(400));
    ApiFuture<String> slow = publisher.publish(message("slow"));

    waitUntil(() -> server.published(TOPIC) == 1);
    assertThat(slow.isDone()).isFalse();
    assertThat(slow.get(5, TimeUnit.SECONDS)).isNotEmpty();
  }

  @Test
  void aRefusedPublishFailsWithItsStatus() {
    server.faults().refuse("Publish", Status.PERMISSION_DENIED);

    assertThatThrownBy(() -> publish("no"))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(PermissionDeniedException.class);
  }

  @Test
  void duplicatesAndLostAcksReachTheReceiverUnderOneId() throws Exception {
    BlockingQueue<String> ids = new LinkedBlockingQueue<>();
    server.deliverTwice(true);
    server.loseAcks(true);
    subscribe(
        DESK,
        (message, reply) -> {
          ids.add(message.getMessageId());
          reply.ack();
        });

    publish("twin");

    String id = ids.poll(10, TimeUnit.SECONDS);
    assertThat(id).isNotNull();
    assertThat(ids.poll(10, TimeUnit.SECONDS)).isEqualTo(id);
    assertThat(server.counters(DESK).unacked()).isEqualTo(2);
    server.loseAcks(false);
    server.expireLeases(DESK);
    waitUntil(() -> server.counters(DESK).unacked() == 0);
  }

  @Test
  void whatIsWrongIsRefusedAsTheServiceWould() throws Exception {
    assertThatThrownBy(() -> publisher.publish(PubsubMessage.getDefaultInstance()).get())
        .hasCauseInstanceOf(InvalidArgumentException.class);
    try (TopicAdminClient client = topicClient()) {
      assertThatThrownBy(() -> client.createTopic("projects/demo/topics/ab"))
          .isInstanceOf(InvalidArgumentException.class);
      assertThatThrownBy(() -> client.createTopic("projects/demo/topics/goog-x"))
          .isInstanceOf(InvalidArgumentException.class);
      assertThatThrownBy(() -> client.createTopic(TOPIC))
          .isInstanceOf(AlreadyExistsException.class);
      assertThatThrownBy(() -> client.getTopic("projects/demo/topics/other"))
          .isInstanceOf(NotFoundException.class);
      assertThatThrownBy(() -> client.deleteTopic(TOPIC))
          .isInstanceOf(UnimplementedException.class);
      assertThat(client.getTopic(TOPIC).getName()).isEqualTo(TOPIC);
    }
    try (SubscriptionAdminClient client = subscriptions()) {
      assertThatThrownBy(
              () ->
                  client.createSubscription(
                      Subscription.newBuilder()
                          .setName("projects/demo/subscriptions/ordered")
                          .setTopic(TOPIC)
                          .setEnableMessageOrdering(true)
                          .build()))
          .isInstanceOf(UnimplementedException.class);
      assertThatThrownBy(
              () ->
                  client.createSubscription(
                      Subscription.newBuilder()
                          .setName("projects/demo/subscriptions/short")
                          .setTopic(TOPIC)
                          .setAckDeadlineSeconds(5)
                          .build()))
          .isInstanceOf(InvalidArgumentException.class);
      assertThat(client.getSubscription(DESK).getAckDeadlineSeconds()).isEqualTo(10);
    }
  }

  @Test
  void aPullWithNothingToGiveIsEmptyBeforeTheClientGivesUp() throws Exception {
    try (SubscriptionAdminClient client = subscriptions()) {
      assertThat(client.pull(DESK, 1).getReceivedMessagesList()).isEmpty();
      publish("later");
      assertThat(client.pull(DESK, 1).getReceivedMessagesList()).hasSize(1);
    }
  }

  private MessageReceiver ack() {
    return (message, reply) -> {
      received.add(message.getData().toStringUtf8());
      reply.ack();
    };
  }

  private MessageReceiver hold() {
    return (message, reply) -> received.add(message.getData().toStringUtf8());
  }

  private List<String> take(int count) throws InterruptedException {
    List<String> taken = new ArrayList<>();
    while (taken.size() < count) {
      @Nullable String next = received.poll(10, TimeUnit.SECONDS);
      if (next == null) {
        return taken;
      }
      taken.add(next);
    }
    return taken;
  }

  private void publish(String... texts) throws Exception {
    List<ApiFuture<String>> sent = new ArrayList<>();
    for (String text : texts) {
      sent.add(publisher.publish(message(text)));
    }
    for (ApiFuture<String> each : sent) {
      assertThat(each.get(10, TimeUnit.SECONDS)).isNotEmpty();
    }
  }

  private static PubsubMessage message(String text) {
    return PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8(text)).build();
  }

  private void subscribe(String subscription, MessageReceiver receiver) {
    subscribe(channel(), subscription, receiver);
  }

  private void subscribe(ManagedChannel channel, String subscription, MessageReceiver receiver) {
    start(subscriber(channel, subscription, receiver).build());
  }

  private void subscribeTwoAtATime(BlockingQueue<String> got, CountDownLatch release) {
    start(
        subscriber(
                channel(),
                DESK,
                (message, reply) -> {
                  got.add(message.getData().toStringUtf8());
                  await(release);
                  reply.ack();
                })
            .setFlowControlSettings(
                FlowControlSettings.newBuilder().setMaxOutstandingElementCount(2L).build())
            .build());
  }

  private Subscriber.Builder subscriber(
      ManagedChannel channel, String subscription, MessageReceiver receiver) {
    return Subscriber.newBuilder(subscription, receiver)
        .setChannelProvider(provider(channel))
        .setCredentialsProvider(NoCredentialsProvider.create());
  }

  private void start(Subscriber subscriber) {
    var _ = subscriber.startAsync();
    open.addFirst(() -> subscriber.stopAsync());
  }

  private Publisher publisher() {
    try {
      return Publisher.newBuilder(TOPIC)
          .setChannelProvider(provider(channel()))
          .setCredentialsProvider(NoCredentialsProvider.create())
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TopicAdminClient topicClient() throws IOException {
    return TopicAdminClient.create(
        TopicAdminSettings.newBuilder()
            .setTransportChannelProvider(provider(channel()))
            .setCredentialsProvider(NoCredentialsProvider.create())
            .build());
  }

  private SubscriptionAdminClient subscriptions() throws IOException {
    return SubscriptionAdminClient.create(
        SubscriptionAdminSettings.newBuilder()
            .setTransportChannelProvider(provider(channel()))
            .setCredentialsProvider(NoCredentialsProvider.create())
            .build());
  }

  private ManagedChannel channel() {
    ManagedChannel channel =
        ManagedChannelBuilder.forTarget(server.endpoint()).usePlaintext().build();
    open.add(channel::shutdownNow);
    return channel;
  }

  private static TransportChannelProvider provider(ManagedChannel channel) {
    return FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void waitUntil(BooleanSupplier condition) {
    Instant end = Instant.now().plusSeconds(15);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waited too long").isBefore(end);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
