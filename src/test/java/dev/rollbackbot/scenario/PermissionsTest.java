package dev.rollbackbot.scenario;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.sandbox.cloudrun.Call;
import dev.rollbackbot.sandbox.grpc.Faults;
import dev.rollbackbot.sandbox.slack.Answer;
import dev.rollbackbot.sandbox.slack.Post;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever asks hears which permission is missing, and how it is granted. */
final class PermissionsTest {
  private static final int ALWAYS = 1_000;

  @TempDir private Path folder = Path.of("");
  private Scene scene;

  @BeforeEach
  void open() throws IOException {
    scene = Scene.open(folder);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void readsOfCloudRunWithoutWhichThereIsNoPlan() {
    deny(Call.GET_SERVICE);
    scene.types(AIKO, scene.sandbox().goodCommit());
    told("run.services.get");
    allow(Call.GET_SERVICE);

    deny(Call.LIST_REVISIONS);
    scene.types(AIKO, scene.sandbox().goodCommit());
    told("run.revisions.list");
    allow(Call.LIST_REVISIONS);

    deny(Call.GET_REVISION);
    scene.types(AIKO, "status");
    told("run.revisions.get");
  }

  @Test
  void aWriteThatIsNotPermittedMovesNobody() {
    Post offer = scene.offer();
    scene.cloudRunFaults().deny("run.services.update");

    scene.presses(AIKO, offer, "roll_back");

    told("run.services.update");
    assertThat(scene.untouched()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "GetTag,         artifactregistry.tags.get",
    "GetDockerImage, artifactregistry.dockerimages.get",
  })
  void aRegistryThatMayNotBeReadFindsNoCommitAndSaysWhy(String call, String permission) {
    scene.sandbox().registry().faults().refuse(call, Status.PERMISSION_DENIED);

    scene.types(AIKO, scene.sandbox().goodCommit());

    scene.told(
        AIKO, permission, "gcloud artifacts repositories add-iam-policy-binding", "--member=");
  }

  @ParameterizedTest
  @CsvSource({
    "GetDockerImage, artifactregistry.dockerimages.get",
    "GetVersion,     artifactregistry.versions.get",
  })
  void whereTheRevisionIsNamedItIsACautionWithItsCommand(String call, String permission) {
    scene.sandbox().registry().faults().refuse(call, Status.PERMISSION_DENIED);
    if (call.equals("GetVersion")) {
      scene.sandbox().registry().faults().refuse("GetDockerImage", Status.NOT_FOUND);
    }

    scene.types(AIKO, scene.sandbox().goodRevision());

    assertThat(scene.words(scene.card("roll_back")))
        .contains(permission, "gcloud artifacts repositories add-iam-policy-binding");
  }

  @Test
  void aRollbackNeedsNeitherListingNorLogsAndSaysSo() {
    deny(Call.LIST_SERVICES);
    Faults logging = scene.sandbox().logging().faults();
    logging.refuse("ListLogEntries", Status.PERMISSION_DENIED);
    logging.refuse("WriteLogEntries", Status.PERMISSION_DENIED);

    Post offer = scene.offer();
    assertThat(scene.words(offer))
        .contains("logging.logEntries.list", "--role=roles/logging.viewer --member=");
    scene.presses(AIKO, offer, "roll_back");

    assertThat(scene.words(scene.open(offer)))
        .contains("Not proven", "the bot lacks the permission `logging.logEntries.list`");
    assertThat(scene.journal().ending()).isEqualTo(Ending.UNPROVEN);
    assertThat(scene.sandbox().routed()).isEqualTo(scene.wellUsers());
  }

  @Test
  void aFrontThatMayNotPublishSaysSoAtOnce() {
    scene.sandbox().pubsub().faults().refuse("Publish", Status.PERMISSION_DENIED);

    Answer answer = scene.types(AIKO, scene.sandbox().goodCommit());

    assertThat(answer.body())
        .contains(
            "pubsub.topics.publish",
            "gcloud pubsub topics add-iam-policy-binding rollback-requests",
            "Nothing was taken",
            "rollback-bot rollback");
  }

  private void told(String permission) {
    scene.told(
        AIKO,
        "lacks the permission " + permission,
        "gcloud run services add-iam-policy-binding k-back --region=asia-northeast1",
        "--role=roles/run.developer --member=");
  }

  private void deny(Call call) {
    scene
        .cloudRunFaults()
        .failNext(
            call, Status.PERMISSION_DENIED.withDescription("The caller may not do this"), ALWAYS);
  }

  private void allow(Call call) {
    scene.cloudRunFaults().failNext(call, Status.OK, 0);
  }
}
