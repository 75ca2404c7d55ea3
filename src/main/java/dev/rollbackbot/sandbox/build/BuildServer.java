package dev.rollbackbot.sandbox.build;

import static dev.rollbackbot.sandbox.grpc.Refusals.invalid;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Cloudbuild;
import com.google.cloudbuild.v1.ListBuildsRequest;
import com.google.cloudbuild.v1.ListBuildsResponse;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.rollbackbot.sandbox.grpc.Faults;
import dev.rollbackbot.sandbox.grpc.GrpcServer;
import dev.rollbackbot.sandbox.grpc.Page;
import dev.rollbackbot.sandbox.grpc.StandInService;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stand-in for Cloud Build v1 on loopback, for one project: ListBuilds of one location, as the
 * proto of 3.90.0 and its reference page describe it (read 2026-11-24).
 *
 * <p>A location holds only its own builds, {@code global} too, and there is no wildcard. Of filters
 * it takes what gcloud's {@code --ongoing} sends, {@code status="A" OR status="B"}; any other is
 * refused. Newest first, which is what gcloud shows; the order is not documented. Every other call
 * is UNIMPLEMENTED.
 */
public final class BuildServer implements AutoCloseable {
  private static final Pattern PARENT = Pattern.compile("projects/([^/]+)/locations/([a-z0-9-]+)");
  private static final Pattern STATUS = Pattern.compile("status=\"([A-Z_]+)\"");
  private static final Pattern OR = Pattern.compile(" OR ");
  private static final int STANDARD_PAGE = 20;
  private static final int LARGEST_PAGE = 1_000;

  private final String project;
  private final Faults faults = new Faults();
  private final Map<String, Build> builds = new ConcurrentHashMap<>();
  private final GrpcServer server;

  private BuildServer(String project) {
    this.project = project;
    this.server =
        GrpcServer.start(
            faults,
            StandInService.of(Cloudbuild.getDescriptor(), "CloudBuild")
                .unary(
                    "ListBuilds",
                    ListBuildsRequest.getDefaultInstance(),
                    ListBuildsResponse.getDefaultInstance(),
                    this::list));
  }

  /** Starts without builds on a free port. */
  public static BuildServer start(String project) {
    return new BuildServer(project);
  }

  /** Where clients connect, in plaintext: {@code 127.0.0.1:PORT}. */
  public String endpoint() {
    return server.endpoint();
  }

  /** Outage, and refusals of {@code ListBuilds}. */
  public Faults faults() {
    return faults;
  }

  /** A build that began and is not done. */
  public void begin(
      String id, String location, Instant at, List<String> images, Map<String, String> given) {
    builds.put(
        id,
        Build.newBuilder()
            .setName("projects/%s/locations/%s/builds/%s".formatted(project, location, id))
            .setId(id)
            .setProjectId(project)
            .setStatus(Build.Status.WORKING)
            .setCreateTime(timestamp(at))
            .setStartTime(timestamp(at))
            .addAllImages(images)
            .putAllSubstitutions(given)
            .build());
  }

  /** The build is done. */
  public void finish(String id) {
    builds.computeIfPresent(
        id, (_, build) -> build.toBuilder().setStatus(Build.Status.SUCCESS).build());
  }

  @Override
  public void close() {
    server.close();
  }

  private ListBuildsResponse list(ListBuildsRequest request) {
    Matcher parent = PARENT.matcher(request.getParent());
    if (!parent.matches() || !parent.group(1).equals(project)) {
      throw invalid(
          "parent is projects/%s/locations/LOCATION: ".formatted(project) + request.getParent());
    }
    if (!request.getProjectId().equals(project)) {
      throw invalid("project_id is required: " + request.getProjectId());
    }
    Set<Build.Status> wanted = statuses(request.getFilter());
    List<Build> found =
        builds.values().stream()
            .filter(build -> build.getName().startsWith(request.getParent() + "/"))
            .filter(build -> wanted.isEmpty() || wanted.contains(build.getStatus()))
            .sorted(Comparator.comparing(Build::getCreateTime, Timestamps.comparator()).reversed())
            .toList();
    Page<Build> page =
        Page.of(
            found,
            request.getParent() + request.getFilter(),
            request.getPageSize(),
            request.getPageToken(),
            STANDARD_PAGE,
            LARGEST_PAGE);
    return ListBuildsResponse.newBuilder()
        .addAllBuilds(page.items())
        .setNextPageToken(page.nextToken())
        .build();
  }

  private static Set<Build.Status> statuses(String filter) {
    Set<Build.Status> wanted = new HashSet<>();
    if (filter.isEmpty()) {
      return wanted;
    }
    for (String part : OR.split(filter, -1)) {
      Matcher status = STATUS.matcher(part);
      if (!status.matches()) {
        throw invalid("not a filter that this stand-in reads: " + filter);
      }
      try {
        wanted.add(Build.Status.valueOf(status.group(1)));
      } catch (IllegalArgumentException e) {
        throw invalid("no such status: " + status.group(1));
      }
    }
    return wanted;
  }

  private static Timestamp timestamp(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }
}
