package dev.rollbackbot.sandbox.cloudrun;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.ContainerPort;
import com.google.cloud.run.v2.ResourceRequirements;
import com.google.cloud.run.v2.RevisionScaling;
import com.google.cloud.run.v2.RevisionTemplate;
import java.time.Instant;
import java.util.Map;

/**
 * A revision that existed before the story begins.
 *
 * @param name short name, {@code k-back-00042-abc}
 * @param template what it was deployed from; its first image may be by tag
 * @param digest {@code sha256:...} that it runs
 * @param created when it was deployed
 * @param creator who deployed it
 * @param started false for one that never got ready
 */
public record RevisionSeed(
    String name,
    RevisionTemplate template,
    String digest,
    Instant created,
    String creator,
    boolean started) {

  /** One container on port 8080 with one CPU and 512 MiB, at most ten instances. */
  public static RevisionSeed of(
      String name,
      String image,
      String digest,
      Map<String, String> labels,
      Instant created,
      String creator) {
    return new RevisionSeed(name, template(image, labels), digest, created, creator, true);
  }

  /** The same revision, but it could not start. */
  public RevisionSeed failed() {
    return new RevisionSeed(name, template, digest, created, creator, false);
  }

  /** A plain template of one container. */
  public static RevisionTemplate template(String image, Map<String, String> labels) {
    return RevisionTemplate.newBuilder()
        .putAllLabels(labels)
        .setScaling(RevisionScaling.newBuilder().setMaxInstanceCount(10))
        .setMaxInstanceRequestConcurrency(80)
        .setTimeout(com.google.protobuf.Duration.newBuilder().setSeconds(300))
        .addContainers(
            Container.newBuilder()
                .setImage(image)
                .addPorts(ContainerPort.newBuilder().setName("http1").setContainerPort(8080))
                .setResources(
                    ResourceRequirements.newBuilder()
                        .putLimits("cpu", "1000m")
                        .putLimits("memory", "512Mi")))
        .build();
  }
}
