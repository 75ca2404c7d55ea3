package dev.rollbackbot.scenario;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.ListRevisionsRequest;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.protobuf.FieldMask;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.sandbox.cloudrun.Call;
import dev.rollbackbot.sandbox.slack.Post;
import dev.rollbackbot.sandbox.slack.Widget;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollbacks for which a revision is made, and those for which one has gone. */
final class RedeployTest {
  private static final String KEN = "ken@example.com";

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
  void aTargetThatCannotStartMeetsNobodyAndTheTemplateComesBack() {
    RevisionTemplate before = service().getTemplate();
    breakImageOf(scene.sandbox().undeployedCommit());
    Post offer = offered(scene.sandbox().undeployedCommit());

    scene.presses(AIKO, offer, "roll_back");

    Post failed = scene.becomes(offer, post -> has(post, "restore"));
    assertThat(scene.words(failed)).contains("Failed", "failed to start and listen");
    assertThat(scene.sandbox().routed()).isEqualTo(Map.of(scene.sandbox().sickRevision(), 100));
    assertThat(scene.sandbox().followsLatest()).as("LATEST means the old code now").isFalse();
    scene.sandbox().noTagLeft();

    scene.sandbox().newestCodeSick(false);
    scene.presses(BEN, failed, "restore");

    scene.until("LATEST", scene.sandbox()::followsLatest);
    scene.until("its end", () -> scene.journal().ending() == Ending.RETURNED);
    RevisionTemplate after = service().getTemplate();
    assertThat(bare(after)).isEqualTo(bare(before));
    assertThat(scene.sandbox().routed()).containsOnlyKeys(after.getRevision());
    scene.sandbox().noTagLeft();
  }

  @Test
  void aLostAnswerMakesOneRevision() {
    Post offer = offered(scene.sandbox().goodCommit() + " --route redeploy");
    scene.cloudRunFaults().loseNextAnswers(Call.UPDATE_SERVICE, 1);

    scene.presses(AIKO, offer, "roll_back");

    endsVerified(offer);
    assertThat(made()).hasSize(1);
  }

  @Test
  void aTemplateThatSomebodyChangedIsNotRedeployedUnseen() {
    pinTo(scene.sandbox().sickRevision());
    Post offer = offered(scene.sandbox().goodCommit() + " --route redeploy");
    var _ =
        scene.sandbox().model().gcloud(KEN).updateEnvironment(Scene.SERVICE, "BATCH_SIZE", "900");

    scene.presses(AIKO, offer, "roll_back");

    scene.told(AIKO, "The service changed meanwhile");
    assertThat(made()).isEmpty();
    Post anew = scene.becomes(offer, post -> post.edits() > 0 && has(post, "roll_back"));
    scene.presses(AIKO, anew, "roll_back");
    endsVerified(offer);
    assertThat(service().getTemplate().getContainers(0).getEnvList().toString()).contains("900");
  }

  @Test
  void whereTerraformAppliesTheServiceTheRevisionHasThePlatformsName() {
    var _ =
        scene
            .sandbox()
            .model()
            .updateService(
                UpdateServiceRequest.newBuilder()
                    .setService(Service.newBuilder().setName(Scene.SERVICE).setClient("terraform"))
                    .setUpdateMask(FieldMask.newBuilder().addPaths("client"))
                    .build(),
                "terraform@example.com");
    Post offer = offered(scene.sandbox().goodCommit() + " --route redeploy");

    scene.presses(AIKO, offer, "roll_back");

    endsVerified(offer);
    assertThat(service().getTemplate().getRevision()).isEmpty();
    assertThat(made()).hasSize(1).allMatch(name -> name.matches("k-back-\\d{5}-[a-z]{3}"));
    assertThat(scene.sandbox().routed()).containsOnlyKeys(made().getFirst());
  }

  @Test
  void aNewestRevisionThatFailsThroughoutIsInNobodysWay() {
    breakImageOf(scene.sandbox().undeployedCommit());
    deploy(scene.sandbox().undeployedCommit());
    scene.until("a failed deploy", () -> !service().getReconciling());

    Post offer = offered(scene.sandbox().goodCommit() + " --route redeploy");
    scene.presses(AIKO, offer, "roll_back");

    endsVerified(offer);
    scene.presses(AIKO, scene.becomes(offer, post -> has(post, "undo")), "undo");
    scene.until("its end", () -> scene.journal().ending() == Ending.UNDONE);
    assertThat(scene.sandbox().routed()).isEqualTo(Map.of(scene.sandbox().sickRevision(), 100));
  }

  @Test
  void twoHundredTagsOfOthersStay() {
    Set<String> tags =
        IntStream.range(0, 200).mapToObj("preview-%03d"::formatted).collect(Collectors.toSet());
    var targets = new ArrayList<TrafficTarget>();
    tags.forEach(tag -> targets.add(to(scene.sandbox().goodRevision(), 0, tag)));
    targets.add(
        TrafficTarget.newBuilder()
            .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST)
            .setPercent(100)
            .build());
    var _ = scene.sandbox().model().gcloud(KEN).updateTraffic(Scene.SERVICE, targets);

    Post offer = offered(scene.sandbox().goodCommit() + " --route redeploy");
    scene.presses(AIKO, offer, "roll_back");

    Post open = scene.becomes(offer, post -> has(post, "restore"));
    assertThat(scene.words(open)).contains("Verified");
    assertThat(
            service().getTrafficList().stream()
                .map(TrafficTarget::getTag)
                .filter(tag -> !tag.isEmpty()))
        .containsExactlyInAnyOrderElementsOf(tags);
  }

  @Test
  void aRevisionThatIsDeletedBetweenTagAndSwitchMeetsNobody() {
    Post offer = scene.offer();
    scene.presses(AIKO, offer, "roll_back");
    scene.until("the accept-write", scene.sandbox()::journalWritten);
    scene.bot().killWorker();
    if (scene.journal().state() == JobState.PREPARING) {
      pinTo(scene.sandbox().sickRevision());
      scene.until("the tag is off", () -> !scene.sandbox().routed().isEmpty());
      scene.until(
          "the revision is deleted",
          () -> deleted(Scene.SERVICE + "/revisions/" + scene.sandbox().goodRevision()));
    }
    scene.bot().startWorker();

    Post failed = scene.becomes(offer, post -> scene.words(post).contains("Failed"));
    assertThat(scene.words(failed)).contains("the revision was deleted");
    assertThat(scene.sandbox().routed()).isEqualTo(Map.of(scene.sandbox().sickRevision(), 100));
  }

  // --- what is done, and what is so ---

  private Post offered(String typed) {
    scene.types(AIKO, typed);
    return scene.card("roll_back");
  }

  private void endsVerified(Post offer) {
    Post open = scene.becomes(offer, post -> has(post, "restore"));
    assertThat(scene.words(open)).contains("Verified");
    assertThat(scene.journal().ending()).isEqualTo(Ending.VERIFIED);
    scene.sandbox().noTagLeft();
  }

  private static boolean has(Post post, String action) {
    return Widget.all(post).stream().anyMatch(w -> w.actionId().startsWith(action));
  }

  private void breakImageOf(String commit) {
    var sandbox = scene.sandbox();
    sandbox
        .model()
        .breakImage(
            sandbox.registry().runnableDigest(sandbox.demo().image() + ":" + commit).orElseThrow());
  }

  private void deploy(String commit) {
    var _ =
        scene
            .sandbox()
            .model()
            .gcloud(KEN)
            .deploy(Scene.SERVICE, scene.sandbox().demo().image() + ":" + commit, Map.of());
  }

  private void pinTo(String revision) {
    var _ =
        scene
            .sandbox()
            .model()
            .gcloud(KEN)
            .updateTraffic(Scene.SERVICE, List.of(to(revision, 100, "")));
  }

  private boolean deleted(String revision) {
    try {
      scene.sandbox().model().gcloud(KEN).deleteRevision(revision);
      return true;
    } catch (StatusRuntimeException e) {
      // Its tag still routes.
      return false;
    }
  }

  private static TrafficTarget to(String revision, int percent, String tag) {
    return TrafficTarget.newBuilder()
        .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
        .setRevision(revision)
        .setPercent(percent)
        .setTag(tag)
        .build();
  }

  private Service service() {
    return scene
        .sandbox()
        .model()
        .getService(GetServiceRequest.newBuilder().setName(Scene.SERVICE).build());
  }

  /** Short names of the revisions that the bot made. */
  private List<String> made() {
    return scene
        .sandbox()
        .model()
        .listRevisions(ListRevisionsRequest.newBuilder().setParent(Scene.SERVICE).build())
        .getRevisionsList()
        .stream()
        .filter(r -> r.containsLabels("rollback-bot-made-as"))
        .map(Revision::getName)
        .map(name -> name.substring(name.lastIndexOf('/') + 1))
        .toList();
  }

  /** Without what names the revision; the image comes back by its child's digest. */
  private static RevisionTemplate bare(RevisionTemplate template) {
    RevisionTemplate.Builder bare = template.toBuilder().clearRevision();
    bare.removeLabels("rollback-bot-made-as").getContainersBuilder(0).clearImage();
    return bare.build();
  }
}
