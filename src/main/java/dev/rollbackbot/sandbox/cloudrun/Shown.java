package dev.rollbackbot.sandbox.cloudrun;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Condition.State;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTargetStatus;
import com.google.rpc.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a service's output fields say of how far it is: which state was observed, whether it is
 * still on its way there, and why it did not arrive.
 */
final class Shown {

  /** One state of the service as the output fields show it. */
  record Observed(long generation, String latestReady, List<TrafficTargetStatus> statuses) {
    Observed {
      statuses = List.copyOf(statuses);
    }
  }

  private Observed serving = new Observed(0, "", List.of());
  private Observed shown = serving;
  private Optional<Failure> configurationFailure = Optional.empty();
  private Optional<Failure> routeFailure = Optional.empty();
  private boolean reconciling;
  private Instant since;

  Shown(Instant since) {
    this.since = since;
  }

  /** It has long served so. */
  void served(Observed before) {
    serving = before;
  }

  /** On its way to what was just asked for. */
  void begin(Instant now) {
    reconciling = true;
    since = now;
  }

  void routed(Optional<Failure> failure) {
    routeFailure = failure;
  }

  /** While it is on its way only the split is seen to move; the generation stays. */
  void underWay(Observed now) {
    shown = new Observed(shown.generation(), now.latestReady(), now.statuses());
  }

  /** It arrived, or will not; then the setting decides whether the statuses still move. */
  void arrived(
      Instant at,
      Optional<Failure> configuration,
      Observed now,
      ModelSettings.StatusesAfterFailure afterFailure) {
    reconciling = false;
    since = at;
    configurationFailure = configuration;
    if (error().isEmpty()) {
      serving = now;
      shown = now;
      return;
    }
    shown =
        switch (afterFailure) {
          case KEEP_LAST_SERVING -> serving;
          case FOLLOW -> now;
        };
  }

  /** Why it did not arrive, as the operation says it. */
  Optional<Status> error() {
    return failure()
        .map(
            failure ->
                Status.newBuilder()
                    .setCode(failure.kind().code().getNumber())
                    .setMessage(failure.message())
                    .build());
  }

  private Optional<Failure> failure() {
    return configurationFailure.or(() -> routeFailure);
  }

  /** Fills the output fields in; names of revisions are made whole with the prefix. */
  void in(Service.Builder service, String revisions) {
    service
        .setObservedGeneration(shown.generation())
        .addAllTrafficStatuses(shown.statuses())
        .setReconciling(reconciling)
        .setTerminalCondition(condition("Ready", failure()))
        .addConditions(condition("RoutesReady", routeFailure))
        .addConditions(condition("ConfigurationsReady", configurationFailure));
    if (!shown.latestReady().isEmpty()) {
      service.setLatestReadyRevision(revisions + shown.latestReady());
    }
  }

  private Condition condition(String type, Optional<Failure> failure) {
    if (reconciling) {
      return Conditions.of(type, State.CONDITION_RECONCILING, since);
    }
    return failure
        .map(known -> Conditions.of(type, known, since))
        .orElseGet(() -> Conditions.of(type, State.CONDITION_SUCCEEDED, since));
  }
}
