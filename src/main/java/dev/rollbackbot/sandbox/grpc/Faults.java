package dev.rollbackbot.sandbox.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The fault switches of one stand-in; methods are named as in the proto, such as {@code Publish}.
 *
 * <p>One rule per method: a later one replaces it.
 */
public final class Faults implements ServerInterceptor {
  private static final int FOR_EVER = Integer.MAX_VALUE;

  private sealed interface Rule {}

  private record Refuse(Status status) implements Rule {}

  private record LoseAnswer() implements Rule {}

  private record DelayAnswer(Duration delay) implements Rule {}

  private record Armed(Rule rule, int left) {}

  private final Map<String, Armed> rules = new ConcurrentHashMap<>();
  private volatile boolean outage;

  /** While on, every call ends UNAVAILABLE before it has any effect. */
  public void outage(boolean on) {
    outage = on;
  }

  /** Refuses every call of the method until {@link #clear}. */
  public void refuse(String method, Status status) {
    rules.put(method, new Armed(new Refuse(status), FOR_EVER));
  }

  /** Refuses the next calls of the method. */
  public void refuseNext(String method, Status status, int times) {
    rules.put(method, new Armed(new Refuse(status), times));
  }

  /** Lets the next calls have their effect, then ends them UNAVAILABLE without an answer. */
  public void loseNextAnswers(String method, int times) {
    rules.put(method, new Armed(new LoseAnswer(), times));
  }

  /** Lets calls have their effect at once and answers that much later, until {@link #clear}. */
  public void delayAnswers(String method, Duration delay) {
    rules.put(method, new Armed(new DelayAnswer(delay), FOR_EVER));
  }

  /** Ends the outage and forgets every rule. */
  public void clear() {
    outage = false;
    rules.clear();
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (outage) {
      return refused(call, Status.UNAVAILABLE.withDescription("the stand-in plays an outage"));
    }
    Optional<Rule> rule = take(call.getMethodDescriptor().getBareMethodName());
    if (rule.isEmpty()) {
      return next.startCall(call, headers);
    }
    return switch (rule.get()) {
      case Refuse refuse -> refused(call, refuse.status());
      case LoseAnswer _ -> next.startCall(new Mute<>(call), headers);
      case DelayAnswer delay -> next.startCall(new Late<>(call, delay.delay()), headers);
    };
  }

  private synchronized Optional<Rule> take(@Nullable String method) {
    Armed armed = method == null ? null : rules.get(method);
    if (method == null || armed == null) {
      return Optional.empty();
    }
    if (armed.left() == 1) {
      rules.remove(method);
    } else if (armed.left() != FOR_EVER) {
      rules.put(method, new Armed(armed.rule(), armed.left() - 1));
    }
    return Optional.of(armed.rule());
  }

  private static <Q, R> ServerCall.Listener<Q> refused(ServerCall<Q, R> call, Status status) {
    call.close(status, new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private static final class Mute<Q, R> extends SimpleForwardingServerCall<Q, R> {
    Mute(ServerCall<Q, R> call) {
      super(call);
    }

    @Override
    public void sendMessage(R message) {
      // The effect has landed; the caller must not learn of it.
    }

    @Override
    public void close(Status status, Metadata trailers) {
      Status told =
          status.isOk() ? Status.UNAVAILABLE.withDescription("the answer was lost") : status;
      super.close(told, trailers);
    }
  }

  private static final class Late<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final Duration delay;

    Late(ServerCall<Q, R> call, Duration delay) {
      super(call);
      this.delay = delay;
    }

    @Override
    public void sendMessage(R message) {
      try {
        Thread.sleep(delay);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      super.sendMessage(message);
    }
  }
}
