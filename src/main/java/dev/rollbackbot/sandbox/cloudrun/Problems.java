package dev.rollbackbot.sandbox.cloudrun;

import com.google.cloud.run.v2.RevisionName;
import com.google.cloud.run.v2.ServiceName;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** The refusals of the Admin API, in its own words where those are known. */
final class Problems {

  private Problems() {}

  static StatusRuntimeException invalid(String message) {
    return Status.INVALID_ARGUMENT.withDescription(message).asRuntimeException();
  }

  static StatusRuntimeException noService(ServiceName name) {
    return missing("SERVICE", name.getService(), name.getLocation(), name.getProject());
  }

  static StatusRuntimeException noRevision(RevisionName name) {
    return missing("REVISION", name.getRevision(), name.getLocation(), name.getProject());
  }

  private static StatusRuntimeException missing(
      String kind, String id, String location, String project) {
    return Status.NOT_FOUND
        .withDescription(
            "Resource '%s' of kind '%s' in region '%s' in project '%s' does not exist."
                .formatted(id, kind, location, project))
        .asRuntimeException();
  }

  /** Wording from audit-log samples and replaceService transcripts; code 10 of gRPC. */
  static StatusRuntimeException conflict(String service, String sent, String current) {
    return Status.ABORTED
        .withDescription(
            "Conflict for resource '%s': version '%s' was specified but current version is '%s'."
                .formatted(service, sent, current))
        .asRuntimeException();
  }

  /** Wording from google-cloud-python issues 11870 and 14259; the gRPC code is unproved. */
  static StatusRuntimeException nameUsed(String revision) {
    return Status.ALREADY_EXISTS
        .withDescription(
            "Revision named '%s' with different configuration already exists.".formatted(revision))
        .asRuntimeException();
  }

  static StatusRuntimeException denied(String permission, String resource) {
    return Status.PERMISSION_DENIED
        .withDescription(
            "Permission '%s' denied on resource '%s' (or resource may not exist)."
                .formatted(permission, resource))
        .asRuntimeException();
  }

  static String revisionGone(String revision) {
    return "Revision '%s' does not exist or is deleted. Update all traffic to route to currently available revisions."
        .formatted(revision);
  }
}
