package dev.rollbackbot.sandbox.pubsub;

import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one StreamingPull: the first request opens it, later ones carry pings, acks
 * and deadlines. gRPC calls it from one thread at a time.
 */
final class StreamRequests implements StreamObserver<StreamingPullRequest> {
  private final Broker broker;
  private final ServerCallStreamObserver<StreamingPullResponse> answers;
  private String subscription = "";
  private @Nullable PullStream stream;

  StreamRequests(Broker broker, ServerCallStreamObserver<StreamingPullResponse> answers) {
    this.broker = broker;
    this.answers = answers;
    answers.setOnReadyHandler(() -> broker.wake(subscription));
    answers.setOnCancelHandler(this::closed);
  }

  @Override
  public void onNext(StreamingPullRequest request) {
    PullStream opened = stream;
    try {
      if (opened == null) {
        open(request);
      } else {
        next(opened, request);
      }
    } catch (StatusRuntimeException refusal) {
      if (opened == null) {
        answers.onError(refusal);
      } else {
        broker.withStream(() -> opened.end(refusal.getStatus()));
        closed();
      }
    }
  }

  @Override
  public void onError(Throwable cause) {
    closed();
  }

  @Override
  public void onCompleted() {
    PullStream opened = stream;
    if (opened == null) {
      answers.onCompleted();
    } else {
      broker.withStream(() -> opened.end(Status.OK));
      closed();
    }
  }

  private void open(StreamingPullRequest first) {
    Requests.checkFirst(first);
    subscription = first.getSubscription();
    PullStream opened = new PullStream(answers, first);
    stream = opened;
    try {
      broker.open(subscription, opened);
    } catch (StatusRuntimeException refusal) {
      stream = null;
      throw refusal;
    }
  }

  private void next(PullStream opened, StreamingPullRequest request) {
    Requests.checkNext(request);
    if (request.getAckIdsCount() > 0) {
      broker.acknowledge(subscription, request.getAckIdsList());
    }
    for (int i = 0; i < request.getModifyDeadlineAckIdsCount(); i++) {
      broker.modifyDeadline(
          subscription,
          List.of(request.getModifyDeadlineAckIds(i)),
          request.getModifyDeadlineSeconds(i));
    }
    int seconds = request.getStreamAckDeadlineSeconds();
    broker.withStream(
        () -> {
          if (seconds != 0) {
            opened.ackDeadline(Duration.ofSeconds(seconds));
          }
          opened.keepAlive();
        });
  }

  private void closed() {
    PullStream opened = stream;
    if (opened != null) {
      broker.closed(subscription, opened);
    }
  }
}
