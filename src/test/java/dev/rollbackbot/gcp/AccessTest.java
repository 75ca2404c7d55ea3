package dev.rollbackbot.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.Grant;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.engine.Problems;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.sandbox.cloudrun.Call;
import dev.rollbackbot.sandbox.cloudrun.CloudRunModel;
import dev.rollbackbot.sandbox.cloudrun.CloudRunServer;
import dev.rollbackbot.sandbox.cloudrun.ModelSettings;
import dev.rollbackbot.sandbox.cloudrun.UrlScheme;
import dev.rollbackbot.sandbox.logging.LoggingServer;
import dev.rollbackbot.sandbox.registry.RegistryServer;
import dev.rollbackbot.text.ProblemComposer;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A permission that is missing at any single call is named, with the command that grants it. */
class AccessTest {
  private static final ServiceId ID = new ServiceId("demo", "asia-northeast1", "k-back");
  private static final String IMAGE = "asia-northeast1-docker.pkg.dev/demo/k-back-repo/k-back";
  private static final Digest DIGEST = new Digest("sha256:" + "1".repeat(64));

  @ParameterizedTest
  @CsvSource({
    "GET_SERVICE,    run.services.get",
    "LIST_SERVICES,  run.services.list",
    "LIST_REVISIONS, run.revisions.list",
    "GET_REVISION,   run.revisions.get",
  })
  void cloudRun(Call call, String permission) throws IOException {
    var model =
        new CloudRunModel(
            InstantSource.system(),
            ModelSettings.likeProduction(),
            _ -> Optional.empty(),
            UrlScheme.likeProduction(),
            (_, _, _, _, _, _) -> {},
            1);
    model.faults().failNext(call, Status.PERMISSION_DENIED, 1);
    try (var server = CloudRunServer.start(model, "bot@demo.iam.gserviceaccount.com");
        var clients = Clients.ofRun(server.endpoint())) {
      var adapter = new CloudRunAdapter(clients, new ServiceMapper("rollback-bot", "1"));
      Map<Call, ThrowingCallable> calls =
          Map.of(
              Call.GET_SERVICE, () -> adapter.read(ID),
              Call.LIST_SERVICES, () -> adapter.list(ID.project(), ID.region()),
              Call.LIST_REVISIONS, () -> adapter.revisions(ID),
              Call.GET_REVISION, () -> adapter.revision(ID, new RevisionName("k-back-1")));
      WorldException denied = catchThrowableOfType(WorldException.class, calls.get(call));
      assertThat(denied.missing().orElseThrow())
          .isEqualTo(
              new Grant(
                  permission,
                  call == Call.LIST_SERVICES
                      ? "gcloud projects add-iam-policy-binding demo --role=roles/run.viewer"
                          + " --member=serviceAccount:BOT_ACCOUNT"
                      : "gcloud run services add-iam-policy-binding k-back"
                          + " --region=asia-northeast1 --project=demo --role=roles/run.developer"
                          + " --member=serviceAccount:BOT_ACCOUNT"));
      saidInBothLanguages(Problems.ofCloudRun(denied, ID), denied.missing().orElseThrow());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GetTag,           artifactregistry.tags.get",
    "ListTags,         artifactregistry.tags.list",
    "GetDockerImage,   artifactregistry.dockerimages.get",
    "GetVersion,       artifactregistry.versions.get",
    "ListDockerImages, artifactregistry.dockerimages.list",
  })
  void artifactRegistry(String call, String permission) {
    try (var server = RegistryServer.start();
        var clients = Clients.ofRegistry(server.endpoint())) {
      server.faults().refuse(call, Status.PERMISSION_DENIED);
      var adapter = new RegistryAdapter(clients);
      Map<String, ThrowingCallable> calls =
          Map.of(
              "GetTag", () -> adapter.ofCommit(IMAGE, new CommitSha("6831359")),
              "ListTags", () -> adapter.ofCommit(IMAGE, new CommitSha("6831359")),
              "GetDockerImage", () -> adapter.exists(IMAGE, DIGEST),
              "GetVersion", () -> adapter.exists(IMAGE, DIGEST),
              "ListDockerImages", () -> adapter.recent(IMAGE, 5));
      WorldException denied = catchThrowableOfType(WorldException.class, calls.get(call));
      assertThat(denied.missing())
          .contains(
              new Grant(
                  permission,
                  "gcloud artifacts repositories add-iam-policy-binding k-back-repo"
                      + " --location=asia-northeast1 --project=demo"
                      + " --role=roles/artifactregistry.reader"
                      + " --member=serviceAccount:BOT_ACCOUNT"));
    }
  }

  @Test
  void logs() {
    try (var server = LoggingServer.start("demo", "asia-northeast1", InstantSource.system());
        var clients = Clients.ofLogging(server.endpoint())) {
      server.faults().refuse("ListLogEntries", Status.PERMISSION_DENIED);
      var reader =
          new CloudLogReader(clients, _ -> List.of(), Set.of(), InstantSource.system(), "demo");
      List<ThrowingCallable> calls =
          List.of(
              () -> reader.past(ID, Duration.ofDays(1)),
              () -> reader.history(ID, 5),
              () -> reader.servedSince(ID, new RevisionName("k-back-1"), Instant.EPOCH),
              () -> reader.errors(ID, new RevisionName("k-back-1"), Instant.EPOCH, Instant.MAX),
              () -> reader.requests(ID, new RevisionName("k-back-1"), Instant.EPOCH, Instant.MAX));
      for (ThrowingCallable call : calls) {
        assertThat(catchThrowableOfType(WorldException.class, call).missing())
            .contains(
                new Grant(
                    "logging.logEntries.list",
                    "gcloud projects add-iam-policy-binding demo --role=roles/logging.viewer"
                        + " --member=serviceAccount:BOT_ACCOUNT"));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nothing is named         | 403                                                                                      | run.services.update       | roles/run.developer
          the same one             | Permission 'run.services.update' denied on resource 'k-back' (or it may not exist).      | run.services.update       | roles/run.developer
          acting as the runtime    | Permission 'iam.serviceaccounts.actAs' denied on service account run@demo.iam.gserviceaccount.com (or it may not exist). | iam.serviceaccounts.actAs | service-accounts add-iam-policy-binding run@demo.iam.gserviceaccount.com --role=roles/iam.serviceAccountUser
          acting as who knows whom | permission iam.serviceAccounts.actAs is missing                                          | iam.serviceAccounts.actAs | RUNTIME_ACCOUNT --role=roles/iam.serviceAccountUser
          """)
  void theRefusalsOwnWordsTellWhichOneAWriteLacks(
      String what, String refusal, String permission, String command) {
    Grant grant = Access.service("run.services.update", ID).grant(refusal, "user:a@example.com");

    assertThat(grant.permission()).isEqualTo(permission);
    assertThat(grant.command()).contains(command).endsWith(" --member=user:a@example.com");
    WorldException denied = new WorldException(grant, refusal, new IllegalStateException(refusal));
    saidInBothLanguages(Problems.ofCloudRun(denied, ID), grant);
  }

  private static void saidInBothLanguages(Problem problem, Grant grant) {
    for (Locale locale : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
      assertThat(ProblemComposer.compose(problem, locale).toString())
          .contains(grant.permission(), grant.command());
    }
  }
}
