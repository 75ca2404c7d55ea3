package dev.rollbackbot.bench;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.InternalConfigurator;
import io.grpc.InternalConfiguratorRegistry;
import io.grpc.Metadata;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * When the gRPC stand-ins were at work: from a whole request to the end of its handler.
 *
 * <p>Transport and encoding are not counted, nor are the stand-in of Slack and the git repository.
 * Instants are {@link System#nanoTime}.
 */
public final class StandInTimes {
  /** What goes on in the background: nobody's command or click waits for it. */
  private static final Set<String> BACKGROUND =
      Set.of("ListServices", "WriteLogEntries", "Acknowledge", "ModifyAckDeadline");

  private record Work(String method, long from, long to) {}

  private final Queue<Work> works = new ConcurrentLinkedQueue<>();

  private StandInTimes() {}

  /**
   * Watches every gRPC server that is built from now on.
   *
   * @throws IllegalStateException when a server or channel was built before
   */
  public static StandInTimes watch() {
    var times = new StandInTimes();
    // The stand-ins offer no place for an interceptor, and a benchmark is no reason to make one.
    InternalConfiguratorRegistry.setConfigurators(
        List.of(
            new InternalConfigurator() {
              @Override
              public void configureServerBuilder(ServerBuilder<?> builder) {
                builder.intercept(times.new Watch());
              }
            }));
    return times;
  }

  /** How many calls of a method ended after {@code from} and before {@code to}. */
  public long calls(String method, long from, long to) {
    return works.stream()
        .filter(w -> w.method().equals(method) && w.to() - from > 0 && to - w.to() > 0)
        .count();
  }

  /** How long at least one stand-in was at work between the two instants. */
  public Duration busy(long from, long to) {
    long busy = 0;
    long counted = from;
    for (Work work :
        works.stream()
            .filter(w -> !BACKGROUND.contains(w.method()) && w.to() - from > 0 && to - w.from() > 0)
            .sorted(Comparator.comparingLong(w -> w.from() - from))
            .toList()) {
      long begin = counted + Math.max(0, work.from() - counted);
      long end = to - Math.max(0, to - work.to());
      if (end - begin > 0) {
        busy += end - begin;
        counted = end;
      }
    }
    return Duration.ofNanos(busy);
  }

  /** Forgets what ended before. */
  public void forgetBefore(long instant) {
    works.removeIf(w -> instant - w.to() > 0);
  }

  private final class Watch implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      String method = String.valueOf(call.getMethodDescriptor().getBareMethodName());
      return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
        // A unary handler runs in here, from the whole request to the answer.
        @Override
        public void onHalfClose() {
          long from = System.nanoTime();
          try {
            super.onHalfClose();
          } finally {
            works.add(new Work(method, from, System.nanoTime()));
          }
        }
      };
    }
  }
}
