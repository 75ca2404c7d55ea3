package dev.rollbackbot.sandbox.grpc;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A plaintext gRPC server on a free port of 127.0.0.1; every handler runs on its own virtual thread
 * and may block.
 */
public final class GrpcServer implements AutoCloseable {
  // Pub/Sub takes 10 MB of messages in one request; the default limit of gRPC is 4 MiB.
  private static final int MAX_REQUEST_BYTES = 20 * 1024 * 1024;
  private static final int CLOSE_SECONDS = 2;

  private final Server server;
  private final ExecutorService handlers;

  private GrpcServer(Server server, ExecutorService handlers) {
    this.server = server;
    this.handlers = handlers;
  }

  /**
   * Starts serving.
   *
   * @throws UncheckedIOException when no port can be bound
   */
  public static GrpcServer start(Faults faults, StandInService... services) {
    ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))
            .executor(handlers)
            .maxInboundMessageSize(MAX_REQUEST_BYTES)
            .permitKeepAliveTime(1, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true);
    for (StandInService service : services) {
      builder.addService(ServerInterceptors.intercept(service.definition(), faults));
    }
    try {
      return new GrpcServer(builder.build().start(), handlers);
    } catch (IOException e) {
      handlers.shutdownNow();
      throw new UncheckedIOException("no loopback port could be bound", e);
    }
  }

  /** The endpoint a client connects to, such as {@code 127.0.0.1:40123}. */
  public String endpoint() {
    return "127.0.0.1:" + server.getPort();
  }

  /** Cuts every call and waits at most two seconds for the handlers to end. */
  @Override
  public void close() {
    server.shutdownNow();
    try {
      var _ = server.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Last, for the ended calls still tell their handlers through it.
    handlers.shutdownNow();
  }
}
