package dev.rollbackbot.sandbox.cloudrun;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import java.util.List;
import java.util.Map;

/**
 * The second writer: what gcloud 528.0.0 makes of a service, as one person.
 *
 * <p>gcloud speaks v1: it reads the service, changes it and puts the whole back. Source of each
 * change: the real gcloud's requests, recorded 2026-11-24. Services are named in full ({@code
 * projects/P/locations/R/services/S}); each call returns the service as the put answers it.
 */
public final class Gcloud {

  private static final String REPLACE_SERVICE = "google.cloud.run.v1.Services.ReplaceService";
  private static final String DELETE_REVISION = "google.cloud.run.v1.Revisions.DeleteRevision";
  private static final String UPDATE_TRAFFIC = "run.services.update-traffic";
  private static final String NONCE = "client.knative.dev/nonce";

  private final CloudRunModel model;
  private final String principal;

  Gcloud(CloudRunModel model, String principal) {
    this.model = model;
    this.principal = principal;
  }

  /**
   * {@code gcloud run deploy SERVICE --image=IMAGE --update-labels=...}: always a new revision (a
   * fresh nonce), {@code spec.traffic} as it was. So a pinned service gives the new one 0 %.
   */
  public Service deploy(String service, String image, Map<String, String> labels) {
    return replace(service, "run.deploy", before -> deployed(before, image, labels));
  }

  /**
   * {@code gcloud run deploy --no-traffic}: the same, and whoever LATEST means now keeps its share
   * by name.
   */
  public Service deployNoTraffic(String service, String image, Map<String, String> labels) {
    String ready =
        model
            .getService(GetServiceRequest.newBuilder().setName(service).build())
            .getLatestReadyRevision();
    return replace(
        service,
        "run.deploy",
        before -> {
          Service.Builder after = deployed(before, image, labels).clearTraffic();
          before.getTrafficList().stream()
              .map(target -> named(target, ready.substring(ready.lastIndexOf('/') + 1)))
              .forEach(after::addTraffic);
          return after;
        });
  }

  private static TrafficTarget named(TrafficTarget target, String latest) {
    return target.getType() == TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST
        ? target.toBuilder()
            .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
            .setRevision(latest)
            .build()
        : target;
  }

  private Service.Builder deployed(Service before, String image, Map<String, String> labels) {
    RevisionTemplate.Builder template = before.getTemplate().toBuilder();
    int main = RevisionRecord.mainContainer(before.getTemplate());
    Container container = template.getContainers(main).toBuilder().setImage(image).build();
    template
        .clearRevision()
        .setContainers(main, container)
        .putAllLabels(labels)
        .putLabels(NONCE, model.nonce());
    return before.toBuilder().setTemplate(template).putAllLabels(labels);
  }

  /** {@code gcloud run services update-traffic}: {@code spec.traffic} alone, the whole list. */
  public Service updateTraffic(String service, List<TrafficTarget> targets) {
    return replace(
        service,
        UPDATE_TRAFFIC,
        before -> before.toBuilder().clearTraffic().addAllTraffic(targets));
  }

  /** {@code gcloud run services update-traffic --to-latest}; keeps tags as entries of 0 %. */
  public Service updateTrafficToLatest(String service) {
    return replace(
        service,
        UPDATE_TRAFFIC,
        before -> {
          Service.Builder after = before.toBuilder().clearTraffic();
          after.addAllTraffic(TrafficRules.ALL_TO_LATEST);
          before.getTrafficList().stream()
              .filter(target -> !target.getTag().isEmpty())
              .forEach(target -> after.addTraffic(target.toBuilder().setPercent(0)));
          return after;
        });
  }

  /** {@code gcloud run services update --update-env-vars NAME=VALUE}: a new revision. */
  public Service updateEnvironment(String service, String name, String value) {
    return replace(
        service,
        "run.services.update",
        before -> {
          RevisionTemplate.Builder template = before.getTemplate().toBuilder();
          int main = RevisionRecord.mainContainer(before.getTemplate());
          Container.Builder container = template.getContainersBuilder(main);
          var others =
              container.getEnvList().stream().filter(env -> !env.getName().equals(name)).toList();
          container.clearEnv().addAllEnv(others).addEnvBuilder().setName(name).setValue(value);
          template.clearRevision().putLabels(NONCE, model.nonce());
          return before.toBuilder().setTemplate(template);
        });
  }

  /**
   * {@code gcloud run services replace FILE}: what the file does not say is gone, annotations and
   * tags of others too. Without {@code traffic} in the file everything goes to the newest revision.
   */
  public Service servicesReplace(Service file) {
    return replace(file.getName(), "run.services.replace", _ -> file.toBuilder());
  }

  /** The part of gcloud's user agent that says what was typed, in front of the machine's. */
  private static String agent(String command) {
    return "google-cloud-sdk gcloud/528.0.0 command/gcloud.%s invocation-id/%032x from-script/True"
        .formatted(command, 7);
  }

  /** {@code gcloud run revisions delete}; refused while it has traffic, a tag or is the latest. */
  public void deleteRevision(String fullName) {
    model.deleteRevision(fullName, principal, DELETE_REVISION, agent("run.revisions.delete"));
  }

  /**
   * {@code curl} or a library on the v1 API: the whole service is put, without any client's name.
   */
  public Service putByApi(String service, List<TrafficTarget> targets) {
    return model.replace(
        service,
        principal,
        REPLACE_SERVICE,
        "curl/8.5.0",
        before -> before.toBuilder().clearTraffic().addAllTraffic(targets).build());
  }

  private interface Mutation {
    Service.Builder of(Service before);
  }

  private Service replace(String service, String command, Mutation mutation) {
    return model.replace(
        service,
        principal,
        REPLACE_SERVICE,
        agent(command),
        before -> mutation.of(before).setClient("gcloud").setClientVersion("528.0.0").build());
  }
}
