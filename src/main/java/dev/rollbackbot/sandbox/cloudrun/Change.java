package dev.rollbackbot.sandbox.cloudrun;

import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServiceName;
import com.google.cloud.run.v2.TrafficTarget;
import java.util.Optional;

/**
 * A wanted state that the API takes, its defaults filled in, and the revision it will make, if any.
 *
 * <p>A new revision is made when the template is not the last one ("changing any configuration
 * settings results in the creation of a new revision"); traffic, labels, annotations and scaling of
 * the service make none. That a change of annotations alone makes none is unproved.
 */
record Change(Service wanted, Optional<String> newRevision) {

  /** Throws what the API would answer if it does not take the wanted state. */
  static Change planned(World world, ServiceRecord service, Service wanted) {
    RevisionTemplate template = wanted.getTemplate();
    if (template.getContainersList().isEmpty() || RevisionRecord.image(template).isEmpty()) {
      throw Problems.invalid("service.template.containers: must have an image");
    }
    if (template.equals(service.spec().getTemplate())) {
      return sameTemplate(world, service, wanted);
    }
    return checked(world, service, wanted, Optional.of(nameFor(world, service, template)));
  }

  static Change sameTemplate(World world, ServiceRecord service, Service wanted) {
    return checked(world, service, wanted, Optional.empty());
  }

  private static String nameFor(World world, ServiceRecord service, RevisionTemplate template) {
    String serviceId = ServiceName.parse(service.name()).getService();
    String name = template.getRevision();
    if (name.isEmpty()) {
      int last =
          service.revisions().stream()
              .mapToInt(revision -> RevisionNames.numberOf(revision.shortName()))
              .max()
              .orElse(0);
      return RevisionNames.automatic(serviceId, last + 1, world.letters(3));
    }
    RevisionNames.check(serviceId, name);
    if (service.revision(name).isPresent()) {
      throw Problems.nameUsed(name);
    }
    return name;
  }

  private static Change checked(
      World world, ServiceRecord service, Service wanted, Optional<String> newRevision) {
    MetadataRules.check(wanted);
    Service complete =
        wanted.getTrafficCount() > 0
            ? wanted
            : wanted.toBuilder().addAllTraffic(TrafficRules.ALL_TO_LATEST).build();
    TrafficRules.check(ServiceName.parse(service.name()).getService(), complete.getTrafficList());
    if (world.settings.missingRevision() == ModelSettings.MissingRevision.REFUSED) {
      for (TrafficTarget target : complete.getTrafficList()) {
        String revision = target.getRevision();
        boolean known =
            revision.isEmpty()
                || service.revision(revision).isPresent()
                || newRevision.equals(Optional.of(revision));
        if (!known) {
          throw Problems.invalid(Problems.revisionGone(revision));
        }
      }
    }
    return new Change(complete, newRevision);
  }
}
