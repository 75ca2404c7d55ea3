package dev.rollbackbot.gcp;

import com.google.devtools.artifactregistry.v1.DockerImage;
import com.google.devtools.artifactregistry.v1.ImageManifest;
import com.google.devtools.artifactregistry.v1.ListDockerImagesRequest;
import com.google.devtools.artifactregistry.v1.ListTagsRequest;
import com.google.devtools.artifactregistry.v1.Tag;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.port.ImageRegistry;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Images through Artifact Registry v1.
 *
 * <p>A tag may point to an index while revisions record the digest of its child, so an image is
 * known by its own digest and by those of its manifests.
 */
public final class RegistryAdapter implements ImageRegistry {
  private static final int PAGE = 1_000;
  private static final int MOST_IMAGES = 5_000;
  private static final int MOST_TAGS = 100;
  private static final String TAG = "artifactregistry.tags.get";
  private static final String IMAGE = "artifactregistry.dockerimages.get";
  private static final String VERSION = "artifactregistry.versions.get";

  private final GcpClients clients;

  public RegistryAdapter(GcpClients clients) {
    this.clients = clients;
  }

  @Override
  public Optional<TaggedImage> ofCommit(String repository, CommitSha commit) {
    DockerRepository place = DockerRepository.parse(repository);
    return exactTag(place, commit)
        .or(() -> matchingTag(place, commit))
        .map(tag -> tagged(place, tag));
  }

  /** The usual case in one cheap call: the tag is the commit, whole or as seven digits. */
  private Optional<Tag> exactTag(DockerRepository place, CommitSha commit) {
    for (String name : new LinkedHashSet<>(List.of(commit.value(), commit.abbreviated()))) {
      Optional<Tag> tag =
          unlessMissing(TAG, place, () -> clients.registry().getTag(place.tagName(name)));
      if (tag.isPresent()) {
        return tag;
      }
    }
    return Optional.empty();
  }

  /** {@code main-6831359}, or a longer form of the commit; the longest one proves most. */
  private Optional<Tag> matchingTag(DockerRepository place, CommitSha commit) {
    var found = new ArrayList<Tag>();
    for (String pattern : List.of(commit.abbreviated() + "*", "*-" + commit.abbreviated() + "*")) {
      ListTagsRequest request =
          ListTagsRequest.newBuilder()
              .setParent(place.packageName())
              .setFilter("name=\"%s\"".formatted(place.tagName(pattern)))
              .setPageSize(MOST_TAGS)
              .build();
      found.addAll(
          clients
              .call(
                  Access.repository("artifactregistry.tags.list", place),
                  () -> clients.registry().listTagsCallable().call(request))
              .getTagsList());
    }
    return found.stream()
        .filter(tag -> commitOf(tag).filter(commit::agreesWith).isPresent())
        .max(Comparator.comparingInt(tag -> commitOf(tag).map(c -> c.value().length()).orElse(0)));
  }

  private TaggedImage tagged(DockerRepository place, Tag tag) {
    Digest digest = new Digest(lastSegment(tag.getVersion()));
    CommitSha commit =
        commitOf(tag)
            .orElseThrow(() -> new WorldException(Kind.REFUSED, "an odd tag: " + tag.getName()));
    // A tag may outlive its image for a moment; then only the digest is left to tell.
    DockerImage image =
        unlessMissing(
                IMAGE, place, () -> clients.registry().getDockerImage(place.imageName(digest)))
            .orElse(DockerImage.getDefaultInstance());
    return new TaggedImage(
        lastSegment(tag.getName()), commit, digest, runnable(image, digest), uploaded(image));
  }

  @Override
  public boolean exists(String repository, Digest digest) {
    DockerRepository place = DockerRepository.parse(repository);
    return unlessMissing(
                IMAGE, place, () -> clients.registry().getDockerImage(place.imageName(digest)))
            .isPresent()
        || unlessMissing(
                VERSION, place, () -> clients.registry().getVersion(place.versionName(digest)))
            .isPresent()
        || images(place).stream()
            .anyMatch(image -> runnable(image, digestOf(image)).contains(digest));
  }

  @Override
  public List<TaggedImage> recent(String repository, int most) {
    return images(DockerRepository.parse(repository)).stream()
        .sorted(Comparator.comparing(RegistryAdapter::uploaded).reversed())
        .flatMap(image -> commitsOf(image).stream())
        .limit(most)
        .toList();
  }

  /** One for each commit that its tags name; of a short and a long form the long one. */
  private static List<TaggedImage> commitsOf(DockerImage image) {
    Digest digest = digestOf(image);
    var found = new ArrayList<TaggedImage>();
    image.getTagsList().stream()
        .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(tag -> tag))
        .forEach(
            tag ->
                CommitTags.commitOf(tag)
                    .filter(commit -> found.stream().noneMatch(f -> f.commit().agreesWith(commit)))
                    .ifPresent(
                        commit ->
                            found.add(
                                new TaggedImage(
                                    tag,
                                    commit,
                                    digest,
                                    runnable(image, digest),
                                    uploaded(image)))));
    return found;
  }

  /**
   * The images of one package. The API lists a whole repository and knows no filter (proto comment
   * on {@code ListDockerImagesRequest}).
   */
  private List<DockerImage> images(DockerRepository place) {
    ListDockerImagesRequest request =
        ListDockerImagesRequest.newBuilder().setParent(place.parent()).setPageSize(PAGE).build();
    var found = new ArrayList<DockerImage>();
    clients.run(
        Access.repository("artifactregistry.dockerimages.list", place),
        () -> {
          int seen = 0;
          for (DockerImage image :
              clients.registry().listDockerImagesPagedCallable().call(request).iterateAll()) {
            if (seen++ == MOST_IMAGES) {
              throw new WorldException(
                  Kind.QUOTA, place.parent() + " holds more than " + MOST_IMAGES + " images");
            }
            if (image.getName().startsWith(place.imagePrefix())) {
              found.add(image);
            }
          }
        });
    return found;
  }

  private static Set<Digest> runnable(DockerImage image, Digest own) {
    var digests = new HashSet<Digest>();
    digests.add(own);
    for (ImageManifest manifest : image.getImageManifestsList()) {
      // buildx adds attestations as manifests of the platform "unknown/unknown".
      if (!manifest.getOs().equals("unknown") && Digest.isDigest(manifest.getDigest())) {
        digests.add(new Digest(manifest.getDigest()));
      }
    }
    return digests;
  }

  private static Digest digestOf(DockerImage image) {
    String name = image.getName();
    return new Digest(name.substring(name.lastIndexOf('@') + 1));
  }

  private static Instant uploaded(DockerImage image) {
    return Protos.instant(image.getUploadTime());
  }

  private static Optional<CommitSha> commitOf(Tag tag) {
    return CommitTags.commitOf(lastSegment(tag.getName()));
  }

  private static String lastSegment(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private <T> Optional<T> unlessMissing(
      String permission, DockerRepository place, Supplier<T> call) {
    try {
      return Optional.of(clients.call(Access.repository(permission, place), call));
    } catch (WorldException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
