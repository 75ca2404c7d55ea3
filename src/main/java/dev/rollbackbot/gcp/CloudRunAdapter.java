package dev.rollbackbot.gcp;

import com.google.api.gax.grpc.GrpcStatusCode;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.cloud.run.v2.ListRevisionsRequest;
import com.google.cloud.run.v2.ListServicesRequest;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.longrunning.Operation;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.model.Settings;
import dev.rollbackbot.domain.model.TrafficSplit;
import dev.rollbackbot.domain.plan.NewRevision;
import dev.rollbackbot.domain.plan.NewRevision.Source;
import dev.rollbackbot.port.CloudRun;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Cloud Run through its Admin API v2.
 *
 * <p>A write must carry on every annotation of the service, and {@link ServiceState} holds only
 * ours. So the services of the last 256 reads are kept as they came; a basis that is no longer
 * among them is read again and must still have its etag.
 */
public final class CloudRunAdapter implements CloudRun {
  private static final int PAGE = 100;
  private static final int MOST_SERVICES = 1_000;
  private static final int MOST_REVISIONS = 1_000;
  private static final int MOST_KEPT = 256;

  private final GcpClients clients;
  private final ServiceMapper mapper;
  private final Map<Version, Service> kept = new LinkedHashMap<>();
  // Whether an update without a template was ever refused for that.
  private volatile boolean templateNeeded;

  /** One version of one service. */
  private record Version(String uid, String etag) {}

  public CloudRunAdapter(GcpClients clients, ServiceMapper mapper) {
    this.clients = clients;
    this.mapper = mapper;
  }

  @Override
  public ServiceState read(ServiceId id) {
    return state(get(id), id);
  }

  @Override
  public List<ServiceState> list(String project, String region) {
    ListServicesRequest request =
        ListServicesRequest.newBuilder()
            .setParent("projects/%s/locations/%s".formatted(project, region))
            .setPageSize(PAGE)
            .build();
    var states = new ArrayList<ServiceState>();
    clients.run(
        Access.services("run.services.list", project),
        () -> {
          for (Service service :
              clients.services().listServicesPagedCallable().call(request).iterateAll()) {
            if (states.size() == MOST_SERVICES) {
              return;
            }
            String name = service.getName();
            states.add(
                state(
                    service,
                    new ServiceId(project, region, name.substring(name.lastIndexOf('/') + 1))));
          }
        });
    return states;
  }

  @Override
  public List<Revision> revisions(ServiceId id) {
    ListRevisionsRequest request =
        ListRevisionsRequest.newBuilder().setParent(id.resourceName()).setPageSize(PAGE).build();
    var found = new ArrayList<Revision>();
    clients.run(
        Access.service("run.revisions.list", id),
        () -> {
          for (var revision :
              clients.revisions().listRevisionsPagedCallable().call(request).iterateAll()) {
            if (found.size() == MOST_REVISIONS) {
              return;
            }
            found.add(mapper.toRevision(revision));
          }
        });
    return found;
  }

  @Override
  public Optional<Revision> revision(ServiceId id, RevisionName name) {
    return proto(id, name).map(mapper::toRevision);
  }

  @Override
  public Optional<Settings> settings(ServiceId id, RevisionName name) {
    return proto(id, name).map(mapper::toSettings);
  }

  private Optional<com.google.cloud.run.v2.Revision> proto(ServiceId id, RevisionName name) {
    try {
      String full = id.resourceName() + "/revisions/" + name.value();
      return Optional.of(
          clients.call(
              Access.service("run.revisions.get", id),
              () -> clients.revisions().getRevision(full)));
    } catch (WorldException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
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
    Service service = asRead(basis);
    sent(basis, () -> send(service, traffic, journal));
  }

  @Override
  public void writeTemplate(
      ServiceState basis, TrafficSplit traffic, NewRevision revision, Journal journal) {
    Service service = asRead(basis);
    Optional<com.google.cloud.run.v2.Revision> held =
        revision.source() instanceof Source.Of(RevisionName name)
            ? proto(basis.id(), name)
            : Optional.empty();
    Optional<String> text = Optional.of(JournalJson.write(journal));
    UpdateServiceRequest request = mapper.toRemake(service, traffic, revision, held, text);
    sent(basis, () -> send(request));
  }

  private void sent(ServiceState basis, Supplier<Operation> request) {
    Access access = Access.service("run.services.update", basis.id());
    Operation operation = clients.call(access, request);
    if (operation.hasError()) {
      Status status = Status.fromCodeValue(operation.getError().getCode());
      String said = operation.getError().getMessage();
      throw Failures.of(
          GrpcStatusCode.of(status.getCode()).getCode(),
          said,
          status.withDescription(said).asRuntimeException(),
          access,
          clients.account());
    }
  }

  private Operation send(Service basis, TrafficSplit traffic, Optional<String> journal) {
    if (!templateNeeded) {
      try {
        return send(mapper.toUpdate(basis, traffic, journal));
      } catch (InvalidArgumentException e) {
        // Whether a body may lack the template is not documented; a refusal has changed nothing.
        if (!String.valueOf(e.getMessage()).contains("template")) {
          throw e;
        }
        templateNeeded = true;
      }
    }
    return send(mapper.toFullUpdate(basis, traffic, journal));
  }

  /** The first answer is enough: what became of the write is read from the service. */
  private Operation send(UpdateServiceRequest request) {
    return clients.services().updateServiceCallable().call(request);
  }

  @Override
  public JournalReading journal(ServiceState state, String bot) {
    return JournalJson.read(state.journal(), bot, state.uid());
  }

  private Service asRead(ServiceState basis) {
    synchronized (kept) {
      Service service = kept.get(new Version(basis.uid(), basis.etag()));
      if (service != null) {
        return service;
      }
    }
    Service now = get(basis.id());
    if (!now.getUid().equals(basis.uid()) || !now.getEtag().equals(basis.etag())) {
      throw new WorldException(
          Kind.CONFLICT, basis.id().name() + " was changed by " + now.getLastModifier());
    }
    return now;
  }

  private Service get(ServiceId id) {
    return clients.call(
        Access.service("run.services.get", id),
        () -> clients.services().getService(id.resourceName()));
  }

  private ServiceState state(Service service, ServiceId id) {
    synchronized (kept) {
      // The newest last, so that the oldest goes.
      Version version = new Version(service.getUid(), service.getEtag());
      kept.remove(version);
      kept.put(version, service);
      if (kept.size() > MOST_KEPT) {
        kept.remove(kept.keySet().iterator().next());
      }
    }
    return mapper.toState(service, id);
  }
}
