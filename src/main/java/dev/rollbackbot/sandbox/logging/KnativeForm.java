package dev.rollbackbot.sandbox.logging;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A v2 service in the shape that an audit entry of the v1 API shows: metadata, spec.traffic,
 * status.
 *
 * <p>The status names the revision that was ready at the time of the write, which is the previous
 * one when the write makes a revision (seen in a posted payload, FACTS 6). The template stays in
 * its v2 form.
 */
final class KnativeForm {
  private KnativeForm() {}

  static Struct of(String service, Struct v2) {
    Map<String, Value> fields = v2.getFieldsMap();
    Struct.Builder metadata = Struct.newBuilder().putFields("name", text(service));
    metadata.putFields("annotations", annotations(fields));
    copy(fields, "labels", metadata, "labels");
    Struct.Builder spec = Struct.newBuilder();
    copy(fields, "template", spec, "template");
    spec.putFields("traffic", traffic(fields.get("traffic")));
    Struct.Builder status = Struct.newBuilder();
    Value ready = fields.get("latestReadyRevision");
    if (ready != null) {
      String name = ready.getStringValue();
      status.putFields(
          "latestCreatedRevisionName", text(name.substring(name.lastIndexOf('/') + 1)));
    }
    return Struct.newBuilder()
        .putFields("apiVersion", text("serving.knative.dev/v1"))
        .putFields("kind", text("Service"))
        .putFields("metadata", Value.newBuilder().setStructValue(metadata).build())
        .putFields("spec", Value.newBuilder().setStructValue(spec).build())
        .putFields("status", Value.newBuilder().setStructValue(status).build())
        .build();
  }

  /** v2's field {@code client} is an annotation in v1. */
  private static Value annotations(Map<String, Value> v2) {
    Struct.Builder annotations = Struct.newBuilder();
    if (v2.containsKey("annotations")) {
      annotations.mergeFrom(v2.get("annotations").getStructValue());
    }
    copy(v2, "client", annotations, "run.googleapis.com/client-name");
    return Value.newBuilder().setStructValue(annotations).build();
  }

  private static Value traffic(@Nullable Value v2) {
    ListValue.Builder targets = ListValue.newBuilder();
    if (v2 != null) {
      for (Value each : v2.getListValue().getValuesList()) {
        targets.addValues(target(each.getStructValue().getFieldsMap()));
      }
    }
    return Value.newBuilder().setListValue(targets).build();
  }

  private static Value target(Map<String, Value> v2) {
    Struct.Builder target = Struct.newBuilder();
    copy(v2, "revision", target, "revisionName");
    copy(v2, "percent", target, "percent");
    copy(v2, "tag", target, "tag");
    Value type = v2.get("type");
    if (type != null && type.getStringValue().endsWith("_LATEST")) {
      target.putFields("latestRevision", Value.newBuilder().setBoolValue(true).build());
    }
    return Value.newBuilder().setStructValue(target).build();
  }

  private static void copy(Map<String, Value> from, String name, Struct.Builder to, String as) {
    Value value = from.get(name);
    if (value != null) {
      to.putFields(as, value);
    }
  }

  private static Value text(String value) {
    return Value.newBuilder().setStringValue(value).build();
  }
}
