package dev.rollbackbot.simulation;

import com.google.cloud.run.v2.GetRevisionRequest;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.ListRevisionsRequest;
import com.google.cloud.run.v2.ListServicesRequest;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTargetStatus;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.model.Settings;
import dev.rollbackbot.domain.model.TrafficSplit;
import dev.rollbackbot.domain.plan.NewRevision;
import dev.rollbackbot.gcp.JournalJson;
import dev.rollbackbot.gcp.ServiceMapper;
import dev.rollbackbot.port.CloudRun;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import dev.rollbackbot.sandbox.cloudrun.CloudRunModel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The Cloud Run model behind the real mapper and the real journal, without a socket between. */
final class ModelCloudRun implements CloudRun {
  static final ServiceMapper MAPPER = new ServiceMapper("rollback-bot", "test");

  private final CloudRunModel model;
  private final Map<String, Service> read = new HashMap<>();
  private Optional<List<TrafficTargetStatus>> frozen = Optional.empty();

  ModelCloudRun(CloudRunModel model) {
    this.model = model;
  }

  /** From now on {@code traffic_statuses} says what it says now. */
  void freezeStatuses(Service now) {
    frozen = Optional.of(now.getTrafficStatusesList());
  }

  @Override
  public ServiceState read(ServiceId id) {
    GetServiceRequest request = GetServiceRequest.newBuilder().setName(id.resourceName()).build();
    return state(call(() -> model.getService(request)));
  }

  @Override
  public List<ServiceState> list(String project, String region) {
    ListServicesRequest request =
        ListServicesRequest.newBuilder()
            .setParent("projects/%s/locations/%s".formatted(project, region))
            .build();
    return call(() -> model.listServices(request)).getServicesList().stream()
        .map(this::state)
        .toList();
  }

  private ServiceState state(Service service) {
    read.put(service.getEtag(), service);
    Service shown =
        frozen
            .map(old -> service.toBuilder().clearTrafficStatuses().addAllTrafficStatuses(old))
            .map(Service.Builder::build)
            .orElse(service);
    return MAPPER.toState(shown, KBack.ID);
  }

  @Override
  public List<Revision> revisions(ServiceId id) {
    ListRevisionsRequest request =
        ListRevisionsRequest.newBuilder().setParent(id.resourceName()).build();
    return call(() -> model.listRevisions(request)).getRevisionsList().stream()
        .map(MAPPER::toRevision)
        .toList();
  }

  @Override
  public Optional<Revision> revision(ServiceId id, RevisionName name) {
    return proto(id, name).map(MAPPER::toRevision);
  }

  private Optional<com.google.cloud.run.v2.Revision> proto(ServiceId id, RevisionName name) {
    GetRevisionRequest request =
        GetRevisionRequest.newBuilder()
            .setName(id.resourceName() + "/revisions/" + name.value())
            .build();
    try {
      return Optional.of(model.getRevision(request));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw translated(e);
    }
  }

  @Override
  public void write(ServiceState basis, TrafficSplit traffic, Journal journal) {
    write(basis, traffic, Optional.of(JournalJson.write(journal)));
  }

  @Override
  public void write(ServiceState basis, TrafficSplit traffic) {
    write(basis, traffic, Optional.empty());
  }

  private void write(ServiceState basis, TrafficSplit traffic, Optional<String> journal) {
    Service service = Optional.ofNullable(read.get(basis.etag())).orElseThrow();
    var update = MAPPER.toUpdate(service, traffic, journal);
    var _ = call(() -> model.updateService(update, KBack.BOT_ACCOUNT));
  }

  @Override
  public void writeTemplate(
      ServiceState basis, TrafficSplit traffic, NewRevision revision, Journal journal) {
    Service service = Optional.ofNullable(read.get(basis.etag())).orElseThrow();
    Optional<com.google.cloud.run.v2.Revision> held =
        revision.source() instanceof NewRevision.Source.Of(RevisionName name)
            ? proto(basis.id(), name)
            : Optional.empty();
    var update =
        MAPPER.toRemake(service, traffic, revision, held, Optional.of(JournalJson.write(journal)));
    var _ = call(() -> model.updateService(update, KBack.BOT_ACCOUNT));
  }

  @Override
  public Optional<Settings> settings(ServiceId id, RevisionName name) {
    return proto(id, name).map(MAPPER::toSettings);
  }

  @Override
  public JournalReading journal(ServiceState state, String bot) {
    return JournalJson.read(state.journal(), bot, state.uid());
  }

  private static <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      throw translated(e);
    }
  }

  private static WorldException translated(StatusRuntimeException e) {
    Kind kind =
        switch (e.getStatus().getCode()) {
          case ABORTED -> Kind.CONFLICT;
          case NOT_FOUND -> Kind.NOT_FOUND;
          case PERMISSION_DENIED -> Kind.DENIED;
          case RESOURCE_EXHAUSTED -> Kind.QUOTA;
          case INVALID_ARGUMENT, FAILED_PRECONDITION, ALREADY_EXISTS -> Kind.REFUSED;
          case OK,
              CANCELLED,
              UNKNOWN,
              DEADLINE_EXCEEDED,
              OUT_OF_RANGE,
              UNIMPLEMENTED,
              INTERNAL,
              UNAVAILABLE,
              DATA_LOSS,
              UNAUTHENTICATED ->
              Kind.UNAVAILABLE;
        };
    return new WorldException(kind, String.valueOf(e.getStatus().getDescription()), e);
  }
}
