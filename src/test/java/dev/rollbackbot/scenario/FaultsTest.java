package dev.rollbackbot.scenario;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BEN;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BOT_USER;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.INCIDENTS;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.K_BACK;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.sandbox.Sandbox;
import dev.rollbackbot.sandbox.cloudrun.Call;
import dev.rollbackbot.sandbox.git.DemoCommit;
import dev.rollbackbot.sandbox.registry.Push;
import dev.rollbackbot.sandbox.registry.Pushed;
import dev.rollbackbot.sandbox.slack.Faults.Fault;
import dev.rollbackbot.sandbox.slack.Post;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rollback whose neighbours misbehave still happens once, and its card tells the truth. */
final class FaultsTest {
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
  void aSecondClickOnAUsedOfferIsToldWhoApproved() {
    Post offer = scene.offer();
    scene.presses(AIKO, offer, "roll_back");
    scene.until("the accept-write", scene.sandbox()::journalWritten);

    scene.presses(BEN, offer, "roll_back");

    scene.told(BEN, "Aiko already approved this offer");
    endsVerifiedOnce(offer);
    assertThat(scene.journal().actors().approver()).isEqualTo(AIKO);
  }

  @Test
  void twoPeopleWhoClickAtOnceStartOneRollback() {
    Post offer = scene.offer();

    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      var aiko =
          CompletableFuture.supplyAsync(() -> scene.presses(AIKO, offer, "roll_back"), people);
      var ben = CompletableFuture.supplyAsync(() -> scene.presses(BEN, offer, "roll_back"), people);
      CompletableFuture.allOf(aiko, ben).orTimeout(10, SECONDS).join();
    }

    endsVerifiedOnce(offer);
    assertThat(scene.timesTold(AIKO, "You approved") + scene.timesTold(BEN, "You approved"))
        .isEqualTo(1);
  }

  @Test
  void anAcceptWriteThatCloudRunAbortsIsMadeAgain() {
    Post offer = scene.offer();
    scene.cloudRunFaults().failNext(Call.UPDATE_SERVICE, Status.ABORTED, 1);

    scene.presses(AIKO, offer, "roll_back");

    endsVerifiedOnce(offer);
  }

  @Test
  void anAcceptWriteWhileCloudRunIsUnavailableIsMadeAgain() {
    Post offer = scene.offer();
    scene.cloudRunFaults().failNext(Call.UPDATE_SERVICE, Status.UNAVAILABLE, 1);

    scene.presses(AIKO, offer, "roll_back");

    endsVerifiedOnce(offer);
  }

  @Test
  void anAcceptWriteWhoseAnswerIsLostIsNotMadeTwice() {
    Post offer = scene.offer();
    scene.cloudRunFaults().loseNextAnswers(Call.UPDATE_SERVICE, 1);

    scene.presses(AIKO, offer, "roll_back");

    endsVerifiedOnce(offer);
  }

  @Test
  void anOperationThatNeverEndsHoldsNothingUp() {
    Post offer = scene.offer();
    scene.cloudRunFaults().endlessOperations(true);

    scene.presses(AIKO, offer, "roll_back");

    endsVerifiedOnce(offer);
  }

  @Test
  void logsThatCannotBeReadProveNothing() {
    scene.sandbox().logging().faults().refuse("ListLogEntries", Status.PERMISSION_DENIED);
    Post offer = scene.offer();

    scene.presses(AIKO, offer, "roll_back");

    Post open = scene.open(offer);
    assertThat(scene.words(open)).contains("Not proven").doesNotContain("Verified");
    assertThat(scene.sandbox().routed()).isEqualTo(scene.wellUsers());
  }

  @Test
  void slackThatAnswersNonsenseDoesNotStopTheRollback() {
    Post offer = scene.offer();
    scene.slackFaults().next("chat.update", 2, new Fault.ServerError());
    scene.slackFaults().next("chat.update", 1, new Fault.RateLimited(Duration.ofSeconds(1)));
    scene.slackFaults().next("chat.update", 1, new Fault.InvalidBlocks());

    scene.presses(AIKO, offer, "roll_back");

    endsVerifiedOnce(offer);
  }

  @Test
  void aCardThatMissedTheWholeRollbackEndsRightWhenSlackIsBack() {
    Post offer = scene.offer();
    scene.presses(AIKO, offer, "roll_back");
    scene.until("the accept-write", scene.sandbox()::journalWritten);

    scene.slackFaults().outage(true);
    scene.until("users on the old code", () -> scene.sandbox().routed().equals(scene.wellUsers()));
    scene.until("its end", () -> scene.journal().state().atRest());
    scene.slackFaults().outage(false);

    endsVerifiedOnce(offer);
  }

  @Test
  void aCommandThatIsDeliveredTwiceIsAnsweredWithOneCard() {
    scene.sandbox().pubsub().deliverTwice(true);
    scene.types(AIKO, scene.sandbox().goodCommit());
    scene.untilSettled(2);
    scene.sandbox().pubsub().deliverTwice(false);
    List<Post> cards = scene.cards("roll_back");

    scene.presses(AIKO, cards.getFirst(), "roll_back");

    assertThat(cards).hasSize(1);
    endsVerifiedOnce(cards.getFirst());
  }

  @Test
  void aCardThatSlackDidNotTakeIsPostedByTheNextDelivery() {
    scene.slackFaults().next("chat.postMessage", 1, new Fault.ServerError());

    Post offer = scene.offer();

    assertThat(scene.cards("roll_back")).hasSize(1);
    assertThat(scene.timesTold(AIKO, "Cloud Run")).isZero();
    scene.presses(AIKO, offer, "roll_back");
    endsVerifiedOnce(offer);
  }

  @Test
  void aChannelTheBotIsNotInIsSaidToBeSlacksRefusal() {
    scene.sandbox().workspace().leave(K_BACK, BOT_USER);

    scene.types(AIKO, scene.sandbox().goodCommit());

    assertThat(scene.told(AIKO, "Slack refused", "not_in_channel", "Invite the bot"))
        .doesNotContain("Cloud Run");
    scene.untilSettled(1);
  }

  @Test
  void aClickThatIsDeliveredTwiceStartsOneRollback() {
    Post offer = scene.offer();
    scene.sandbox().pubsub().deliverTwice(true);

    scene.presses(AIKO, offer, "roll_back");

    endsVerifiedOnce(offer);
    assertThat(scene.timesTold(AIKO, "You approved")).isEqualTo(1);
  }

  @Test
  void aCommitSubjectThatShoutsIsShownAsItIsWritten() {
    Sandbox sandbox = scene.sandbox();
    DemoCommit shouting =
        sandbox.git().commits().stream()
            .filter(commit -> commit.subject().contains("<!channel>"))
            .findFirst()
            .orElseThrow();
    String image = sandbox.demo().image();
    Pushed pushed =
        sandbox
            .registry()
            .push(
                new Push(
                    image,
                    shouting.sha(),
                    List.of(shouting.shortSha()),
                    Instant.now(),
                    Push.Layout.BUILDX));
    var _ =
        sandbox
            .model()
            .gcloud("dev@example.com")
            .deploy(
                Scene.SERVICE, image + "@" + pushed.digest(), Map.of("commit-sha", shouting.sha()));
    scene.until(
        "users on the branch's code",
        () -> !sandbox.routed().equals(Map.of(sandbox.sickRevision(), 100)));

    Post offer = scene.offer();

    assertThat(offer.blocks().toString()).contains("&lt;!channel&gt;");
    assertThat(sandbox.workspace().messages(K_BACK))
        .noneMatch(post -> (post.text() + post.blocks()).contains("<!channel>"));
  }

  /** Verified, with the three ways on; one rollback, and one message in the incident channel. */
  private void endsVerifiedOnce(Post offer) {
    Post open = scene.open(offer);
    assertThat(scene.words(open)).contains("Verified");
    assertThat(scene.sandbox().routed()).isEqualTo(scene.wellUsers());
    assertThat(scene.journal().ending()).isEqualTo(Ending.VERIFIED);
    assertThat(scene.journal().accepted()).hasSize(1);
    assertThat(scene.sandbox().workspace().messages(INCIDENTS)).hasSizeLessThanOrEqualTo(1);
    scene.sandbox().noTagLeft();
  }
}
