package dev.rollbackbot.sandbox.grpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

/**
 * The method table of one gRPC service, made from its proto descriptor so that no generated stub is
 * needed.
 *
 * <p>A method that is not bound answers UNIMPLEMENTED, as an unknown call does on the real service.
 */
public final class StandInService {
  private final ServiceDescriptor descriptor;
  private final ServerServiceDefinition.Builder methods;

  private StandInService(ServiceDescriptor descriptor) {
    this.descriptor = descriptor;
    this.methods = ServerServiceDefinition.builder(descriptor.getFullName());
  }

  /**
   * Begins the table of a service.
   *
   * @throws IllegalArgumentException when the file declares no service of that name
   */
  public static StandInService of(FileDescriptor file, String service) {
    ServiceDescriptor found = file.findServiceByName(service);
    if (found == null) {
      throw new IllegalArgumentException(file.getFullName() + " declares no service " + service);
    }
    return new StandInService(found);
  }

  /** Answers one request; may block; refuses by throwing. */
  @FunctionalInterface
  public interface Unary<Q, R> {
    /** Returns the answer, or throws a {@link StatusRuntimeException} that the caller receives. */
    R answer(Q request);
  }

  /** Accepts a stream of requests and answers on the observer whenever it likes. */
  @FunctionalInterface
  public interface Bidi<Q, R> {
    /** Called once per stream, before any request; must not block. */
    StreamObserver<Q> open(ServerCallStreamObserver<R> answers);
  }

  /**
   * Binds a unary method; the two default instances give the wire types.
   *
   * @throws IllegalArgumentException when the descriptor has no such method or other types
   */
  public <Q extends Message, R extends Message> StandInService unary(
      String method, Q request, R response, Unary<Q, R> handler) {
    methods.addMethod(
        describe(method, MethodType.UNARY, request, response),
        ServerCalls.asyncUnaryCall((asked, answers) -> answer(handler, asked, answers)));
    return this;
  }

  /**
   * Binds a bidirectional stream; the two default instances give the wire types.
   *
   * @throws IllegalArgumentException when the descriptor has no such method or other types
   */
  public <Q extends Message, R extends Message> StandInService bidi(
      String method, Q request, R response, Bidi<Q, R> handler) {
    methods.addMethod(
        describe(method, MethodType.BIDI_STREAMING, request, response),
        ServerCalls.asyncBidiStreamingCall(
            answers -> handler.open((ServerCallStreamObserver<R>) answers)));
    return this;
  }

  ServerServiceDefinition definition() {
    return methods.build();
  }

  private static <Q, R> void answer(Unary<Q, R> handler, Q request, StreamObserver<R> answers) {
    // With a cancel handler the observer ignores a caller that has gone instead of throwing.
    ((ServerCallStreamObserver<R>) answers).setOnCancelHandler(() -> {});
    try {
      answers.onNext(handler.answer(request));
      answers.onCompleted();
    } catch (StatusRuntimeException refusal) {
      answers.onError(refusal);
    }
  }

  private <Q extends Message, R extends Message> MethodDescriptor<Q, R> describe(
      String name, MethodType type, Q request, R response) {
    var method = descriptor.findMethodByName(name);
    if (method == null) {
      throw new IllegalArgumentException(descriptor.getFullName() + " has no method " + name);
    }
    requireType(name, method.getInputType(), request.getDescriptorForType());
    requireType(name, method.getOutputType(), response.getDescriptorForType());
    return MethodDescriptor.<Q, R>newBuilder(
            ProtoUtils.marshaller(request), ProtoUtils.marshaller(response))
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(descriptor.getFullName(), name))
        .build();
  }

  private static void requireType(String method, Descriptor declared, Descriptor given) {
    if (!declared.getFullName().equals(given.getFullName())) {
      throw new IllegalArgumentException(
          method + " takes " + declared.getFullName() + ", not " + given.getFullName());
    }
  }
}
