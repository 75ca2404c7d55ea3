package dev.rollbackbot.sandbox.cloudrun;

import com.google.cloud.run.v2.GetRevisionRequest;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.ListRevisionsRequest;
import com.google.cloud.run.v2.ListRevisionsResponse;
import com.google.cloud.run.v2.ListServicesRequest;
import com.google.cloud.run.v2.ListServicesResponse;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionName;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServiceName;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.Operation;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The Cloud Run Admin API v2 as plain Java: no thread, no waiting, no socket.
 *
 * <p>Whatever happens by itself (a revision gets ready, a split takes effect) happens when somebody
 * looks at or after the time it is due, in the order it is due. So a simulation can run it on a
 * clock of its own, and a server on the real one. Safe for use by several threads.
 *
 * <p>Calls throw {@link StatusRuntimeException} for what the API refuses. Not offered: creating or
 * deleting services, deleting revisions through v2, IAM policies. Sources: {@code
 * google/cloud/run/v2/*.proto} of 0.92.0 (read 2026-11-23) and those named at each class.
 */
public final class CloudRunModel {

  private static final String UPDATE_SERVICE = "google.cloud.run.v2.Services.UpdateService";

  /** As Google's Java clients call themselves. */
  private static final String LIBRARY = "grpc-java-netty/1.83.0";

  private final InstantSource clock;
  private final World world;
  private final AuditListener audit;
  private final FaultSwitches faults = new FaultSwitches();
  private final Catalog catalog = new Catalog();

  /**
   * A model without services.
   *
   * @param clock read at every call
   * @param settings how long things take
   * @param images the registry
   * @param urls where URLs come from
   * @param audit hears of each write
   * @param seed of uids and of automatic revision names
   */
  public CloudRunModel(
      InstantSource clock,
      ModelSettings settings,
      ImageResolver images,
      UrlScheme urls,
      AuditListener audit,
      long seed) {
    this.clock = clock;
    this.world = new World(settings, images, urls, new Random(seed));
    this.audit = audit;
  }

  /** What can go wrong on purpose. */
  public FaultSwitches faults() {
    return faults;
  }

  /**
   * Puts a service there as if it had long been so.
   *
   * @param service its name, labels, annotations, wanted traffic, client; observed is the same
   * @param history its revisions, oldest first; the newest gives the service's template
   */
  public synchronized void seed(Service service, List<RevisionSeed> history) {
    ServiceName.parse(service.getName());
    catalog.put(ServiceRecord.seeded(world, service, history, clock.instant()));
  }

  /** From now on no new revision that runs this digest gets ready. */
  public synchronized void breakImage(String digest) {
    world.brokenDigests.add(digest);
  }

  /** When something is next due by itself, for a simulation's clock. */
  public synchronized Optional<Instant> nextDue() {
    return world.agenda.next();
  }

  /** Where requests to the service go now. */
  public synchronized Routing routing(String service) {
    advance();
    return catalog.service(service).routing();
  }

  /** The digest that a revision runs; empty if it is gone, not ready yet or failed. */
  public synchronized Optional<String> runningDigest(String service, String shortRevisionName) {
    advance();
    return catalog
        .service(service)
        .revision(shortRevisionName)
        .filter(RevisionRecord::isReady)
        .map(RevisionRecord::digest);
  }

  /** What a person does with gcloud, as {@code principal}; faults do not touch it. */
  public Gcloud gcloud(String principal) {
    return new Gcloud(this, principal);
  }

  /** {@code Services.GetService}. */
  public Service getService(GetServiceRequest request) {
    return answer(Call.GET_SERVICE, () -> catalog.service(request.getName()).view());
  }

  /** {@code Services.ListServices} of one location, by name. */
  public ListServicesResponse listServices(ListServicesRequest request) {
    return answer(
        Call.LIST_SERVICES,
        () -> {
          Page<ServiceRecord> page =
              Page.of(
                  catalog.in(request.getParent()),
                  request.getPageSize(),
                  request.getPageToken(),
                  ServiceRecord::name);
          return ListServicesResponse.newBuilder()
              .addAllServices(page.items().stream().map(ServiceRecord::view).toList())
              .setNextPageToken(page.nextToken())
              .build();
        });
  }

  /** {@code Revisions.GetRevision}. */
  public Revision getRevision(GetRevisionRequest request) {
    return answer(
        Call.GET_REVISION,
        () -> {
          RevisionName name = Catalog.revisionName(request.getName());
          ServiceRecord service = catalog.serviceOf(name);
          return service
              .revision(name.getRevision())
              .map(service::view)
              .orElseThrow(() -> Problems.noRevision(name));
        });
  }

  /** {@code Revisions.ListRevisions}: newest first; {@code services/-} means all services. */
  public ListRevisionsResponse listRevisions(ListRevisionsRequest request) {
    return answer(
        Call.LIST_REVISIONS,
        () -> {
          List<Revision> newestFirst = catalog.newestFirst(request.getParent());
          Page<Revision> page =
              Page.of(
                  newestFirst, request.getPageSize(), request.getPageToken(), Revision::getName);
          return ListRevisionsResponse.newBuilder()
              .addAllRevisions(page.items())
              .setNextPageToken(page.nextToken())
              .build();
        });
  }

  /** {@code Services.UpdateService}. */
  public Operation updateService(UpdateServiceRequest request, String principal) {
    return answer(Call.UPDATE_SERVICE, () -> update(request, principal));
  }

  /** {@code Services.TestIamPermissions}: all but the denied ones. */
  public TestIamPermissionsResponse testIamPermissions(TestIamPermissionsRequest request) {
    return answer(
        Call.TEST_IAM_PERMISSIONS,
        () -> {
          var _ = catalog.service(request.getResource());
          return TestIamPermissionsResponse.newBuilder()
              .addAllPermissions(
                  request.getPermissionsList().stream().filter(p -> !faults.isDenied(p)).toList())
              .build();
        });
  }

  /** {@code Operations.GetOperation}. */
  public Operation getOperation(GetOperationRequest request) {
    return answer(Call.GET_OPERATION, () -> world.operations.get(request.getName()));
  }

  private Operation update(UpdateServiceRequest request, String principal) {
    Service sent = request.getService();
    if (faults.isDenied("run.services.update")) {
      throw Problems.denied("run.services.update", sent.getName());
    }
    if (request.getAllowMissing() && !catalog.has(sent.getName())) {
      throw Problems.denied("run.services.create", sent.getName());
    }
    ServiceRecord service = catalog.service(sent.getName());
    if (request.getValidateOnly()) {
      Change change = plan(service, request);
      return world.operations.validated(change.wanted());
    }
    write(service, principal, UPDATE_SERVICE, LIBRARY, () -> plan(service, request));
    return world.operations.start(service, faults.endlessOperations());
  }

  private Change plan(ServiceRecord service, UpdateServiceRequest request) {
    Service sent = request.getService();
    if (!sent.getEtag().isEmpty() && !sent.getEtag().equals(service.etag())) {
      throw Problems.conflict(
          ServiceName.parse(service.name()).getService(),
          sent.getEtag().replace("\"", ""),
          service.etag().replace("\"", ""));
    }
    if (world.settings.bodyNeedsTemplate() && !sent.hasTemplate()) {
      throw Problems.invalid("service.template: must be set");
    }
    return Change.planned(world, service, UpdateMasks.merged(service.spec(), request));
  }

  private void write(
      ServiceRecord service,
      String principal,
      String methodName,
      String userAgent,
      Supplier<Change> plan) {
    Instant now = clock.instant();
    try {
      service.commit(plan.get(), now, principal);
    } catch (StatusRuntimeException refused) {
      audit.wrote(now, principal, methodName, userAgent, service.view(), false);
      throw refused;
    }
    audit.wrote(now, principal, methodName, userAgent, service.view(), true);
  }

  /** A v1 get-mutate-put in one: what is read is what is replaced. */
  synchronized Service replace(
      String name,
      String principal,
      String methodName,
      String userAgent,
      UnaryOperator<Service> mutation) {
    advance();
    ServiceRecord service = catalog.service(name);
    write(
        service,
        principal,
        methodName,
        userAgent,
        () ->
            Change.planned(
                world,
                service,
                UpdateMasks.replaced(service.spec(), mutation.apply(service.spec()))));
    return service.view();
  }

  /** Ten random letters, with which gcloud forces a new revision. */
  synchronized String nonce() {
    return world.letters(10);
  }

  /** What {@code gcloud run revisions delete} does. */
  synchronized void deleteRevision(
      String fullName, String principal, String methodName, String userAgent) {
    Instant now = advance();
    RevisionName name = Catalog.revisionName(fullName);
    ServiceRecord service = catalog.serviceOf(name);
    if (service.revision(name.getRevision()).isEmpty()) {
      throw Problems.noRevision(name);
    }
    boolean used = service.isInUse(name.getRevision());
    if (!used) {
      service.delete(name.getRevision(), now);
    }
    audit.wrote(now, principal, methodName, userAgent, service.view(), !used);
    if (used) {
      throw Status.FAILED_PRECONDITION
          .withDescription(
              "Revision '%s' is the latest one or has traffic and cannot be deleted."
                  .formatted(name.getRevision()))
          .asRuntimeException();
    }
  }

  private synchronized <T> T answer(Call call, Supplier<T> effect) {
    advance();
    faults.before(call);
    T answer = effect.get();
    faults.after(call);
    return answer;
  }

  /** Lets everything happen that is due. */
  private Instant advance() {
    Instant now = clock.instant();
    world.agenda.runUntil(now);
    return now;
  }
}
