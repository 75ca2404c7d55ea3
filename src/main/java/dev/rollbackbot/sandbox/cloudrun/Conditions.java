package dev.rollbackbot.sandbox.cloudrun;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Condition.RevisionReason;
import com.google.cloud.run.v2.Condition.State;
import java.time.Instant;

/** The conditions that services and revisions carry. Source: {@code condition.proto}. */
final class Conditions {

  private Conditions() {}

  static Condition of(String type, State state, Instant since) {
    return Condition.newBuilder()
        .setType(type)
        .setState(state)
        .setLastTransitionTime(Times.timestamp(since))
        .build();
  }

  /** Ready, or why not, as one condition of the given type. */
  static Condition of(String type, Failure failure, Instant since) {
    Condition.Builder condition =
        of(type, State.CONDITION_FAILED, since).toBuilder().setMessage(failure.message());
    switch (failure.kind()) {
      case CANNOT_START -> condition.setRevisionReason(RevisionReason.HEALTH_CHECK_CONTAINER_ERROR);
      case IMAGE_MISSING -> condition.setReason(Condition.CommonReason.CONTAINER_MISSING);
      case REVISION_GONE -> condition.setReason(Condition.CommonReason.REVISION_FAILED);
    }
    return condition.build();
  }

  /** Whether instances may run: true for one that gets traffic or has a tag. */
  static Condition active(boolean reached, Instant since) {
    if (reached) {
      return of("Active", State.CONDITION_SUCCEEDED, since);
    }
    return of("Active", State.CONDITION_FAILED, since).toBuilder()
        .setMessage("Revision retired.")
        .setSeverity(Condition.Severity.INFO)
        .setRevisionReason(RevisionReason.RETIRED)
        .build();
  }
}
