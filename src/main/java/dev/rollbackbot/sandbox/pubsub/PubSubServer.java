package dev.rollbackbot.sandbox.pubsub;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.GetSubscriptionRequest;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PubsubProto;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import dev.rollbackbot.sandbox.grpc.Faults;
import dev.rollbackbot.sandbox.grpc.GrpcServer;
import dev.rollbackbot.sandbox.grpc.StandInService;
import io.grpc.Status;
import java.time.InstantSource;

/**
 * A stand-in for Cloud Pub/Sub on loopback: publish, pull, streaming pull, leases, retry policy and
 * dead letters as pubsub.proto 1.160.0 describes them (read 2026-11-24).
 *
 * <p>Not played, and refused as UNIMPLEMENTED: ordering, exactly-once, filters, push, snapshots,
 * listing. Each subscription holds at most 20,000 messages, for as long as the process lives.
 */
public final class PubSubServer implements AutoCloseable {
  private final Faults faults = new Faults();
  private final Broker broker;
  private final GrpcServer server;

  private PubSubServer(InstantSource clock) {
    this.broker = new Broker(clock);
    this.server = GrpcServer.start(faults, publisher(), subscriber());
  }

  /** Starts an empty Pub/Sub on a free port. */
  public static PubSubServer start() {
    return new PubSubServer(InstantSource.system());
  }

  /** Where clients connect, in plaintext: {@code 127.0.0.1:PORT}. */
  public String endpoint() {
    return server.endpoint();
  }

  /** Makes a topic, as an administrator would before the bot starts. */
  public void createTopic(String name) {
    var _ = broker.createTopic(Topic.newBuilder().setName(name).build());
  }

  /** Makes a subscription, as an administrator would before the bot starts. */
  public void createSubscription(Subscription subscription) {
    var _ = broker.createSubscription(subscription);
  }

  /**
   * Faults of single methods: {@code Publish} refused, its answer lost or late, and so on. For an
   * outage use {@link #outage}, which also ends the open streams.
   */
  public Faults faults() {
    return faults;
  }

  /** While on, every call is UNAVAILABLE; turning it on ends every open stream. */
  public void outage(boolean on) {
    faults.outage(on);
    if (on) {
      cutStreams();
    }
  }

  /** Ends every open stream with UNAVAILABLE, as the real service does now and then. */
  public void cutStreams() {
    broker.cutStreams(Status.UNAVAILABLE.withDescription("the stream was cut"));
  }

  /** While on, each published message is delivered twice under one message id. */
  public void deliverTwice(boolean on) {
    broker.deliverTwice(on);
  }

  /** While on, acks are answered OK and forgotten, so the messages come again. */
  public void loseAcks(boolean on) {
    broker.loseAcks(on);
  }

  /**
   * Whether the messages of a stream that broke come again at once. Off by default: they come when
   * their lease ends, which is all that the contract promises; what the real service does is not
   * proved.
   */
  public void endLeasesWithStream(boolean on) {
    broker.endLeasesWithStream(on);
  }

  /** Lets every lease of the subscription expire now, as if its deadline had passed. */
  public void expireLeases(String subscription) {
    broker.expireLeases(subscription);
  }

  /** How many messages landed on the topic, dead letters included. */
  public long published(String topic) {
    return broker.published(topic);
  }

  /** What happened on the subscription so far. */
  public Counters counters(String subscription) {
    return broker.counters(subscription);
  }

  /** Cuts every stream and frees the port. */
  @Override
  public void close() {
    broker.close();
    server.close();
  }

  private StandInService publisher() {
    return StandInService.of(PubsubProto.getDescriptor(), "Publisher")
        .unary(
            "CreateTopic",
            Topic.getDefaultInstance(),
            Topic.getDefaultInstance(),
            broker::createTopic)
        .unary(
            "GetTopic",
            GetTopicRequest.getDefaultInstance(),
            Topic.getDefaultInstance(),
            request -> broker.topic(request.getTopic()))
        .unary(
            "Publish",
            PublishRequest.getDefaultInstance(),
            PublishResponse.getDefaultInstance(),
            request ->
                PublishResponse.newBuilder().addAllMessageIds(broker.publish(request)).build());
  }

  private StandInService subscriber() {
    return StandInService.of(PubsubProto.getDescriptor(), "Subscriber")
        .unary(
            "CreateSubscription",
            Subscription.getDefaultInstance(),
            Subscription.getDefaultInstance(),
            broker::createSubscription)
        .unary(
            "GetSubscription",
            GetSubscriptionRequest.getDefaultInstance(),
            Subscription.getDefaultInstance(),
            request -> broker.subscription(request.getSubscription()))
        .unary(
            "Pull", PullRequest.getDefaultInstance(), PullResponse.getDefaultInstance(), this::pull)
        .unary(
            "Acknowledge",
            AcknowledgeRequest.getDefaultInstance(),
            Empty.getDefaultInstance(),
            this::acknowledge)
        .unary(
            "ModifyAckDeadline",
            ModifyAckDeadlineRequest.getDefaultInstance(),
            Empty.getDefaultInstance(),
            this::modifyAckDeadline)
        .bidi(
            "StreamingPull",
            StreamingPullRequest.getDefaultInstance(),
            StreamingPullResponse.getDefaultInstance(),
            answers -> new StreamRequests(broker, answers));
  }

  // Deprecated in the proto, but clients still set it and the service still honours it.
  @SuppressWarnings("deprecation")
  private PullResponse pull(PullRequest request) {
    var messages =
        broker.pull(
            request.getSubscription(), request.getMaxMessages(), request.getReturnImmediately());
    return PullResponse.newBuilder().addAllReceivedMessages(messages).build();
  }

  private Empty acknowledge(AcknowledgeRequest request) {
    broker.acknowledge(request.getSubscription(), request.getAckIdsList());
    return Empty.getDefaultInstance();
  }

  private Empty modifyAckDeadline(ModifyAckDeadlineRequest request) {
    broker.modifyDeadline(
        request.getSubscription(), request.getAckIdsList(), request.getAckDeadlineSeconds());
    return Empty.getDefaultInstance();
  }
}
