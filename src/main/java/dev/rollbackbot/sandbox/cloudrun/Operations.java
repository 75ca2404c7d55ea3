package dev.rollbackbot.sandbox.cloudrun;

import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServiceName;
import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The long-running operations: one per write, done when the service is reconciled.
 *
 * <p>Response and metadata are the Service ({@code operation_info} of UpdateService). A write that
 * comes while another is worked on ends together with it. Only the newest 1,000 stay readable.
 */
final class Operations {

  private static final int KEPT = 1_000;

  private record Entry(String service, boolean endless, Supplier<Service> running) {}

  private final World world;
  private final Map<String, Entry> open = new LinkedHashMap<>();
  private final Map<String, Operation> done = new LinkedHashMap<>();

  Operations(World world) {
    this.world = world;
  }

  Operation start(ServiceRecord service, boolean endless) {
    String name = newName(service.name());
    open.put(name, new Entry(service.name(), endless, service::view));
    trim(open);
    return get(name);
  }

  /** The answer to {@code validate_only}: nothing happens, so it is done at once. */
  Operation validated(Service service) {
    return Operation.newBuilder()
        .setName(newName(service.getName()))
        .setDone(true)
        .setMetadata(Any.pack(service))
        .setResponse(Any.pack(service))
        .build();
  }

  void finish(Service service, Optional<Status> error) {
    open.entrySet()
        .removeIf(
            entry -> {
              boolean ends =
                  entry.getValue().service().equals(service.getName())
                      && !entry.getValue().endless();
              if (ends) {
                done.put(entry.getKey(), ended(entry.getKey(), service, error));
              }
              return ends;
            });
    trim(done);
  }

  Operation get(String name) {
    Operation ended = done.get(name);
    if (ended != null) {
      return ended;
    }
    Entry entry = open.get(name);
    if (entry == null) {
      throw noOperation(name);
    }
    return Operation.newBuilder()
        .setName(name)
        .setMetadata(Any.pack(entry.running().get()))
        .build();
  }

  private static StatusRuntimeException noOperation(String name) {
    return io.grpc.Status.NOT_FOUND
        .withDescription("Operation '%s' does not exist.".formatted(name))
        .asRuntimeException();
  }

  private static Operation ended(String name, Service service, Optional<Status> error) {
    Operation.Builder operation =
        Operation.newBuilder().setName(name).setDone(true).setMetadata(Any.pack(service));
    error.ifPresentOrElse(operation::setError, () -> operation.setResponse(Any.pack(service)));
    return operation.build();
  }

  private String newName(String service) {
    ServiceName name = ServiceName.parse(service);
    return "projects/%s/locations/%s/operations/%s"
        .formatted(name.getProject(), name.getLocation(), world.uuid());
  }

  private static void trim(Map<String, ?> entries) {
    while (entries.size() > KEPT) {
      entries.remove(entries.keySet().iterator().next());
    }
  }
}
