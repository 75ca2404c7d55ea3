package dev.rollbackbot.sandbox.cloudrun;

import com.google.rpc.Code;

/** Why a revision or a reconciliation failed. */
record Failure(Kind kind, String message) {

  enum Kind {
    CANNOT_START(Code.FAILED_PRECONDITION),
    IMAGE_MISSING(Code.NOT_FOUND),
    REVISION_GONE(Code.INTERNAL);

    private final Code code;

    Kind(Code code) {
      this.code = code;
    }

    /**
     * How the operation ends: 9 for a revision that cannot start (octo-sts/app pull request 1005),
     * 13 for one that is gone (terraform-docs-samples pull request 269); the other is unproved.
     */
    Code code() {
      return code;
    }
  }

  /** Wording from octo-sts/app pull request 1005, 2025. */
  static Failure cannotStart(String revision, int port) {
    return new Failure(
        Kind.CANNOT_START,
        notReady(revision)
            + " The user-provided container failed to start and listen on the port defined provided by the PORT=%d environment variable within the allocated timeout. This can happen when the container port is misconfigured or if the timeout is too short. The health check timeout can be extended. Logs for this revision might contain more information."
                .formatted(port));
  }

  static Failure imageMissing(String revision, String image) {
    return new Failure(
        Kind.IMAGE_MISSING, notReady(revision) + " Image '%s' not found.".formatted(image));
  }

  static Failure revisionGone(String revision) {
    return new Failure(Kind.REVISION_GONE, Problems.revisionGone(revision));
  }

  private static String notReady(String revision) {
    return "Revision '%s' is not ready and cannot serve traffic.".formatted(revision);
  }
}
