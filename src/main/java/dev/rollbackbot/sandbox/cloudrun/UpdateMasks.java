package dev.rollbackbot.sandbox.cloudrun;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.FieldMaskUtil;

/**
 * What an UpdateService call makes of the service that is there.
 *
 * <p>Without a mask the whole object is replaced, so a field (an annotation, a tag) that is not
 * sent is gone; with one, the named fields are replaced whole. Fields this version of the protocol
 * does not know stay where they are. What may be written is read from the protocol's own {@code
 * field_behavior}. Naming an output field in the mask is refused here; the real service may ignore
 * it (AIP-161).
 */
final class UpdateMasks {

  private static final FieldMaskUtil.MergeOptions REPLACE =
      new FieldMaskUtil.MergeOptions()
          .setReplaceMessageFields(true)
          .setReplacePrimitiveFields(true)
          .setReplaceRepeatedFields(true);

  private UpdateMasks() {}

  static Service merged(Service current, UpdateServiceRequest request) {
    FieldMask mask = request.getUpdateMask();
    if (mask.getPathsCount() == 0) {
      return replaced(current, request.getService());
    }
    for (String path : mask.getPathsList()) {
      checkPath(path);
    }
    Service.Builder merged = current.toBuilder();
    FieldMaskUtil.merge(mask, request.getService(), merged, REPLACE);
    return merged.build();
  }

  static Service replaced(Service current, Service sent) {
    Service.Builder replaced = sent.toBuilder();
    for (FieldDescriptor field : Service.getDescriptor().getFields()) {
      if (isWritable(field)) {
        continue;
      }
      if (isPresent(current, field)) {
        replaced.setField(field, current.getField(field));
      } else {
        replaced.clearField(field);
      }
    }
    return replaced.build();
  }

  private static boolean isPresent(Service service, FieldDescriptor field) {
    return field.isRepeated() ? service.getRepeatedFieldCount(field) > 0 : service.hasField(field);
  }

  private static void checkPath(String path) {
    int dot = path.indexOf('.');
    FieldDescriptor field =
        Service.getDescriptor().findFieldByName(dot < 0 ? path : path.substring(0, dot));
    if (field == null || !isWritable(field) || !FieldMaskUtil.isValid(Service.class, path)) {
      throw Problems.invalid(
          "The update_mask path '%s' is not a field of Service that can be updated"
              .formatted(path));
    }
  }

  private static boolean isWritable(FieldDescriptor field) {
    var behaviours = field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior);
    return field.getNumber() != Service.ETAG_FIELD_NUMBER
        && !behaviours.contains(FieldBehavior.OUTPUT_ONLY)
        && !behaviours.contains(FieldBehavior.IDENTIFIER);
  }
}
