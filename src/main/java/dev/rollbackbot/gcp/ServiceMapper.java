package dev.rollbackbot.gcp;

import static dev.rollbackbot.gcp.Protos.instant;
import static dev.rollbackbot.gcp.Protos.some;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.cloud.run.v2.TrafficTargetStatus;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.protobuf.FieldMask;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.ImageRef;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.model.ServiceState.Served;
import dev.rollbackbot.domain.model.Settings;
import dev.rollbackbot.domain.model.Template;
import dev.rollbackbot.domain.model.TrafficSplit;
import dev.rollbackbot.domain.model.TrafficSplit.Entry;
import dev.rollbackbot.domain.plan.NewRevision;
import dev.rollbackbot.domain.plan.NewRevision.Source;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Between the messages of the Admin API v2 and our own types; pure.
 *
 * @param client the name under which the service shows the bot as its last writer
 * @param version the bot's own version
 */
public record ServiceMapper(String client, String version) {
  private static final FieldMask WRITTEN =
      FieldMask.newBuilder()
          .addPaths("traffic")
          .addPaths("annotations")
          .addPaths("client")
          .addPaths("client_version")
          .build();
  private static final FieldMask REMADE = WRITTEN.toBuilder().addPaths("template").build();

  /** What Terraform's provider puts on the resources that it makes, since 5.16. */
  private static final String TERRAFORM_LABEL = "goog-terraform-provisioned";

  /** A service as it was read. */
  public ServiceState toState(Service service, ServiceId id) {
    Optional<RevisionName> latestReady =
        some(service.getLatestReadyRevision()).map(RevisionName::of);
    return new ServiceState(
        id,
        service.getUid(),
        service.getEtag(),
        new TrafficSplit(service.getTrafficList().stream().map(ServiceMapper::wanted).toList()),
        service.getTrafficStatusesList().stream()
            .flatMap(status -> observed(status, latestReady).stream())
            .toList(),
        !service.getReconciling() && service.getObservedGeneration() == service.getGeneration(),
        failure(service),
        latestReady,
        some(service.getLatestCreatedRevision()).map(RevisionName::of),
        some(service.getUri()),
        Optional.ofNullable(service.getAnnotationsMap().get(Journal.ANNOTATION)),
        service.getClient(),
        service.getLastModifier(),
        instant(service.getUpdateTime()),
        marks(service),
        template(service));
  }

  private static Template template(Service service) {
    RevisionTemplate template = service.getTemplate();
    boolean terraform =
        service.getClient().toLowerCase(Locale.ROOT).contains("terraform")
            || service.containsLabels(TERRAFORM_LABEL);
    return new Template(
        Marks.of(template),
        ImageRef.parse(image(template.getContainersList())),
        TemplateSettings.of(template),
        !terraform);
  }

  private static Map<String, String> marks(Service service) {
    var marks = new HashMap<String, String>(service.getAnnotationsMap());
    marks.putAll(service.getLabelsMap());
    marks.remove(Journal.ANNOTATION);
    return marks;
  }

  private static Entry wanted(TrafficTarget target) {
    return new Entry(
        isLatest(target.getType(), target.getRevision())
            ? Optional.empty()
            : some(target.getRevision()).map(RevisionName::of),
        target.getPercent(),
        some(target.getTag()));
  }

  private static Optional<Served> observed(
      TrafficTargetStatus status, Optional<RevisionName> latestReady) {
    return some(status.getRevision())
        .map(RevisionName::of)
        .or(() -> isLatest(status.getType(), "") ? latestReady : Optional.empty())
        .map(
            revision ->
                new Served(
                    revision, status.getPercent(), some(status.getTag()), some(status.getUri())));
  }

  private static boolean isLatest(TrafficTargetAllocationType type, String revision) {
    return switch (type) {
      case TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST -> true;
      case TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION -> false;
      case TRAFFIC_TARGET_ALLOCATION_TYPE_UNSPECIFIED, UNRECOGNIZED -> revision.isBlank();
    };
  }

  private static Optional<String> failure(Service service) {
    Condition condition = service.getTerminalCondition();
    return condition.getState() == Condition.State.CONDITION_FAILED
        ? Optional.of(said(condition))
        : Optional.empty();
  }

  /** A revision; its image is that of the container with ports, the others are sidecars. */
  public Revision toRevision(com.google.cloud.run.v2.Revision revision) {
    Optional<Condition> ready =
        revision.getConditionsList().stream().filter(c -> c.getType().equals("Ready")).findFirst();
    boolean failed =
        ready
            .filter(c -> c.getState() == Condition.State.CONDITION_FAILED && !retired(c))
            .isPresent();
    boolean good =
        ready
            .filter(c -> c.getState() == Condition.State.CONDITION_SUCCEEDED || retired(c))
            .isPresent();
    return new Revision(
        RevisionName.of(revision.getName()),
        ImageRef.parse(image(revision.getContainersList())),
        revision.getLabelsMap(),
        instant(revision.getCreateTime()),
        good,
        failed ? ready.map(ServiceMapper::said) : Optional.empty());
  }

  /** It has no users and no instances: that is rest, not failure. */
  private static boolean retired(Condition condition) {
    return condition.getRevisionReason() == Condition.RevisionReason.RETIRED;
  }

  private static String image(List<Container> containers) {
    return containers.isEmpty() ? "" : containers.get(Remake.main(containers)).getImage();
  }

  private static String said(Condition condition) {
    return some(condition.getMessage())
        .orElseGet(
            () ->
                switch (condition.getReasonsCase()) {
                  case REASON -> condition.getReason().name();
                  case REVISION_REASON -> condition.getRevisionReason().name();
                  case EXECUTION_REASON -> condition.getExecutionReason().name();
                  case REASONS_NOT_SET -> "no reason given";
                });
  }

  /**
   * The write of traffic and journal, which without one leaves any record as it is: with the basis'
   * etag and all its annotations, without a template, so that no revision comes of it.
   */
  public UpdateServiceRequest toUpdate(
      Service basis, TrafficSplit traffic, Optional<String> journal) {
    return update(bare(basis), basis, traffic, journal, WRITTEN);
  }

  /**
   * The same write with a template, so that a revision comes of it.
   *
   * @param held the revision that {@code made} shall be like, where it shall be like one
   * @throws WorldException {@code REFUSED} where that one is gone or not kept by digest
   */
  public UpdateServiceRequest toRemake(
      Service basis,
      TrafficSplit traffic,
      NewRevision made,
      Optional<com.google.cloud.run.v2.Revision> held,
      Optional<String> journal) {
    RevisionTemplate today = basis.getTemplate();
    RevisionTemplate template =
        switch (made.source()) {
          case Source.Image image -> Remake.withImage(today, made, image);
          case Source.Of(RevisionName name) ->
              Remake.asOf(
                  held.orElseThrow(
                      () -> new WorldException(Kind.REFUSED, name.value() + " was deleted")),
                  today,
                  made);
        };
    return update(bare(basis).setTemplate(template), basis, traffic, journal, REMADE);
  }

  /** How a revision is configured. */
  public Settings toSettings(com.google.cloud.run.v2.Revision revision) {
    return TemplateSettings.of(revision);
  }

  private static Service.Builder bare(Service basis) {
    return Service.newBuilder().setName(basis.getName()).setEtag(basis.getEtag());
  }

  /**
   * The same write with the whole service as its body, in case the platform wants a template. The
   * revision's name is left out: with a used name some updates were refused as "Revision named 'x'
   * with different configuration already exists" (googleapis/google-cloud-python, issue 14259).
   */
  public UpdateServiceRequest toFullUpdate(
      Service basis, TrafficSplit traffic, Optional<String> journal) {
    Service.Builder body = basis.toBuilder();
    body.getTemplateBuilder().clearRevision();
    return update(body, basis, traffic, journal, WRITTEN);
  }

  private UpdateServiceRequest update(
      Service.Builder body,
      Service basis,
      TrafficSplit traffic,
      Optional<String> journal,
      FieldMask written) {
    body.clearTraffic()
        .addAllTraffic(traffic.entries().stream().map(ServiceMapper::target).toList())
        .putAllAnnotations(basis.getAnnotationsMap())
        .setClient(client)
        .setClientVersion(version);
    journal.ifPresent(text -> body.putAnnotations(Journal.ANNOTATION, text));
    return UpdateServiceRequest.newBuilder().setUpdateMask(written).setService(body).build();
  }

  private static TrafficTarget target(Entry entry) {
    TrafficTarget.Builder target = TrafficTarget.newBuilder().setPercent(entry.percent());
    entry.tag().ifPresent(target::setTag);
    entry
        .revision()
        .ifPresentOrElse(
            revision ->
                target
                    .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
                    .setRevision(revision.value()),
            () ->
                target.setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST));
    return target.build();
  }
}
