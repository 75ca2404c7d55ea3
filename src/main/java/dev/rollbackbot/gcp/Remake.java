package dev.rollbackbot.gcp;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionTemplate;
import dev.rollbackbot.domain.model.ImageRef;
import dev.rollbackbot.domain.plan.NewRevision;
import dev.rollbackbot.domain.plan.NewRevision.Source;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import java.util.List;

/**
 * Makes the template of a new revision out of the one that a service has; pure.
 *
 * <p>Only the image of the container with ports, the labels that speak of it, and the name change.
 * So nothing is lost on the way there, and nothing on the way back: fields that a Revision does not
 * show, or that this program does not know, stay where they are both times.
 */
final class Remake {
  /** The API refuses labels of these namespaces (comment on {@code RevisionTemplate.labels}). */
  private static final List<String> RESERVED =
      List.of(
          "run.googleapis.com/",
          "cloud.googleapis.com/",
          "serving.knative.dev/",
          "autoscaling.knative.dev/");

  private Remake() {}

  /**
   * Where users' requests go in: the container with ports, the others are sidecars (gcloud 528.0.0,
   * container_resource).
   */
  static int main(List<Container> containers) {
    for (int i = 0; i < containers.size(); i++) {
      if (containers.get(i).getPortsCount() > 0) {
        return i;
      }
    }
    return 0;
  }

  /** Today's template with another image. */
  static RevisionTemplate withImage(
      RevisionTemplate today, NewRevision wanted, Source.Image image) {
    RevisionTemplate.Builder template = today.toBuilder();
    // Without its commit, the old label would tell of another image.
    template.removeLabels(dev.rollbackbot.domain.model.Revision.COMMIT_LABEL);
    image
        .commit()
        .ifPresent(
            commit ->
                template.putLabels(
                    dev.rollbackbot.domain.model.Revision.COMMIT_LABEL, commit.value()));
    return finished(template, wanted, image.reference());
  }

  /**
   * Today's template with the image and the labels of a revision.
   *
   * @throws WorldException {@code REFUSED} where the revision is not kept by digest: a tag may
   *     point elsewhere by now
   */
  static RevisionTemplate asOf(Revision revision, RevisionTemplate today, NewRevision wanted) {
    String image = revision.getContainers(main(revision.getContainersList())).getImage();
    if (ImageRef.parse(image).digest().isEmpty()) {
      throw new WorldException(
          Kind.REFUSED, revision.getName() + " is kept by a tag, not by its digest");
    }
    RevisionTemplate.Builder template = today.toBuilder().clearLabels();
    revision
        .getLabelsMap()
        .forEach(
            (key, value) -> {
              if (RESERVED.stream().noneMatch(key::startsWith)) {
                template.putLabels(key, value);
              }
            });
    return finished(template, wanted, image);
  }

  private static RevisionTemplate finished(
      RevisionTemplate.Builder template, NewRevision wanted, String image) {
    template.putLabels(dev.rollbackbot.domain.model.Revision.MADE_AS_LABEL, wanted.name().value());
    if (wanted.named()) {
      template.setRevision(wanted.name().value());
    } else {
      template.clearRevision();
    }
    template.getContainersBuilder(main(template.getContainersList())).setImage(image);
    return template.build();
  }
}
