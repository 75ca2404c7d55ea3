package dev.rollbackbot.scenario;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.sandbox.slack.Post;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that somebody pinned with gcloud: no journal, and still a way back to the newest. */
final class PinsTest {
  @TempDir private Path folder = Path.of("");
  private Scene scene;

  @BeforeEach
  void pinned() throws IOException {
    scene = Scene.open(folder);
    var _ =
        scene
            .sandbox()
            .model()
            .gcloud("taro@example.com")
            .updateTraffic(
                Scene.SERVICE,
                List.of(
                    TrafficTarget.newBuilder()
                        .setType(
                            TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
                        .setRevision(scene.sandbox().goodRevision())
                        .setPercent(100)
                        .build()));
    scene.until("the pin", () -> scene.sandbox().routed().equals(scene.wellUsers()));
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void newestTakesThePinBack() {
    String mended = scene.deployed();
    scene.types(AIKO, "newest");
    Post asked = scene.card("act");
    assertThat(scene.words(asked))
        .contains("Waiting for approval", "Return to newest (", scene.sandbox().goodCommit())
        .contains("--to-latest", "Nothing has changed yet");

    scene.presses(BEN, asked, "act");

    Post card = scene.becomes(asked, post -> scene.words(post).contains("Back on newest"));
    assertThat(scene.words(card)).contains("asked by @Aiko", "approved by @Ben");
    assertThat(scene.sandbox().routed()).isEqualTo(Map.of(mended, 100));
    assertThat(scene.sandbox().followsLatest()).isTrue();
    assertThat(scene.journal().ending()).isEqualTo(Ending.RETURNED);
    scene.sandbox().noTagLeft();
  }

  @Test
  void aDeployBetweenOfferAndYesMakesANewOffer() {
    var _ = scene.deployed();
    scene.types(AIKO, "newest");
    Post asked = scene.card("act");
    var _ = scene.deployed();

    scene.presses(BEN, asked, "act");

    scene.told(BEN, "The state changed after this button was shown");
    Post anew = scene.becomes(asked, post -> scene.words(post).contains("so this is a new offer"));
    assertThat(scene.sandbox().routed()).isEqualTo(scene.wellUsers());
    scene.presses(BEN, anew, "act");
    scene.until("the return", scene.sandbox()::followsLatest);
  }

  @Test
  void thereIsNothingToUndo() {
    scene.types(AIKO, "undo");

    scene.told(AIKO, "No rollback is open");
  }
}
