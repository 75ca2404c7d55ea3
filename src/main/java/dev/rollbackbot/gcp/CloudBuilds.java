package dev.rollbackbot.gcp;

import com.google.api.gax.rpc.ApiException;
import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuildStep;
import com.google.cloudbuild.v1.ListBuildsRequest;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.plan.RunningBuild;
import dev.rollbackbot.port.Builds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Builds of Cloud Build in the service's project: those of its region, and the global ones, which
 * are listed apart (reference page of projects.locations.builds.list, read 2026-11-24).
 */
public final class CloudBuilds implements Builds {
  /** As gcloud's {@code --ongoing} asks (528.0.0, {@code filter_rewrite.py}). */
  private static final String ONGOING = "status=\"WORKING\" OR status=\"QUEUED\"";

  private static final int PAGE = 100;
  private static final int MOST = 20;
  private static final String DISABLED = "SERVICE_DISABLED";

  private final GcpClients clients;

  public CloudBuilds(GcpClients clients) {
    this.clients = clients;
  }

  @Override
  public List<RunningBuild> running(ServiceId service, String repository) {
    var found = new ArrayList<Build>();
    for (String location : List.of("global", service.region())) {
      found.addAll(
          clients.call(
              Access.builds(service.project()), () -> ongoing(service.project(), location)));
    }
    return found.stream()
        .filter(build -> concerns(build, service, repository))
        .map(CloudBuilds::read)
        .sorted(Comparator.comparing(RunningBuild::since))
        .limit(MOST)
        .toList();
  }

  private List<Build> ongoing(String project, String location) {
    ListBuildsRequest request =
        ListBuildsRequest.newBuilder()
            .setProjectId(project)
            .setParent("projects/%s/locations/%s".formatted(project, location))
            .setFilter(ONGOING)
            .setPageSize(PAGE)
            .build();
    try {
      return clients.builds().listBuildsCallable().call(request).getBuildsList();
    } catch (ApiException e) {
      if (DISABLED.equals(e.getReason())) {
        return List.of();
      }
      throw e;
    }
  }

  /** It pushes the service's images, or its tags, substitutions or steps name the service. */
  private static boolean concerns(Build build, ServiceId service, String repository) {
    boolean pushes =
        build.getImagesList().stream()
            .anyMatch(
                image ->
                    image.equals(repository)
                        || image.startsWith(repository + ":")
                        || image.startsWith(repository + "@"));
    return pushes
        || build.getTagsList().contains(service.name())
        || build.getSubstitutionsMap().containsValue(service.name())
        || build.getStepsList().stream()
            .map(BuildStep::getArgsList)
            .anyMatch(args -> args.contains("run") && args.contains(service.name()));
  }

  private static RunningBuild read(Build build) {
    Map<String, String> given = build.getSubstitutionsMap();
    Optional<CommitSha> commit =
        Stream.of("COMMIT_SHA", "REVISION_ID", "SHORT_SHA")
            .map(name -> given.getOrDefault(name, ""))
            .filter(CommitSha::isSha)
            .findFirst()
            .map(CommitSha::new);
    return new RunningBuild(
        given.getOrDefault("TRIGGER_NAME", build.getId()),
        commit,
        Protos.instant(build.hasStartTime() ? build.getStartTime() : build.getCreateTime()));
  }
}
