package dev.rollbackbot.sandbox.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.api.gax.rpc.UnavailableException;
import com.google.api.gax.rpc.UnimplementedException;
import com.google.devtools.artifactregistry.v1.ArtifactRegistryClient;
import com.google.devtools.artifactregistry.v1.ArtifactRegistrySettings;
import com.google.devtools.artifactregistry.v1.CleanupPolicy;
import com.google.devtools.artifactregistry.v1.DockerImage;
import com.google.devtools.artifactregistry.v1.GetVersionRequest;
import com.google.devtools.artifactregistry.v1.ImageManifest;
import com.google.devtools.artifactregistry.v1.ListDockerImagesRequest;
import com.google.devtools.artifactregistry.v1.ListTagsRequest;
import com.google.devtools.artifactregistry.v1.Repository;
import com.google.devtools.artifactregistry.v1.Tag;
import com.google.devtools.artifactregistry.v1.Version;
import com.google.devtools.artifactregistry.v1.VersionView;
import io.grpc.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real ArtifactRegistryClient against the stand-in. */
class RegistryServerTest {
  private static final String REPOSITORY =
      "projects/demo/locations/asia-northeast1/repositories/k-back-repo";
  private static final String PACKAGE = REPOSITORY + "/packages/k-back";
  private static final String IMAGE = "asia-northeast1-docker.pkg.dev/demo/k-back-repo/k-back";
  private static final Instant UPLOADED = Instant.parse("2026-11-20T08:00:00Z");

  private final RegistryServer server = RegistryServer.start();
  private final ArtifactRegistryClient client;

  RegistryServerTest() throws IOException {
    client =
        ArtifactRegistryClient.create(
            ArtifactRegistrySettings.newBuilder()
                .setEndpoint(server.endpoint())
                .setTransportChannelProvider(
                    ArtifactRegistrySettings.defaultGrpcTransportProviderBuilder()
                        .setChannelConfigurator(channel -> channel.usePlaintext())
                        .build())
                .setCredentialsProvider(NoCredentialsProvider.create())
                .build());
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void aTagOfABuildxPushPointsToAnIndexWhoseChildARevisionRecords() {
    Pushed pushed = push("6831359", UPLOADED, Push.Layout.BUILDX, "6831359", "main-6831359");

    assertThat(pushed.digest()).isNotEqualTo(pushed.runnable());
    assertThat(client.getTag(PACKAGE + "/tags/6831359").getVersion())
        .isEqualTo(PACKAGE + "/versions/" + pushed.digest());
    DockerImage index =
        client.getDockerImage(REPOSITORY + "/dockerImages/k-back@" + pushed.digest());
    assertThat(index.getMediaType()).isEqualTo("application/vnd.oci.image.index.v1+json");
    assertThat(index.getTagsList()).containsExactlyInAnyOrder("6831359", "main-6831359");
    assertThat(index.getUploadTime().getSeconds()).isEqualTo(UPLOADED.getEpochSecond());
    assertThat(index.getImageManifestsList())
        .filteredOn(part -> part.getOs().equals("linux") && part.getArchitecture().equals("amd64"))
        .extracting(ImageManifest::getDigest)
        .containsExactly(pushed.runnable());
    assertThat(index.getImageManifestsList()).hasSize(2);
    assertThat(server.runnableDigest(IMAGE + ":6831359")).contains(pushed.runnable());
    assertThat(server.runnableDigest(IMAGE + "@" + pushed.digest())).contains(pushed.runnable());
    assertThat(server.runnableDigest(IMAGE + "@" + pushed.runnable())).contains(pushed.runnable());
    assertThat(server.runnableDigest(IMAGE + ":0000000")).isEmpty();
    assertThat(server.runnableDigest("nginx")).isEmpty();
  }

  @Test
  void tagsAreFoundByAnAbbreviatedName() {
    push("6831359", UPLOADED, Push.Layout.SINGLE, "6831359aaa", "main-6831359");
    push("97bde75", UPLOADED, Push.Layout.SINGLE, "97bde75");

    assertThat(tags("name=\"" + PACKAGE + "/tags/6831359*\"")).containsExactly("6831359aaa");
    assertThat(tags("name=\"" + PACKAGE + "/tags/*6831359*\""))
        .containsExactly("6831359aaa", "main-6831359");
    assertThat(tags("NAME = \"" + PACKAGE + "/tags/97BDE75\"")).containsExactly("97bde75");
    assertThat(tags("")).hasSize(3);
    assertThatThrownBy(() -> tags("tag:6831359")).isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> tags("age=\"1\"")).isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void versionsTellTheirTagsOnlyInTheFullView() {
    Pushed pushed = push("a", UPLOADED, Push.Layout.SINGLE, "a");
    String name = PACKAGE + "/versions/" + pushed.digest();

    Version basic = client.getVersion(name);
    Version full =
        client.getVersion(
            GetVersionRequest.newBuilder().setName(name).setView(VersionView.FULL).build());

    assertThat(basic.getRelatedTagsList()).isEmpty();
    assertThat(full.getRelatedTagsList())
        .extracting(Tag::getName)
        .containsExactly(PACKAGE + "/tags/a");
    assertThat(client.listVersions(PACKAGE).iterateAll()).hasSize(1);
  }

  @Test
  void aDeletedImageIsNotFoundByTagByIndexNorByChild() {
    Pushed pushed = push("old", UPLOADED, Push.Layout.BUILDX, "old");

    assertThat(server.delete(IMAGE + ":old")).isTrue();

    push("new", UPLOADED, Push.Layout.SINGLE, "new");
    for (String digest : List.of(pushed.digest(), pushed.runnable())) {
      assertThatThrownBy(() -> client.getDockerImage(REPOSITORY + "/dockerImages/k-back@" + digest))
          .isInstanceOf(NotFoundException.class);
      assertThatThrownBy(() -> client.getVersion(PACKAGE + "/versions/" + digest))
          .isInstanceOf(NotFoundException.class);
    }
    assertThatThrownBy(() -> client.getTag(PACKAGE + "/tags/old"))
        .isInstanceOf(NotFoundException.class);
    assertThat(server.runnableDigest(IMAGE + ":old")).isEmpty();
    assertThat(server.delete(IMAGE + ":old")).isFalse();
  }

  @Test
  void imagesOfARepositoryComeNewestFirstAndInPages() {
    for (int i = 0; i < 5; i++) {
      push("c" + i, UPLOADED.plusSeconds(i), Push.Layout.SINGLE, "c" + i);
    }
    var request = ListDockerImagesRequest.newBuilder().setParent(REPOSITORY).setPageSize(2).build();

    List<String> tags = new ArrayList<>();
    int pages = 0;
    for (var page : client.listDockerImages(request).iteratePages()) {
      pages++;
      page.getValues().forEach(image -> tags.addAll(image.getTagsList()));
    }

    assertThat(tags).containsExactly("c4", "c3", "c2", "c1", "c0");
    assertThat(pages).isEqualTo(3);
    assertThatThrownBy(
            () ->
                client
                    .listDockerImages(request.toBuilder().setPageToken("bm9uc2Vuc2U=").build())
                    .getPage())
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void aMovedTagPointsToItsNewImage() {
    push("one", UPLOADED, Push.Layout.SINGLE, "latest");
    Pushed two = push("two", UPLOADED.plusSeconds(60), Push.Layout.SINGLE, "latest");

    assertThat(client.getTag(PACKAGE + "/tags/latest").getVersion()).endsWith(two.digest());
  }

  @Test
  void packagesWithSlashesAreEscaped() {
    Pushed pushed =
        server.push(
            new Push(
                "asia-northeast1-docker.pkg.dev/demo/k-back-repo/team/api",
                "x",
                List.of("x"),
                UPLOADED,
                Push.Layout.SINGLE));

    assertThat(client.getTag(REPOSITORY + "/packages/team%2fapi/tags/x").getVersion())
        .isEqualTo(REPOSITORY + "/packages/team%2Fapi/versions/" + pushed.digest());
    assertThat(client.listPackages(REPOSITORY).iterateAll())
        .extracting("name")
        .containsExactly(REPOSITORY + "/packages/team%2Fapi");
  }

  @Test
  void aRepositoryTellsItsCleanupPolicies() {
    server.configure(
        Repository.newBuilder()
            .setName(REPOSITORY)
            .putCleanupPolicies("old", CleanupPolicy.newBuilder().setId("old").build())
            .build());

    assertThat(client.getRepository(REPOSITORY).getCleanupPoliciesMap()).containsKey("old");
    assertThatThrownBy(() -> client.getRepository(REPOSITORY + "-other"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void faultsAndUnknownCallsAreRefused() {
    push("a", UPLOADED, Push.Layout.SINGLE, "a");
    String tag = PACKAGE + "/tags/a";

    server.faults().refuse("GetTag", Status.PERMISSION_DENIED);
    assertThatThrownBy(() -> client.getTag(tag)).isInstanceOf(PermissionDeniedException.class);
    assertThat(client.listTags(PACKAGE).iterateAll()).as("only GetTag").hasSize(1);
    server.faults().outage(true);
    assertThatThrownBy(() -> client.listTags(PACKAGE).getPage())
        .isInstanceOf(UnavailableException.class);
    server.faults().clear();
    assertThat(client.getTag(tag).getName()).isEqualTo(tag);
    assertThatThrownBy(() -> client.deleteTag(tag)).isInstanceOf(UnimplementedException.class);
  }

  private Pushed push(String content, Instant at, Push.Layout layout, String... tags) {
    return server.push(new Push(IMAGE, content, List.of(tags), at, layout));
  }

  private List<String> tags(String filter) {
    List<String> names = new ArrayList<>();
    client
        .listTags(ListTagsRequest.newBuilder().setParent(PACKAGE).setFilter(filter).build())
        .iterateAll()
        .forEach(tag -> names.add(tag.getName().substring(PACKAGE.length() + 6)));
    return names;
  }
}
