package dev.rollbackbot.scenario;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.health.LogGap;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.sandbox.slack.Post;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a rollback whose logs are late, unreadable or nobody's business. */
final class LogsTest {
  @TempDir private Path folder = Path.of("");

  // Each test opens its own first.
  @SuppressWarnings("NullAway.Init")
  private Scene scene;

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void logsThatCameLateAreReadBeforeAnythingIsCalledGood() throws IOException {
    scene = Scene.open(folder);
    Post offer = pressed();
    scene.until("users on the old code", () -> scene.sandbox().routed().equals(scene.wellUsers()));
    scene.sandbox().logging().ingestionDelay(Duration.ofSeconds(2));

    Post open = scene.open(offer);

    assertThat(scene.words(open)).contains("Verified");
    assertThat(scene.journal().times().rested().orElseThrow())
        .isAfter(scene.journal().times().moved().orElseThrow().plusSeconds(6));
    assertThat(scene.journal().evidence().figures().orElseThrow().gap()).isEmpty();
  }

  @Test
  void logsThatDoNotComeAreNoGoodNews() throws IOException {
    scene = Scene.open(folder);
    Post offer = pressed();
    scene.until("users on the old code", () -> scene.sandbox().routed().equals(scene.wellUsers()));
    scene.sandbox().logging().ingestionDelay(Duration.ofMinutes(10));

    Post open = scene.open(offer);

    assertThat(scene.words(open))
        .contains("Not proven", "the logs are late", "Silence does not count as good")
        .contains("too few requests came to call them gone: KeyError")
        .doesNotContain("Errors gone: KeyError");
    assertThat(scene.journal().ending()).isEqualTo(Ending.UNPROVEN);
  }

  @Test
  void readsThatAreUsedUpAreSaidOnTheCard() throws IOException {
    scene = Scene.open(folder);
    Post offer = pressed();
    scene.sandbox().logging().readsPerMinute(0);

    Post open = scene.open(offer);

    assertThat(scene.words(open)).contains("Not proven", "60 log reads a minute are used up");
    assertThat(scene.journal().evidence().figures().orElseThrow().gap())
        .contains(new LogGap.Unread(LogGap.Reason.QUOTA));
  }

  @Test
  void messagesAreToldRedactedInTheThreadAndStandNowhereElse() throws IOException {
    scene = Scene.open(folder, "messages: true");
    for (int i = 0; i < 5; i++) {
      scene
          .sandbox()
          .logging()
          .stderrTraceback(
              Instant.now(),
              "k-back",
              scene.sandbox().sickRevision(),
              """
              Traceback (most recent call last):
                File "/app/k_back/mail.py", line 9, in send
                  raise Refused(to)
              k_back.mail.Refused: no box for aiko.sato@example.co.jp
              """);
    }
    Post offer = pressed();

    Post open = scene.open(offer);

    scene.until(
        "the messages in the thread",
        () ->
            scene.sandbox().workspace().thread(open.ts()).stream()
                .map(scene::words)
                .anyMatch(
                    words -> words.contains("Refused k_back/mail.py send: no box for [mail]")));
    assertThat(scene.sandbox().workspace().all())
        .noneMatch(post -> scene.words(post).contains("aiko.sato@"));
    assertThat(scene.words(open)).doesNotContain("no box for");
    assertThat(scene.sandbox().journalHolds("no box for")).isFalse();
    assertThat(scene.writtenLogs()).isNotEmpty().noneMatch(entry -> entry.contains("no box for"));
  }

  private Post pressed() {
    Post offer = scene.offer();
    scene.presses(AIKO, offer, "roll_back");
    return offer;
  }
}
