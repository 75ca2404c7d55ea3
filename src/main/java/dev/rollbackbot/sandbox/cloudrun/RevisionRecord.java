package dev.rollbackbot.sandbox.cloudrun;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Condition.State;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionName;
import com.google.cloud.run.v2.RevisionScalingStatus;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServiceName;
import java.time.Instant;
import java.util.Optional;

/**
 * One revision: immutable but for whether it started.
 *
 * <p>A Revision has no {@code health_check_disabled} and no field for an image's digest: the digest
 * stands in {@code containers[0].image} (revision.proto 0.92.0; third parties).
 */
final class RevisionRecord {

  private final RevisionTemplate template;
  private final String digest;
  private final Revision base;
  private Optional<Failure> failure = Optional.empty();
  private boolean settled;
  private Instant since;

  private RevisionRecord(RevisionTemplate template, String digest, Revision base, Instant created) {
    this.template = template;
    this.digest = digest;
    this.base = base;
    this.since = created;
  }

  /** A revision that is about to start; an empty digest means that the image is missing. */
  static RevisionRecord made(
      World world, Service service, String shortName, String digest, Instant now, String creator) {
    ServiceName parent = ServiceName.parse(service.getName());
    RevisionTemplate template = service.getTemplate();
    Revision.Builder revision =
        Revision.newBuilder()
            .setName(
                RevisionName.format(
                    parent.getProject(), parent.getLocation(), parent.getService(), shortName))
            .setUid(world.uuid())
            .setGeneration(1)
            .putAllLabels(template.getLabelsMap())
            .putAllAnnotations(template.getAnnotationsMap())
            .setCreateTime(Times.timestamp(now))
            .setLaunchStage(service.getLaunchStage())
            .setService(parent.getService())
            .setScaling(template.getScaling())
            .setMaxInstanceRequestConcurrency(template.getMaxInstanceRequestConcurrency())
            .setTimeout(template.getTimeout())
            .setServiceAccount(template.getServiceAccount())
            .addAllContainers(template.getContainersList())
            .addAllVolumes(template.getVolumesList())
            .setExecutionEnvironment(template.getExecutionEnvironment())
            .setEncryptionKey(template.getEncryptionKey())
            .setEncryptionKeyRevocationAction(template.getEncryptionKeyRevocationAction())
            .setSessionAffinity(template.getSessionAffinity())
            .setCreator(creator)
            .setLogUri(
                "https://console.cloud.google.com/logs/viewer?project=%s&resource=cloud_run_revision/service_name/%s/revision_name/%s"
                    .formatted(parent.getProject(), parent.getService(), shortName));
    if (template.hasVpcAccess()) {
      revision.setVpcAccess(template.getVpcAccess());
    }
    if (template.hasServiceMesh()) {
      revision.setServiceMesh(template.getServiceMesh());
    }
    if (template.hasEncryptionKeyShutdownDuration()) {
      revision.setEncryptionKeyShutdownDuration(template.getEncryptionKeyShutdownDuration());
    }
    if (template.hasGpuZonalRedundancyDisabled()) {
      revision.setGpuZonalRedundancyDisabled(template.getGpuZonalRedundancyDisabled());
    }
    if (template.hasNodeSelector()) {
      revision.setNodeSelector(template.getNodeSelector());
    }
    if (!digest.isEmpty()) {
      Container main = template.getContainers(mainContainer(template));
      revision.setContainers(
          mainContainer(template),
          main.toBuilder().setImage(repository(main.getImage()) + "@" + digest));
    }
    return new RevisionRecord(template, digest, revision.build(), now);
  }

  /** The image of the container that takes requests. */
  static String image(RevisionTemplate template) {
    return template.getContainers(mainContainer(template)).getImage();
  }

  /** The container with a port takes requests, the others are sidecars (gcloud 528.0.0). */
  static int mainContainer(RevisionTemplate template) {
    for (int i = 0; i < template.getContainersCount(); i++) {
      if (template.getContainers(i).getPortsCount() > 0) {
        return i;
      }
    }
    return 0;
  }

  private static String repository(String image) {
    int at = image.indexOf('@');
    String withoutDigest = at < 0 ? image : image.substring(0, at);
    int colon = withoutDigest.indexOf(':', withoutDigest.lastIndexOf('/') + 1);
    return colon < 0 ? withoutDigest : withoutDigest.substring(0, colon);
  }

  void settle(Instant at, Optional<Failure> result) {
    settled = true;
    failure = result;
    since = at;
  }

  String shortName() {
    return base.getName().substring(base.getName().lastIndexOf('/') + 1);
  }

  String digest() {
    return digest;
  }

  boolean isSettled() {
    return settled;
  }

  boolean isReady() {
    return settled && failure.isEmpty();
  }

  Optional<Failure> failure() {
    return failure;
  }

  int port() {
    Container main = template.getContainers(mainContainer(template));
    return main.getPortsCount() == 0 ? 8080 : main.getPorts(0).getContainerPort();
  }

  Revision view(boolean reached) {
    Revision.Builder revision =
        base.toBuilder()
            .setReconciling(!settled)
            .setObservedGeneration(settled ? base.getGeneration() : 0)
            .setUpdateTime(Times.timestamp(since))
            .setEtag("\"" + Times.micros(since) + "\"")
            .addConditions(condition("Ready"))
            .addConditions(condition("ContainerReady"))
            .addConditions(Conditions.active(reached, since));
    if (template.getScaling().getMinInstanceCount() > 0 && reached) {
      revision.setScalingStatus(
          RevisionScalingStatus.newBuilder()
              .setDesiredMinInstanceCount(template.getScaling().getMinInstanceCount()));
    }
    return revision.build();
  }

  private Condition condition(String type) {
    if (!settled) {
      return Conditions.of(type, State.CONDITION_RECONCILING, since);
    }
    return failure
        .map(known -> Conditions.of(type, known, since))
        .orElseGet(() -> Conditions.of(type, State.CONDITION_SUCCEEDED, since));
  }
}
