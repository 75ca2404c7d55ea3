package dev.rollbackbot.sandbox.pubsub;

import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.StreamingPullResponse.SubscriptionProperties;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;

/**
 * One open StreamingPull and what is outstanding on it. Guarded by the server's lock.
 *
 * <p>Source: comments on {@code StreamingPullRequest} in pubsub.proto 1.160.0; flow control is set
 * by the first request and values of zero or less mean no limit.
 */
final class PullStream implements Consumer {
  private final ServerCallStreamObserver<StreamingPullResponse> answers;
  private final long maxMessages;
  private final long maxBytes;
  private Duration ackDeadline;
  private int outstanding;
  private long outstandingBytes;
  private boolean open = true;

  PullStream(ServerCallStreamObserver<StreamingPullResponse> answers, StreamingPullRequest first) {
    this.answers = answers;
    this.maxMessages = first.getMaxOutstandingMessages();
    this.maxBytes = first.getMaxOutstandingBytes();
    this.ackDeadline = Duration.ofSeconds(first.getStreamAckDeadlineSeconds());
  }

  Duration ackDeadline() {
    return ackDeadline;
  }

  void ackDeadline(Duration changed) {
    ackDeadline = changed;
  }

  boolean canTake() {
    return open
        && answers.isReady()
        && (maxMessages <= 0 || outstanding < maxMessages)
        && (maxBytes <= 0 || outstandingBytes < maxBytes);
  }

  void send(ReceivedMessage message) {
    answers.onNext(response().addReceivedMessages(message).build());
  }

  /** An empty answer; the client reopens a stream that does not answer its pings. */
  void keepAlive() {
    if (open) {
      answers.onNext(response().build());
    }
  }

  /** Ends the stream; a second call does nothing. */
  void end(Status status) {
    if (open) {
      open = false;
      if (status.isOk()) {
        answers.onCompleted();
      } else {
        answers.onError(status.asRuntimeException());
      }
    }
  }

  /** The caller has gone; nothing can be told to it any more. */
  void gone() {
    open = false;
  }

  @Override
  public void took(int bytes) {
    outstanding++;
    outstandingBytes += bytes;
  }

  @Override
  public void gaveBack(int bytes) {
    outstanding--;
    outstandingBytes -= bytes;
  }

  private static StreamingPullResponse.Builder response() {
    return StreamingPullResponse.newBuilder()
        .setSubscriptionProperties(SubscriptionProperties.getDefaultInstance());
  }
}
