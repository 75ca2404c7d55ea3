package dev.rollbackbot.sandbox.logging;

import static dev.rollbackbot.sandbox.grpc.Refusals.invalid;

import com.google.cloud.audit.AuditLog;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a dotted path out of an entry: proto fields by either spelling, maps, structs and the audit
 * payload. A repeated field means any of its elements; what is not set gives nothing.
 *
 * <p>Leaves are String, BigDecimal, Boolean, Instant or java.time.Duration; a message that a path
 * ends at is itself.
 */
final class Fields {
  private Fields() {}

  static void requireKnown(List<String> path) {
    if (field(LogEntry.getDescriptor(), path.getFirst()) == null) {
      throw invalid("Field not found: '" + String.join(".", path) + "'");
    }
  }

  static List<String> minusFirstChar(List<String> path) {
    List<String> shorter = new ArrayList<>(path);
    shorter.set(0, path.getFirst().substring(1));
    return List.copyOf(shorter);
  }

  static List<Object> leaves(LogEntry entry, List<String> path) {
    List<Object> found = new ArrayList<>();
    walk(entry, path, 0, found);
    return found;
  }

  private static void walk(Object node, List<String> path, int at, List<Object> found) {
    switch (node) {
      case Value value -> walkValue(value, path, at, found);
      case Struct struct when at < path.size() -> {
        Value value = struct.getFieldsMap().get(path.get(at));
        if (value != null) {
          walkValue(value, path, at + 1, found);
        }
      }
      case Any any when at < path.size() -> walkAny(any, path, at, found);
      case Timestamp time when at == path.size() ->
          found.add(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()));
      case Duration time when at == path.size() ->
          found.add(java.time.Duration.ofSeconds(time.getSeconds(), time.getNanos()));
      case Message message when at < path.size() -> walkMessage(message, path, at, found);
      case EnumValueDescriptor value when at == path.size() -> found.add(value.getName());
      case Number number when at == path.size() -> found.add(new BigDecimal(number.toString()));
      case Object leaf when at == path.size() -> found.add(leaf);
      case Object _ -> {
        // The path goes on below a leaf: nothing is there.
      }
    }
  }

  private static void walkMessage(Message message, List<String> path, int at, List<Object> found) {
    FieldDescriptor field = field(message.getDescriptorForType(), path.get(at));
    if (field == null) {
      return;
    }
    if (field.isMapField()) {
      for (Object entry : (List<?>) message.getField(field)) {
        MapEntry<?, ?> pair = (MapEntry<?, ?>) entry;
        if (at + 1 < path.size() && pair.getKey().toString().equals(path.get(at + 1))) {
          walk(pair.getValue(), path, at + 2, found);
        }
      }
    } else if (field.isRepeated()) {
      for (Object element : (List<?>) message.getField(field)) {
        walk(element, path, at + 1, found);
      }
    } else if (message.hasField(field) || isSeverity(field)) {
      walk(message.getField(field), path, at + 1, found);
    }
  }

  private static void walkAny(Any any, List<String> path, int at, List<Object> found) {
    if (path.get(at).equals("@type")) {
      walk(any.getTypeUrl(), path, at + 1, found);
    } else if (any.is(AuditLog.class)) {
      try {
        walk(any.unpack(AuditLog.class), path, at, found);
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("an audit entry that cannot be read was stored", e);
      }
    }
  }

  private static void walkValue(Value value, List<String> path, int at, List<Object> found) {
    switch (value.getKindCase()) {
      case STRUCT_VALUE -> walk(value.getStructValue(), path, at, found);
      case LIST_VALUE ->
          value.getListValue().getValuesList().forEach(each -> walkValue(each, path, at, found));
      case STRING_VALUE -> walk(value.getStringValue(), path, at, found);
      case NUMBER_VALUE -> walk(value.getNumberValue(), path, at, found);
      case BOOL_VALUE -> walk(value.getBoolValue(), path, at, found);
      case NULL_VALUE, KIND_NOT_SET -> {
        // Nothing is there.
      }
    }
  }

  // DEFAULT is severity 0: a value people compare with, and not set on the wire.
  private static boolean isSeverity(FieldDescriptor field) {
    return field.getFullName().equals("google.logging.v2.LogEntry.severity");
  }

  private static @Nullable FieldDescriptor field(Descriptor type, String name) {
    FieldDescriptor byName = type.findFieldByName(name);
    if (byName != null) {
      return byName;
    }
    return type.getFields().stream()
        .filter(field -> field.getJsonName().equals(name))
        .findFirst()
        .orElse(null);
  }
}
