package dev.rollbackbot.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.port.ImageRegistry.TaggedImage;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import dev.rollbackbot.sandbox.registry.Push;
import dev.rollbackbot.sandbox.registry.Push.Layout;
import dev.rollbackbot.sandbox.registry.Pushed;
import dev.rollbackbot.sandbox.registry.RegistryServer;
import io.grpc.Status;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the stand-in for Artifact Registry v1, over gRPC. */
class RegistryAdapterTest {
  private static final String IMAGE = "asia-northeast1-docker.pkg.dev/demo/k-back-repo/k-back";
  private static final String SHA = "6831359" + "0".repeat(33);
  private static final Instant UPLOADED = Instant.parse("2026-11-20T08:00:00Z");

  private final RegistryServer server = RegistryServer.start();
  private final GcpClients clients = Clients.ofRegistry(server.endpoint());
  private final RegistryAdapter adapter = new RegistryAdapter(clients);

  @AfterEach
  void close() {
    clients.close();
    server.close();
  }

  @ParameterizedTest(name = "tag {0} is found by {1}")
  @CsvSource({
    "6831359, 6831359",
    "6831359, 68313590000",
    "68313590000, 6831359",
    "main-6831359, 6831359",
    "feature-x-6831359, 6831359",
    "6831359000000000000000000000000000000000, 6831359",
    "main-6831359000000000000000000000000000000000, 68313590",
  })
  void findsTheImageOfACommitByAnyOfItsTags(String tag, String commit) {
    Pushed pushed = push("content", UPLOADED, Layout.SINGLE, tag);
    push("other", UPLOADED, Layout.SINGLE, "930c691");
    TaggedImage image = adapter.ofCommit(IMAGE, new CommitSha(commit)).orElseThrow();
    assertThat(image.digest().value()).isEqualTo(pushed.digest());
    assertThat(image.tag()).isEqualTo(tag);
    assertThat(image.uploaded()).isEqualTo(UPLOADED);
  }

  @ParameterizedTest(name = "tag {0} does not name 6831359")
  @CsvSource({"930c691", "v6831359", "6831359-slim", "6831350", "latest"})
  void aTagThatNamesAnotherCommitIsNotTaken(String tag) {
    push("content", UPLOADED, Layout.SINGLE, tag);
    assertThat(adapter.ofCommit(IMAGE, new CommitSha("6831359"))).isEmpty();
  }

  @Test
  void aLongerCommitThatOnlyBeginsAlikeIsNotTaken() {
    push("content", UPLOADED, Layout.SINGLE, "main-6831359ffff");
    assertThat(adapter.ofCommit(IMAGE, new CommitSha(SHA))).isEmpty();
  }

  @Test
  void anIndexIsKnownByItsChildToo() {
    Pushed pushed = push("content", UPLOADED, Layout.BUILDX, "6831359");
    TaggedImage image = adapter.ofCommit(IMAGE, new CommitSha("6831359")).orElseThrow();
    assertThat(image.digest()).isEqualTo(new Digest(pushed.digest()));
    assertThat(image.runnable())
        .containsExactlyInAnyOrder(new Digest(pushed.digest()), new Digest(pushed.runnable()));
    assertThat(adapter.exists(IMAGE, new Digest(pushed.runnable()))).isTrue();
    assertThat(adapter.exists(IMAGE, new Digest(pushed.digest()))).isTrue();
  }

  @Test
  void anImageThatWasCleanedAwayIsGone() {
    Pushed pushed = push("content", UPLOADED, Layout.SINGLE, "6831359");
    push("other", UPLOADED, Layout.BUILDX, "930c691");
    server.delete(IMAGE + "@" + pushed.digest());
    assertThat(adapter.exists(IMAGE, new Digest(pushed.digest()))).isFalse();
    assertThat(adapter.ofCommit(IMAGE, new CommitSha("6831359"))).isEmpty();
  }

  @Test
  void recentNamesCommitsNewestFirstAndEachOnce() {
    push("one", UPLOADED, Layout.SINGLE, "1111111", "main-1111111", "1111111" + "a".repeat(33));
    push("two", UPLOADED.plusSeconds(60), Layout.BUILDX, "feature-2222222", "latest");
    push("three", UPLOADED.plusSeconds(120), Layout.SINGLE, "nightly");
    push("four", UPLOADED.plusSeconds(180), Layout.SINGLE, "4444444");
    assertThat(adapter.recent(IMAGE, 10))
        .extracting(image -> image.commit().abbreviated())
        .containsExactly("4444444", "2222222", "1111111");
    assertThat(adapter.recent(IMAGE, 10).getLast().commit().value()).hasSize(40);
    assertThat(adapter.recent(IMAGE, 1)).hasSize(1);
  }

  @Test
  void aRegistryThatDoesNotAnswerIsUnavailable() {
    server.faults().outage(true);
    assertThat(kind("6831359")).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void aMissingPermissionIsDenied() {
    server.faults().refuse("GetTag", Status.PERMISSION_DENIED);
    assertThat(kind("6831359")).isEqualTo(Kind.DENIED);
  }

  @Test
  void aPlaceOutsideArtifactRegistryIsRefused() {
    assertThat(
            catchThrowableOfType(
                    WorldException.class, () -> adapter.recent("gcr.io/demo/k-back", 3))
                .kind())
        .isEqualTo(Kind.REFUSED);
  }

  @Test
  void slashesInAnImagesNameAreEscaped() {
    assertThat(DockerRepository.parse("eu-docker.pkg.dev/p/r/team/k-back").packageName())
        .isEqualTo("projects/p/locations/eu/repositories/r/packages/team%2Fk-back");
  }

  private Kind kind(String commit) {
    return catchThrowableOfType(
            WorldException.class, () -> adapter.ofCommit(IMAGE, new CommitSha(commit)))
        .kind();
  }

  private Pushed push(String content, Instant at, Layout layout, String... tags) {
    return server.push(new Push(IMAGE, content, List.of(tags), at, layout));
  }
}
