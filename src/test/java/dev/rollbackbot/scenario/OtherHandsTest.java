package dev.rollbackbot.scenario;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BEN;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.INCIDENTS;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.K_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.sandbox.cloudrun.Gcloud;
import dev.rollbackbot.sandbox.slack.Post;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do to the service is noticed, said once, and never undone behind their back. */
final class OtherHandsTest {
  private static final String KEN = "ken@example.com";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String TAG = "rb-0123abcd";

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
  void aRollbackByGcloudIsAnnouncedOnceByTwoWorkersAndNotAgainAfterARestart() throws Exception {
    try (AutoCloseable _ = scene.bot().anotherWorker()) {
      ken().updateTraffic(Scene.SERVICE, List.of(to(scene.sandbox().goodRevision(), 100)));

      Post told = announced("Rolled back elsewhere");
      assertThat(scene.words(told))
          .contains(
              KEN, "gcloud", scene.sandbox().goodCommit(), "Traffic is pinned", "--to-latest");
      scene.until("the incident channel", () -> incidents("Rolled back elsewhere") == 1);
    }
    scene.bot().killWorker();
    scene.bot().startWorker();
    scene.types(AIKO, "status");
    scene.told(AIKO, "Pinned");

    assertThat(announcements("Rolled back elsewhere")).hasSize(1);
    assertThat(incidents("Rolled back elsewhere")).isEqualTo(1);
    assertThat(scene.sandbox().journalWritten()).isFalse();
  }

  @Test
  void aRollbackWhileNoWorkerRanIsAnnouncedByTheNextOne() {
    scene.bot().killWorker();
    ken().updateTraffic(Scene.SERVICE, List.of(to(scene.sandbox().goodRevision(), 100)));
    scene.bot().startWorker();

    assertThat(scene.words(announced("Rolled back elsewhere"))).contains(KEN);
  }

  @Test
  void aDeployIsEverydayWork() {
    String mended = scene.sandbox().deployMended();
    scene.until("users on it", () -> scene.sandbox().routed().equals(Map.of(mended, 100)));
    ken().updateTraffic(Scene.SERVICE, List.of(to(scene.sandbox().goodRevision(), 100)));

    announced("Rolled back elsewhere");

    assertThat(announcements("elsewhere")).hasSize(1);
  }

  @Test
  void aKeptRollbackTellsOfDeploysThatGetNothingAndOfItsEnd() {
    Post open = scene.open(rolledBack());
    scene.presses(BEN, open, "keep");
    scene.until("kept", () -> scene.journal().ending() == Ending.KEPT);

    String mended = scene.sandbox().deployMended();
    Post starved =
        scene
            .sandbox()
            .workspace()
            .awaitMessage(
                post -> post.threadTs().isPresent() && scene.words(post).contains(mended),
                PATIENCE);
    assertThat(scene.words(starved)).contains("Deploy gets 0 %", "Return to newest");

    ken().updateTrafficToLatest(Scene.SERVICE);
    Post ended = announced("Kept rollback ended");
    assertThat(scene.words(ended)).contains(KEN, "follows the newest");
    assertThat(scene.journal().ending()).isEqualTo(Ending.KEPT);
  }

  @Test
  void aDeployScriptThatEndsAnOpenRollbackIsNamedInItsThread() {
    Post open = scene.open(rolledBack());
    ken().updateTrafficToLatest(Scene.SERVICE);

    scene.until("its end", () -> scene.journal().ending() == Ending.TAKEN_OVER);
    scene.until(
        "the line",
        () ->
            scene.sandbox().workspace().thread(open.ts()).stream()
                .anyMatch(p -> p.broadcast() && scene.words(p).contains(KEN)));
    assertThat(announcements("elsewhere")).isEmpty();
  }

  @Test
  void aTagLeftBehindIsReportedOnceAndAnyApproverRemovesIt() {
    ken()
        .updateTraffic(
            Scene.SERVICE,
            List.of(
                latest(), to(scene.sandbox().goodRevision(), 0).toBuilder().setTag(TAG).build()));

    Post told = announced("Tag left behind");
    assertThat(scene.words(told)).contains(TAG, scene.sandbox().goodRevision(), "No user meets it");
    scene.presses(BEN, told, "remove_tag");

    scene.becomes(told, post -> scene.words(post).contains("Tag removed"));
    scene.sandbox().noTagLeft();
    assertThat(scene.sandbox().followsLatest()).isTrue();
    assertThat(scene.sandbox().journalWritten()).isFalse();
    assertThat(announcements("Tag left behind")).isEmpty();
  }

  @Test
  void aForgedTagButtonDoesNothing() {
    ken()
        .updateTraffic(
            Scene.SERVICE,
            List.of(
                latest(), to(scene.sandbox().goodRevision(), 0).toBuilder().setTag(TAG).build()));
    Post told = announced("Tag left behind");

    scene.pressesAltered(BEN, told, "remove_tag", value -> "A" + value.substring(1));

    scene.told(BEN, "could not be proved");
    assertThat(service().getTrafficList()).anyMatch(t -> t.getTag().equals(TAG));
  }

  @Test
  void anotherBotsRecordIsSaidAndNeverTouched() {
    String record = "{\"v\":1,\"bot\":\"other\"}";
    var _ =
        ken()
            .servicesReplace(
                service().toBuilder().putAnnotations(Journal.ANNOTATION, record).build());

    Post told =
        scene
            .sandbox()
            .workspace()
            .awaitMessage(
                post -> post.channel().equals(K_BACK) && scene.words(post).contains("record"),
                PATIENCE);
    assertThat(scene.words(told)).containsAnyOf("Another bot's record", "Record cannot be read");
    assertThat(service().getAnnotationsMap()).containsEntry(Journal.ANNOTATION, record);
  }

  @Test
  void theOfferNamesABuildThatRunsAndAScriptThatEndsPins() {
    String ci = "ci@demo-project.iam.gserviceaccount.com";
    Gcloud script = scene.sandbox().model().gcloud(ci);
    script.updateTraffic(Scene.SERVICE, List.of(to(scene.sandbox().sickRevision(), 100)));
    script.updateTrafficToLatest(Scene.SERVICE);
    scene
        .sandbox()
        .builds()
        .begin(
            "b-1",
            "global",
            Instant.now(),
            List.of(scene.sandbox().demo().image() + ":abc1234"),
            Map.of("TRIGGER_NAME", "k-back-main", "SHORT_SHA", "abc1234"));

    String offer = scene.words(scene.offer());

    assertThat(offer)
        .contains("A build is running: k-back-main", "abc1234")
        .contains(ci + " let users follow the newest again by itself")
        .contains("gcloud run services update-traffic")
        .contains("served 9 h in all; 30 requests, 0 % 5xx", "an hour or more, few errors");
  }

  @Test
  void theListSaysHowLongEachServedAndWhatProvesIt() {
    scene.open(rolledBack());
    // Its note is written beside the card, not before it.
    scene.until(
        "the note that it was verified",
        () -> scene.writtenLogs().stream().anyMatch(OtherHandsTest::saysVerified));
    scene.types(AIKO, "list");

    String list = scene.told(AIKO, "Restorable commits", scene.sandbox().goodRevision());

    assertThat(list).contains("in all", "requests", "5xx", "verified");
  }

  private static boolean saysVerified(String entry) {
    return entry.contains("rollback-bot-audit") && entry.contains("VERIFIED");
  }

  private Post rolledBack() {
    Post offer = scene.offer();
    scene.presses(AIKO, offer, "roll_back");
    return offer;
  }

  private Gcloud ken() {
    return scene.sandbox().model().gcloud(KEN);
  }

  private Service service() {
    return scene
        .sandbox()
        .model()
        .getService(GetServiceRequest.newBuilder().setName(Scene.SERVICE).build());
  }

  private Post announced(String heading) {
    return scene
        .sandbox()
        .workspace()
        .awaitMessage(
            post ->
                post.channel().equals(K_BACK)
                    && post.threadTs().isEmpty()
                    && scene.words(post).contains(heading),
            PATIENCE);
  }

  private List<Post> announcements(String heading) {
    return scene.sandbox().workspace().messages(K_BACK).stream()
        .filter(post -> scene.words(post).contains(heading))
        .toList();
  }

  private long incidents(String heading) {
    return scene.sandbox().workspace().messages(INCIDENTS).stream()
        .filter(post -> scene.words(post).contains(heading))
        .count();
  }

  private static TrafficTarget to(String revision, int percent) {
    return TrafficTarget.newBuilder()
        .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
        .setRevision(revision)
        .setPercent(percent)
        .build();
  }

  private static TrafficTarget latest() {
    return TrafficTarget.newBuilder()
        .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST)
        .setPercent(100)
        .build();
  }
}
