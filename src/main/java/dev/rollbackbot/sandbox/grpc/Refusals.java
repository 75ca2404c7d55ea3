package dev.rollbackbot.sandbox.grpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** The ways a stand-in says no, as the exceptions that carry them to the caller. */
public final class Refusals {
  private Refusals() {}

  /** INVALID_ARGUMENT: the request itself is wrong. */
  public static StatusRuntimeException invalid(String why) {
    return Status.INVALID_ARGUMENT.withDescription(why).asRuntimeException();
  }

  /** NOT_FOUND, naming the resource. */
  public static StatusRuntimeException notFound(String resource) {
    return Status.NOT_FOUND
        .withDescription("Resource not found (resource=" + resource + ").")
        .asRuntimeException();
  }

  /** ALREADY_EXISTS, naming the resource. */
  public static StatusRuntimeException alreadyExists(String resource) {
    return Status.ALREADY_EXISTS
        .withDescription("Resource already exists in the project (resource=" + resource + ").")
        .asRuntimeException();
  }

  /** UNIMPLEMENTED: the real service can do this, the stand-in does not play it. */
  public static StatusRuntimeException notPlayed(String what) {
    return Status.UNIMPLEMENTED
        .withDescription("the stand-in does not play " + what)
        .asRuntimeException();
  }

  /** PERMISSION_DENIED, with the reason. */
  public static StatusRuntimeException denied(String why) {
    return Status.PERMISSION_DENIED.withDescription(why).asRuntimeException();
  }

  /** RESOURCE_EXHAUSTED: a quota or a limit of the stand-in. */
  public static StatusRuntimeException exhausted(String why) {
    return Status.RESOURCE_EXHAUSTED.withDescription(why).asRuntimeException();
  }
}
