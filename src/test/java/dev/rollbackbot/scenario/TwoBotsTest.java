package dev.rollbackbot.scenario;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BEN;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.K_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.Service;
import dev.rollbackbot.BotInProcess;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.sandbox.slack.Post;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two bots on one project and one service: each drives, closes and overwrites only what it began
 * itself, and says so of the other's.
 */
final class TwoBotsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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
  void nothingThatIsAskedOfTheOtherBotTouchesARollback() throws IOException {
    Post offer = scene.offer();
    scene.presses(AIKO, offer, "roll_back");
    Post open = scene.open(offer);
    scene.until("its thread has heard of it", () -> scene.journal().untold().isEmpty());
    scene.bot().killWorker();
    Service before = service();

    try (var _ = otherBot()) {
      scene.types(BEN, "status");
      scene.told(BEN, "There is a record that is not this bot's", "of the bot sandbox");
      for (String word : List.of(scene.sandbox().goodCommit(), "undo", "keep", "newest", "stop")) {
        scene.types(BEN, word);
      }
      scene.presses(BEN, open, "undo");
      scene.until("six answers", () -> scene.timesTold(BEN, "Use the bot that wrote it") == 6);
    }

    // The generation counts every write of anybody's.
    assertThat(service().getGeneration()).isEqualTo(before.getGeneration());
    assertThat(record()).isEqualTo(before.getAnnotationsOrThrow(Journal.ANNOTATION));
    assertThat(scene.cards("roll_back")).isEmpty();
  }

  @Test
  void aRollbackThatItsBotLeavesLyingIsNotCarriedOnByTheOther() throws IOException {
    Post offer = scene.offer();
    scene.presses(AIKO, offer, "roll_back");
    scene.until("the accept-write", scene.sandbox()::journalWritten);
    scene.bot().killWorker();
    Journal left = scene.journal();
    String record = record();

    try (var _ = otherBot()) {
      announced("Another bot's record");
      scene.until("it is overdue", () -> overdue(left));
      scene.types(BEN, "status");
      scene.told(BEN, "There is a record that is not this bot's", "of the bot sandbox");
    }
    assertThat(left.state()).isNotEqualTo(JobState.OPEN);
    assertThat(record()).isEqualTo(record);

    scene.bot().startWorker();
    scene.open(offer);
    assertThat(scene.journal().ending()).isEqualTo(Ending.VERIFIED);
    assertThat(scene.sandbox().routed()).isEqualTo(scene.wellUsers());
  }

  /** So late that a driver of the same bot would have taken it over. */
  private static boolean overdue(Journal left) {
    return Instant.now().isAfter(left.since().plusSeconds(6));
  }

  private BotInProcess otherBot() throws IOException {
    return BotInProcess.start(
        scene.sandbox(),
        folder.resolve("other"),
        Locale.ENGLISH,
        List.of("bot: other", "topic: other-requests", "subscription: other-worker"));
  }

  private Service service() {
    return scene
        .sandbox()
        .model()
        .getService(GetServiceRequest.newBuilder().setName(Scene.SERVICE).build());
  }

  private String record() {
    return service().getAnnotationsOrThrow(Journal.ANNOTATION);
  }

  private void announced(String heading) {
    var _ =
        scene
            .sandbox()
            .workspace()
            .awaitMessage(
                post -> post.channel().equals(K_BACK) && scene.words(post).contains(heading),
                PATIENCE);
  }
}
