package dev.rollbackbot.sandbox.cloudrun;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;

/**
 * The unary methods of one gRPC service, built from its descriptor alone: no generated stub needed.
 *
 * <p>A method that is not added answers UNIMPLEMENTED. A method or type that the protocol does not
 * have is refused when the table is built.
 */
final class MethodTable {

  private final ServiceDescriptor service;
  private final ServerServiceDefinition.Builder methods;

  MethodTable(ServiceDescriptor service) {
    this.service = service;
    this.methods = ServerServiceDefinition.builder(service.getFullName());
  }

  <Q extends Message, A extends Message> MethodTable unary(
      String name, Q request, A answer, Function<Q, A> handler) {
    MethodDescriptor method = service.findMethodByName(name);
    if (method == null
        || !method.getInputType().equals(request.getDescriptorForType())
        || !method.getOutputType().equals(answer.getDescriptorForType())) {
      throw new IllegalArgumentException(
          "no method %s of %s with these types".formatted(name, service.getFullName()));
    }
    methods.addMethod(
        io.grpc.MethodDescriptor.<Q, A>newBuilder(
                ProtoUtils.marshaller(request), ProtoUtils.marshaller(answer))
            .setType(MethodType.UNARY)
            .setFullMethodName(
                io.grpc.MethodDescriptor.generateFullMethodName(service.getFullName(), name))
            .build(),
        ServerCalls.asyncUnaryCall((sent, observer) -> answer(handler, sent, observer)));
    return this;
  }

  ServerServiceDefinition build() {
    return methods.build();
  }

  private static <Q, A> void answer(Function<Q, A> handler, Q request, StreamObserver<A> observer) {
    A answer;
    try {
      answer = handler.apply(request);
    } catch (StatusRuntimeException refused) {
      observer.onError(refused);
      return;
    } catch (RuntimeException bug) {
      observer.onError(
          Status.INTERNAL.withDescription(bug.toString()).withCause(bug).asRuntimeException());
      return;
    }
    observer.onNext(answer);
    observer.onCompleted();
  }
}
