package dev.rollbackbot.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.plan.RunningBuild;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import dev.rollbackbot.sandbox.build.BuildServer;
import io.grpc.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The adapter against the stand-in for Cloud Build, over gRPC. */
class CloudBuildsTest {
  private static final ServiceId ID = new ServiceId("demo", "asia-northeast1", "k-back");
  private static final String IMAGE = "asia-northeast1-docker.pkg.dev/demo/k-back-repo/k-back";
  private static final String SHA = "930c69146d4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b";
  private static final Instant AT = Instant.parse("2026-11-24T03:00:00Z");

  private final BuildServer server = BuildServer.start("demo");
  private final GcpClients clients = Clients.ofBuilds(server.endpoint());
  private final CloudBuilds builds = new CloudBuilds(clients);

  @AfterEach
  void close() {
    clients.close();
    server.close();
  }

  @Test
  void buildsOfTheServicesImagesAreFoundInItsRegionAndAmongTheGlobalOnes() {
    server.begin(
        "b1",
        "global",
        AT.plusSeconds(5),
        List.of(IMAGE + ":930c691"),
        Map.of("COMMIT_SHA", SHA, "TRIGGER_NAME", "k-back-main"));
    server.begin("b2", ID.region(), AT, List.of(IMAGE), Map.of());
    assertThat(builds.running(ID, IMAGE))
        .containsExactly(
            new RunningBuild("b2", Optional.empty(), AT),
            new RunningBuild("k-back-main", Optional.of(new CommitSha(SHA)), AT.plusSeconds(5)));
  }

  @Test
  void aBuildThatNamesTheServiceIsFoundToo() {
    server.begin("b1", ID.region(), AT, List.of(), Map.of("_SERVICE_NAME", "k-back"));
    assertThat(builds.running(ID, IMAGE)).hasSize(1);
  }

  @Test
  void otherBuildsAndThoseThatAreDoneAreNot() {
    server.begin("other", "global", AT, List.of(IMAGE + "-admin:1"), Map.of());
    server.begin("elsewhere", "us-central1", AT, List.of(IMAGE + ":1"), Map.of());
    server.begin("done", "global", AT, List.of(IMAGE + ":1"), Map.of());
    server.finish("done");
    assertThat(builds.running(ID, IMAGE)).isEmpty();
  }

  @Test
  void whatMayNotBeReadIsToldAsSuch() {
    server.faults().refuse("ListBuilds", Status.PERMISSION_DENIED);
    WorldException refused =
        catchThrowableOfType(WorldException.class, () -> builds.running(ID, IMAGE));
    assertThat(refused.kind()).isEqualTo(Kind.DENIED);
    assertThat(refused.missing().orElseThrow().permission()).isEqualTo("cloudbuild.builds.list");
    assertThat(refused.missing().orElseThrow().command())
        .startsWith(
            "gcloud projects add-iam-policy-binding demo --role=roles/cloudbuild.builds.viewer");
  }
}
