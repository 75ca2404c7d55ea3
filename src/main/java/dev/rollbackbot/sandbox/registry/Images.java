package dev.rollbackbot.sandbox.registry;

import com.google.devtools.artifactregistry.v1.DockerImage;
import com.google.devtools.artifactregistry.v1.ImageManifest;
import com.google.devtools.artifactregistry.v1.Tag;
import com.google.devtools.artifactregistry.v1.Version;
import com.google.protobuf.Timestamp;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every manifest and tag of the registry, and their protocol forms. Thread-safe. */
final class Images {
  private static final int MAX_MANIFESTS = 20_000;
  private static final long BYTES = 84L * 1024 * 1024;
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";

  private record Manifest(
      ImageName name, String digest, String mediaType, Instant uploaded, List<ImageManifest> of) {}

  private record TagKey(ImageName name, String tag) {}

  private final Map<String, Manifest> manifests = new LinkedHashMap<>();
  private final Map<TagKey, String> tags =
      new TreeMap<>(Comparator.comparing(key -> key.name().tagName(key.tag())));

  synchronized Pushed push(Push push) {
    ImageName name = ImageName.parse(push.image());
    if (manifests.size() + 3 > MAX_MANIFESTS) {
      throw new IllegalStateException("the stand-in keeps at most " + MAX_MANIFESTS + " manifests");
    }
    String seed = push.image() + "\n" + push.content();
    String runnable = digest("image\n" + seed);
    String tagged =
        switch (push.layout()) {
          case SINGLE -> {
            put(name, runnable, DOCKER_MANIFEST, push.uploaded(), List.of());
            yield runnable;
          }
          case BUILDX -> pushIndex(name, seed, runnable, push.uploaded());
        };
    push.tags().forEach(tag -> tags.put(new TagKey(name, tag), tagged));
    return new Pushed(tagged, runnable);
  }

  private String pushIndex(ImageName name, String seed, String runnable, Instant uploaded) {
    String attestation = digest("attestation\n" + seed);
    String index = digest("index\n" + seed);
    put(name, runnable, MANIFEST, uploaded, List.of());
    put(name, attestation, MANIFEST, uploaded, List.of());
    put(
        name,
        index,
        INDEX,
        uploaded,
        List.of(part(runnable, "amd64", "linux"), part(attestation, "unknown", "unknown")));
    return index;
  }

  /** Deletes what the tag or digest names: the manifest, an index's children, and every tag. */
  synchronized boolean delete(String reference) {
    Optional<Manifest> found = find(reference);
    found.ifPresent(
        manifest -> {
          remove(manifest.name(), manifest.digest());
          manifest.of().forEach(child -> remove(manifest.name(), child.getDigest()));
        });
    return found.isPresent();
  }

  /** Takes every other tag off; the images stay. */
  synchronized void keepTag(String tag) {
    tags.keySet().removeIf(key -> !key.tag().equals(tag));
  }

  /** The digest a revision of this image records. */
  synchronized Optional<String> runnable(String reference) {
    return find(reference)
        .map(
            manifest ->
                manifest.of().stream()
                    .filter(child -> child.getArchitecture().equals("amd64"))
                    .map(ImageManifest::getDigest)
                    .findFirst()
                    .orElse(manifest.digest()));
  }

  synchronized List<Tag> tags(String packageResource) {
    return tags.entrySet().stream()
        .filter(entry -> entry.getKey().name().packageResource().equals(packageResource))
        .map(entry -> tag(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Versions of a package, newest first; related tags only in the full view. */
  synchronized List<Version> versions(String packageResource, boolean full) {
    return newestFirst().stream()
        .filter(manifest -> manifest.name().packageResource().equals(packageResource))
        .map(manifest -> version(manifest, full))
        .toList();
  }

  /** Images of a repository, newest first. */
  synchronized List<DockerImage> dockerImages(String repository) {
    return newestFirst().stream()
        .filter(manifest -> manifest.name().repositoryName().equals(repository))
        .map(this::dockerImage)
        .toList();
  }

  /** Package resource names of a repository. */
  synchronized List<String> packages(String repository) {
    return manifests.values().stream()
        .filter(manifest -> manifest.name().repositoryName().equals(repository))
        .map(manifest -> manifest.name().packageResource())
        .distinct()
        .sorted()
        .toList();
  }

  /** Repositories that something was pushed to. */
  synchronized List<String> repositories() {
    return manifests.values().stream()
        .map(manifest -> manifest.name().repositoryName())
        .distinct()
        .toList();
  }

  private Optional<Manifest> find(String reference) {
    return ImageName.parseReference(reference)
        .flatMap(
            parsed -> {
              String digest =
                  parsed.byDigest()
                      ? parsed.tagOrDigest()
                      : tags.getOrDefault(new TagKey(parsed.name(), parsed.tagOrDigest()), "");
              return Optional.ofNullable(manifests.get(key(parsed.name(), digest)));
            });
  }

  private List<Manifest> newestFirst() {
    List<Manifest> sorted = new ArrayList<>(manifests.values());
    sorted.sort(
        Comparator.comparing(Manifest::uploaded).reversed().thenComparing(Manifest::digest));
    return sorted;
  }

  private void put(
      ImageName name, String digest, String mediaType, Instant at, List<ImageManifest> of) {
    manifests.putIfAbsent(key(name, digest), new Manifest(name, digest, mediaType, at, of));
  }

  private void remove(ImageName name, String digest) {
    manifests.remove(key(name, digest));
    tags.entrySet()
        .removeIf(tag -> tag.getKey().name().equals(name) && tag.getValue().equals(digest));
  }

  private List<TagKey> tagsOf(Manifest manifest) {
    return tags.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(manifest.name()))
        .filter(entry -> entry.getValue().equals(manifest.digest()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Tag tag(TagKey key, String digest) {
    return Tag.newBuilder()
        .setName(key.name().tagName(key.tag()))
        .setVersion(key.name().versionName(digest))
        .build();
  }

  private Version version(Manifest manifest, boolean full) {
    Version.Builder version =
        Version.newBuilder()
            .setName(manifest.name().versionName(manifest.digest()))
            .setCreateTime(timestamp(manifest.uploaded()))
            .setUpdateTime(timestamp(manifest.uploaded()));
    if (full) {
      tagsOf(manifest).forEach(key -> version.addRelatedTags(tag(key, manifest.digest())));
    }
    return version.build();
  }

  private DockerImage dockerImage(Manifest manifest) {
    return DockerImage.newBuilder()
        .setName(manifest.name().dockerImageName(manifest.digest()))
        .setUri(manifest.name().uri() + "@" + manifest.digest())
        .addAllTags(tagsOf(manifest).stream().map(TagKey::tag).toList())
        .setImageSizeBytes(BYTES)
        .setUploadTime(timestamp(manifest.uploaded()))
        .setUpdateTime(timestamp(manifest.uploaded()))
        .setMediaType(manifest.mediaType())
        .addAllImageManifests(manifest.of())
        .build();
  }

  private static ImageManifest part(String digest, String architecture, String os) {
    return ImageManifest.newBuilder()
        .setDigest(digest)
        .setArchitecture(architecture)
        .setOs(os)
        .setMediaType(MANIFEST)
        .build();
  }

  private static String key(ImageName name, String digest) {
    return name.dockerImageName(digest);
  }

  private static Timestamp timestamp(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }

  private static String digest(String content) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
