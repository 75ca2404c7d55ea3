package dev.rollbackbot.sandbox.registry;

import com.google.devtools.artifactregistry.v1.DockerImage;
import com.google.devtools.artifactregistry.v1.GetDockerImageRequest;
import com.google.devtools.artifactregistry.v1.GetRepositoryRequest;
import com.google.devtools.artifactregistry.v1.GetTagRequest;
import com.google.devtools.artifactregistry.v1.GetVersionRequest;
import com.google.devtools.artifactregistry.v1.ListDockerImagesRequest;
import com.google.devtools.artifactregistry.v1.ListDockerImagesResponse;
import com.google.devtools.artifactregistry.v1.ListPackagesRequest;
import com.google.devtools.artifactregistry.v1.ListPackagesResponse;
import com.google.devtools.artifactregistry.v1.ListTagsRequest;
import com.google.devtools.artifactregistry.v1.ListTagsResponse;
import com.google.devtools.artifactregistry.v1.ListVersionsRequest;
import com.google.devtools.artifactregistry.v1.ListVersionsResponse;
import com.google.devtools.artifactregistry.v1.Package;
import com.google.devtools.artifactregistry.v1.Repository;
import com.google.devtools.artifactregistry.v1.ServiceProto;
import com.google.devtools.artifactregistry.v1.Tag;
import com.google.devtools.artifactregistry.v1.Version;
import com.google.devtools.artifactregistry.v1.VersionView;
import dev.rollbackbot.sandbox.grpc.Faults;
import dev.rollbackbot.sandbox.grpc.GrpcServer;
import dev.rollbackbot.sandbox.grpc.Page;
import dev.rollbackbot.sandbox.grpc.Refusals;
import dev.rollbackbot.sandbox.grpc.StandInService;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * A stand-in for Artifact Registry v1 on loopback: reads of tags, versions, Docker images, packages
 * and repositories, as the protos of 1.87.0 describe them (read 2026-11-24).
 *
 * <p>Images come by {@link #push} and go by {@link #delete}; every other call is UNIMPLEMENTED.
 * Lists are newest first and refuse {@code order_by}, whose accepted values are not documented.
 */
public final class RegistryServer implements AutoCloseable {
  // The protos say the most (1,000) but not the standard; this one is a guess.
  private static final int STANDARD_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  private final Faults faults = new Faults();
  private final Images images = new Images();
  private final Map<String, Repository> settings = new ConcurrentHashMap<>();
  private final GrpcServer server;

  private RegistryServer() {
    this.server = GrpcServer.start(faults, service());
  }

  /** Starts an empty registry on a free port. */
  public static RegistryServer start() {
    return new RegistryServer();
  }

  /** Where clients connect, in plaintext: {@code 127.0.0.1:PORT}. */
  public String endpoint() {
    return server.endpoint();
  }

  /** Outage, and refusals of single methods such as {@code GetTag}. */
  public Faults faults() {
    return faults;
  }

  /**
   * Takes an image, as a build pushes it; its repository exists from then on.
   *
   * @throws IllegalArgumentException when the image's name is not one of Artifact Registry
   */
  public Pushed push(Push push) {
    return images.push(push);
  }

  /** Deletes an image with its tags and children, as cleanup does; false when it is not there. */
  public boolean delete(String imageReference) {
    return images.delete(imageReference);
  }

  /** As a build that pushes one moving tag leaves it: no other tag on any image. */
  public void keepTag(String tag) {
    images.keepTag(tag);
  }

  /**
   * The digest ({@code sha256:…}) that a Cloud Run revision records for {@code NAME:TAG} or {@code
   * NAME@DIGEST}: an index gives its linux/amd64 child. Empty when the image is not there.
   */
  public Optional<String> runnableDigest(String imageReference) {
    return images.runnable(imageReference);
  }

  /** Sets what GetRepository answers, cleanup policies for one; the name says which repository. */
  public void configure(Repository repository) {
    settings.put(repository.getName(), repository);
  }

  @Override
  public void close() {
    server.close();
  }

  private StandInService service() {
    return StandInService.of(ServiceProto.getDescriptor(), "ArtifactRegistry")
        .unary("GetTag", GetTagRequest.getDefaultInstance(), Tag.getDefaultInstance(), this::tag)
        .unary(
            "ListTags",
            ListTagsRequest.getDefaultInstance(),
            ListTagsResponse.getDefaultInstance(),
            this::tags)
        .unary(
            "GetVersion",
            GetVersionRequest.getDefaultInstance(),
            Version.getDefaultInstance(),
            this::version)
        .unary(
            "ListVersions",
            ListVersionsRequest.getDefaultInstance(),
            ListVersionsResponse.getDefaultInstance(),
            this::versions)
        .unary(
            "GetDockerImage",
            GetDockerImageRequest.getDefaultInstance(),
            DockerImage.getDefaultInstance(),
            this::dockerImage)
        .unary(
            "ListDockerImages",
            ListDockerImagesRequest.getDefaultInstance(),
            ListDockerImagesResponse.getDefaultInstance(),
            this::dockerImages)
        .unary(
            "ListPackages",
            ListPackagesRequest.getDefaultInstance(),
            ListPackagesResponse.getDefaultInstance(),
            this::packages)
        .unary(
            "GetRepository",
            GetRepositoryRequest.getDefaultInstance(),
            Repository.getDefaultInstance(),
            this::repository);
  }

  private Tag tag(GetTagRequest request) {
    String name = ImageName.canonical(request.getName());
    return images.tags(parent(name, "/tags/")).stream()
        .filter(tag -> tag.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> Refusals.notFound(name));
  }

  private ListTagsResponse tags(ListTagsRequest request) {
    String parent = requirePackage(request.getParent());
    Predicate<Tag> wanted =
        Filter.parse(request.getFilter(), Map.of("name", Tag::getName, "version", Tag::getVersion));
    Page<Tag> page =
        Page.of(
            images.tags(parent).stream().filter(wanted).toList(),
            parent + request.getFilter(),
            request.getPageSize(),
            request.getPageToken(),
            STANDARD_PAGE,
            LARGEST_PAGE);
    return ListTagsResponse.newBuilder()
        .addAllTags(page.items())
        .setNextPageToken(page.nextToken())
        .build();
  }

  private Version version(GetVersionRequest request) {
    String name = ImageName.canonical(request.getName());
    return images
        .versions(parent(name, "/versions/"), request.getView() == VersionView.FULL)
        .stream()
        .filter(version -> version.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> Refusals.notFound(name));
  }

  private ListVersionsResponse versions(ListVersionsRequest request) {
    refuseOrder(request.getOrderBy());
    String parent = requirePackage(request.getParent());
    Predicate<Version> wanted = Filter.parse(request.getFilter(), Map.of("name", Version::getName));
    boolean full = request.getView() == VersionView.FULL;
    Page<Version> page =
        Page.of(
            images.versions(parent, full).stream().filter(wanted).toList(),
            parent + request.getFilter() + full,
            request.getPageSize(),
            request.getPageToken(),
            STANDARD_PAGE,
            LARGEST_PAGE);
    return ListVersionsResponse.newBuilder()
        .addAllVersions(page.items())
        .setNextPageToken(page.nextToken())
        .build();
  }

  private DockerImage dockerImage(GetDockerImageRequest request) {
    String name = ImageName.canonical(request.getName());
    return images.dockerImages(parent(name, "/dockerImages/")).stream()
        .filter(image -> image.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> Refusals.notFound(name));
  }

  private ListDockerImagesResponse dockerImages(ListDockerImagesRequest request) {
    refuseOrder(request.getOrderBy());
    String parent = requireRepository(request.getParent());
    Page<DockerImage> page =
        Page.of(
            images.dockerImages(parent),
            parent,
            request.getPageSize(),
            request.getPageToken(),
            STANDARD_PAGE,
            LARGEST_PAGE);
    return ListDockerImagesResponse.newBuilder()
        .addAllDockerImages(page.items())
        .setNextPageToken(page.nextToken())
        .build();
  }

  private ListPackagesResponse packages(ListPackagesRequest request) {
    String parent = requireRepository(request.getParent());
    Page<String> page =
        Page.of(
            images.packages(parent),
            parent,
            request.getPageSize(),
            request.getPageToken(),
            STANDARD_PAGE,
            LARGEST_PAGE);
    ListPackagesResponse.Builder answer =
        ListPackagesResponse.newBuilder().setNextPageToken(page.nextToken());
    page.items().forEach(name -> answer.addPackages(Package.newBuilder().setName(name)));
    return answer.build();
  }

  private Repository repository(GetRepositoryRequest request) {
    String name = requireRepository(request.getName());
    return settings.getOrDefault(
        name, Repository.newBuilder().setName(name).setFormat(Repository.Format.DOCKER).build());
  }

  private String requireRepository(String name) {
    if (!images.repositories().contains(name) && !settings.containsKey(name)) {
      throw Refusals.notFound(name);
    }
    return name;
  }

  private String requirePackage(String given) {
    String name = ImageName.canonical(given);
    if (!images.packages(parent(name, "/packages/")).contains(name)) {
      throw Refusals.notFound(name);
    }
    return name;
  }

  private static String parent(String name, String collection) {
    int mark = name.indexOf(collection);
    if (mark <= 0) {
      throw Refusals.invalid("the name has no " + collection + " part: " + name);
    }
    return name.substring(0, mark);
  }

  private static void refuseOrder(String orderBy) {
    if (!orderBy.isEmpty()) {
      throw Refusals.notPlayed("order_by " + orderBy);
    }
  }
}
