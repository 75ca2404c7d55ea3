package dev.rollbackbot.sandbox.cloudrun;

import com.google.cloud.run.v2.GetRevisionRequest;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.ListRevisionsRequest;
import com.google.cloud.run.v2.ListRevisionsResponse;
import com.google.cloud.run.v2.ListServicesRequest;
import com.google.cloud.run.v2.ListServicesResponse;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionProto;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServiceProto;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.Operation;
import com.google.longrunning.OperationsProto;
import com.google.longrunning.WaitOperationRequest;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The Admin API v2 over real gRPC, plaintext, on a free port of the loopback interface.
 *
 * <p>Services: GetService, ListServices, UpdateService, TestIamPermissions. Revisions: GetRevision,
 * ListRevisions. Operations: GetOperation, WaitOperation (at most 30 s). All else: UNIMPLEMENTED.
 */
public final class CloudRunServer implements AutoCloseable {

  /** Who calls: the header that stands in for a Google credential; without it, the default. */
  public static final Metadata.Key<String> PRINCIPAL_HEADER =
      Metadata.Key.of("x-sandbox-principal", Metadata.ASCII_STRING_MARSHALLER);

  private static final Context.Key<String> PRINCIPAL = Context.key("principal");
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);

  private final CloudRunModel model;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Server server;

  private CloudRunServer(CloudRunModel model, String defaultPrincipal) throws IOException {
    this.model = model;
    ServerInterceptor interceptor = caller(defaultPrincipal);
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .executor(executor)
            .addService(ServerInterceptors.intercept(services(), interceptor))
            .addService(ServerInterceptors.intercept(revisions(), interceptor))
            .addService(ServerInterceptors.intercept(operations(), interceptor))
            .build()
            .start();
  }

  /** Serves the model; {@code defaultPrincipal} is who writes when the call does not say. */
  public static CloudRunServer start(CloudRunModel model, String defaultPrincipal)
      throws IOException {
    return new CloudRunServer(model, defaultPrincipal);
  }

  /** Host and port, as a client's {@code setEndpoint} takes it. */
  public String endpoint() {
    return "127.0.0.1:" + server.getPort();
  }

  private ServerServiceDefinition services() {
    return new MethodTable(ServiceProto.getDescriptor().findServiceByName("Services"))
        .unary(
            "GetService",
            GetServiceRequest.getDefaultInstance(),
            Service.getDefaultInstance(),
            request -> late().getService(request))
        .unary(
            "ListServices",
            ListServicesRequest.getDefaultInstance(),
            ListServicesResponse.getDefaultInstance(),
            request -> late().listServices(request))
        .unary(
            "UpdateService",
            UpdateServiceRequest.getDefaultInstance(),
            Operation.getDefaultInstance(),
            request -> late().updateService(request, PRINCIPAL.get()))
        .unary(
            "TestIamPermissions",
            TestIamPermissionsRequest.getDefaultInstance(),
            TestIamPermissionsResponse.getDefaultInstance(),
            request -> late().testIamPermissions(request))
        .build();
  }

  private ServerServiceDefinition revisions() {
    return new MethodTable(RevisionProto.getDescriptor().findServiceByName("Revisions"))
        .unary(
            "GetRevision",
            GetRevisionRequest.getDefaultInstance(),
            Revision.getDefaultInstance(),
            request -> late().getRevision(request))
        .unary(
            "ListRevisions",
            ListRevisionsRequest.getDefaultInstance(),
            ListRevisionsResponse.getDefaultInstance(),
            request -> late().listRevisions(request))
        .build();
  }

  private ServerServiceDefinition operations() {
    return new MethodTable(OperationsProto.getDescriptor().findServiceByName("Operations"))
        .unary(
            "GetOperation",
            GetOperationRequest.getDefaultInstance(),
            Operation.getDefaultInstance(),
            request -> late().getOperation(request))
        .unary(
            "WaitOperation",
            WaitOperationRequest.getDefaultInstance(),
            Operation.getDefaultInstance(),
            this::waitFor)
        .build();
  }

  /** The model, after the latency that is switched on. */
  private CloudRunModel late() {
    pause(model.faults().latency());
    return model;
  }

  private Operation waitFor(WaitOperationRequest request) {
    Duration asked =
        request.hasTimeout()
            ? Duration.ofSeconds(request.getTimeout().getSeconds(), request.getTimeout().getNanos())
            : LONGEST_WAIT;
    Instant end = Instant.now().plus(asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT);
    GetOperationRequest get = GetOperationRequest.newBuilder().setName(request.getName()).build();
    Operation operation = late().getOperation(get);
    while (!operation.getDone() && Instant.now().isBefore(end)) {
      pause(POLL);
      operation = model.getOperation(get);
    }
    return operation;
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Status.CANCELLED.withCause(e).asRuntimeException();
    }
  }

  private static ServerInterceptor caller(String defaultPrincipal) {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String principal =
            Optional.ofNullable(headers.get(PRINCIPAL_HEADER)).orElse(defaultPrincipal);
        return Contexts.interceptCall(
            Context.current().withValue(PRINCIPAL, principal), call, headers, next);
      }
    };
  }

  /** Ends the connections at once and every waiting call. */
  @Override
  public void close() {
    server.shutdownNow();
    executor.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
