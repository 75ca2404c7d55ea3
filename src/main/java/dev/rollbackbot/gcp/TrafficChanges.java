package dev.rollbackbot.gcp;

import com.google.cloud.audit.AuditLog;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.rollbackbot.domain.model.Change;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.TrafficSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads from Admin Activity entries which traffic each change of a service wanted.
 *
 * <p>gcloud and the console call v1, where the service is {@code spec.traffic[]} with {@code
 * latestRevision}; client libraries call v2, where it is {@code traffic[]} with {@code type}. The
 * answer is taken first, since a request may hold only the fields of its mask. Entries of changes
 * that were refused carry a status code.
 */
final class TrafficChanges {
  private static final Set<String> METHODS =
      Set.of("CreateService", "ReplaceService", "UpdateService");
  private static final String CLIENT_NAME = "run.googleapis.com/client-name";
  private static final String LATEST = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST";

  private TrafficChanges() {}

  static Optional<Change> of(LogEntry entry) {
    if (!entry.hasProtoPayload() || !entry.getProtoPayload().is(AuditLog.class)) {
      return Optional.empty();
    }
    AuditLog audit;
    try {
      audit = entry.getProtoPayload().unpack(AuditLog.class);
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
    String method = audit.getMethodName();
    if (audit.getStatus().getCode() != 0
        || !METHODS.contains(method.substring(method.lastIndexOf('.') + 1))) {
      return Optional.empty();
    }
    return services(audit)
        .flatMap(
            service ->
                traffic(service).stream().map(wanted -> change(entry, audit, service, wanted)))
        .findFirst();
  }

  private static Change change(
      LogEntry entry, AuditLog audit, Struct service, TrafficSplit wanted) {
    return new Change(
        Protos.instant(entry.getTimestamp()),
        wanted,
        audit.getAuthenticationInfo().getPrincipalEmail(),
        client(service),
        audit.getRequestMetadata().getCallerSuppliedUserAgent());
  }

  /** v2 has a field; v1 has an annotation. */
  private static String client(Struct service) {
    Struct metadata = field(service, "metadata").getStructValue();
    Struct annotations = field(metadata, "annotations").getStructValue();
    return field(annotations, CLIENT_NAME).getStringValue()
        + field(service, "client").getStringValue();
  }

  private static Stream<Struct> services(AuditLog audit) {
    return Stream.of(
        audit.getResponse(),
        field(audit.getResponse(), "response").getStructValue(),
        field(audit.getRequest(), "service").getStructValue());
  }

  private static Optional<TrafficSplit> traffic(Struct service) {
    if (service.containsFields("spec")) {
      return Optional.of(split(field(service, "spec").getStructValue()));
    }
    // Without a template it may be an operation, or a request with a mask.
    return service.containsFields("template") || service.containsFields("traffic")
        ? Optional.of(split(service))
        : Optional.empty();
  }

  private static TrafficSplit split(Struct holder) {
    var entries = new ArrayList<TrafficSplit.Entry>();
    List<Value> targets = field(holder, "traffic").getListValue().getValuesList();
    for (Value value : targets) {
      Struct target = value.getStructValue();
      String revision =
          field(target, "revisionName").getStringValue()
              + field(target, "revision").getStringValue();
      boolean latest =
          revision.isBlank()
              || field(target, "latestRevision").getBoolValue()
              || field(target, "type").getStringValue().equals(LATEST);
      entries.add(
          new TrafficSplit.Entry(
              latest ? Optional.empty() : Optional.of(RevisionName.of(revision)),
              (int) field(target, "percent").getNumberValue(),
              Protos.some(field(target, "tag").getStringValue())));
    }
    return new TrafficSplit(entries);
  }

  private static Value field(Struct struct, String name) {
    return struct.getFieldsOrDefault(name, Value.getDefaultInstance());
  }
}
