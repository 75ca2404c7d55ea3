package dev.rollbackbot.scenario;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BEN;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.CHIKA;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.WITH_PARTNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.command.SignedRequest;
import dev.rollbackbot.gcp.Endpoints;
import dev.rollbackbot.gcp.PubSubQueue;
import dev.rollbackbot.port.RequestQueue.Published;
import dev.rollbackbot.sandbox.Sandbox;
import dev.rollbackbot.sandbox.git.DemoRepository;
import dev.rollbackbot.sandbox.slack.Answer;
import dev.rollbackbot.sandbox.slack.Post;
import io.grpc.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is refused with a clear word, and never touches the service; in one world, one by one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusalsTest {
  private Scene scene;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    scene = Scene.open(folder);
  }

  @AfterEach
  void nothingWasTouched() {
    scene.sandbox().pubsub().faults().clear();
    assertThat(scene.untouched()).isTrue();
  }

  @AfterAll
  void close() {
    scene.close();
  }

  @Test
  void aCommitThatIsInNoRepository() {
    scene.types(AIKO, "00000000");

    scene.told(AIKO, "00000000 is not in the repository.", "/rollback list");
  }

  @Test
  void digitsThatTwoCommitsShareAreAnsweredWithBoth() {
    scene.types(AIKO, DemoRepository.AMBIGUOUS);

    String told = scene.told(AIKO, "can mean several commits");

    assertThat(told).matches("(?s).*(" + DemoRepository.AMBIGUOUS + ".*){3}");
  }

  @Test
  void aBranchWhoseCommitWasNeverBuiltNamesItsNeighbours() {
    scene.types(AIKO, "branch:feature/csv-export");

    scene.told(AIKO, "has no image", "Restorable nearby");
  }

  @Test
  void aCommitThatIsLiveAlready() {
    scene.types(AIKO, scene.sandbox().git().sickLive().shortSha());

    scene.told(AIKO, "already serves all users");
  }

  @Test
  void aCommitWhoseImageWasCleanedAwayNamesItsNeighbours() {
    scene.types(AIKO, scene.sandbox().git().cleaned().shortSha());

    scene.told(AIKO, scene.sandbox().git().cleaned().shortSha(), "Restorable nearby");
  }

  @Test
  void aRevisionThatIsNotThere() {
    scene.types(AIKO, "k-back-00001-xyz");

    scene.told(AIKO, "k-back-00001-xyz was not found");
  }

  @Test
  void aServiceThatIsNotConfigured() {
    scene.types(AIKO, scene.sandbox().goodCommit() + " k-front");

    scene.told(AIKO, "k-front");
  }

  @Test
  void aGuest() {
    scene.types(CHIKA, scene.sandbox().goodCommit());

    scene.told(CHIKA, "cannot do this", "Ask a full member");
  }

  @Test
  void aChannelThatIsSharedWithAnotherCompany() {
    scene.sandbox().slack().command(BEN, WITH_PARTNER, "/rollback " + scene.sandbox().goodCommit());

    scene.told(BEN, "shared with another company");
  }

  @Test
  void aButtonWithAnAlteredValue() {
    Post offer = scene.offer();

    scene.pressesAltered(BEN, offer, "roll_back", RefusalsTest::oneLetterChanged);

    scene.told(BEN, "could not be proved to be this bot's");
  }

  @Test
  void anOfferThatAnotherKeySealed() {
    Post offer = scene.offer();

    scene.pressesAltered(AIKO, offer, "roll_back", scene.bot()::sealedByAnother);

    scene.told(AIKO, "could not be proved to be this bot's");
  }

  @Test
  void aMessageOnTheTopicThatSlackNeverSigned() {
    Sandbox.Addresses at = scene.sandbox().addresses();
    long before = scene.sandbox().pubsub().counters(scene.bot().subscription()).acknowledged();
    int shown = scene.sandbox().workspace().all().size();
    String body =
        "command=%2Frollback&text=6831359&team_id=T0HANA00001&channel_id=C0KBACK0001&user_id="
            + AIKO;
    var forged =
        new SignedRequest(
            body.getBytes(StandardCharsets.UTF_8),
            String.valueOf(Instant.now().getEpochSecond()),
            "v0=" + "0".repeat(64),
            "application/x-www-form-urlencoded");

    try (var queue =
        new PubSubQueue(
            new Endpoints.Sandbox(at.run(), at.registry(), at.pubsub(), at.logging(), at.builds()),
            "demo-project",
            "rollback-requests")) {
      assertThat(queue.publish(forged, Duration.ofSeconds(10))).isEqualTo(Published.CONFIRMED);
    }

    scene.untilSettled(before + 1);
    assertThat(scene.sandbox().workspace().all()).hasSize(shown);
  }

  @Test
  void aQueueThatRefusesTookNothing() {
    scene.sandbox().pubsub().faults().refuse("Publish", Status.PERMISSION_DENIED);

    Answer answer = scene.types(AIKO, "status");

    assertThat(answer.result()).isEqualTo(Answer.Result.OK);
    assertThat(answer.body()).contains("Nothing was taken");
  }

  @Test
  void aQueueThatDoesNotConfirmIsSaidToBeUnconfirmed() {
    scene.sandbox().pubsub().faults().delayAnswers("Publish", Duration.ofSeconds(4));

    Answer answer = scene.types(AIKO, "status");

    assertThat(answer.result()).isEqualTo(Answer.Result.OK);
    assertThat(answer.body()).contains("not confirmed", "twice is safe", "rollback-bot status");
  }

  private static String oneLetterChanged(String value) {
    int middle = value.length() / 2;
    char other = value.charAt(middle) == 'A' ? 'B' : 'A';
    return value.substring(0, middle) + other + value.substring(middle + 1);
  }
}
