package dev.rollbackbot.scenario;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BEN;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.CHIKA;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.K_BACK;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.ON_CALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.sandbox.slack.Post;
import dev.rollbackbot.sandbox.slack.Widget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may say yes: a second person, an approver, a member of a group; and who may not. */
final class TwoPeopleTest {
  @TempDir private Path folder = Path.of("");
  private @Nullable Scene opened;

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  private Scene scene(String changes) throws IOException {
    Scene scene = Scene.open(folder, changes);
    opened = scene;
    return scene;
  }

  @Test
  void whoAskedWaitsForAnotherWhoIsToldDirectly() throws IOException {
    Scene scene = scene("policy: four_eyes");
    Post offer = scene.offer();

    scene.presses(AIKO, offer, "roll_back");
    scene.told(AIKO, "wants two people", "anybody else in this channel", "--alone");
    scene.presses(CHIKA, offer, "roll_back");
    scene.told(CHIKA, "cannot do this");
    assertThat(scene.untouched()).isTrue();

    scene.presses(BEN, offer, "roll_back");
    scene.toldDirectly(BEN, "You approved", "Not you?", "/rollback stop k-back");
    scene.open(offer);
    assertThat(scene.journal().actors().requester()).isEqualTo(AIKO);
    assertThat(scene.journal().actors().approver()).isEqualTo(BEN);
  }

  @Test
  void aloneIsSaidToEverybodyAndStopAndKeepNeedNobody() throws IOException {
    Scene scene = scene("policy: four_eyes");
    scene.types(AIKO, scene.sandbox().goodCommit() + " --alone \"nobody is awake\"");
    Post offer = scene.card("roll_back");
    assertThat(scene.words(offer)).contains("without a second person", "nobody is awake");

    scene.presses(AIKO, offer, "roll_back");
    Post open = scene.open(offer);
    assertThat(scene.words(open)).contains("Reason: nobody is awake");
    scene.presses(AIKO, open, "keep");

    scene.told(AIKO, "kept");
    assertThat(scene.journal().ending()).isEqualTo(Ending.KEPT);
  }

  @Test
  void aPressOnUndoOnlyAsksAndAnotherPersonUndoes() throws IOException {
    Scene scene = scene("policy: four_eyes");
    Post offer = scene.offer();
    scene.presses(BEN, offer, "roll_back");
    Post open = scene.open(offer);

    scene.presses(BEN, open, "undo");
    Post asked = scene.card("act");
    assertThat(scene.words(asked)).contains("Asked by @Ben", "Undo, back to");
    scene.presses(BEN, asked, "act");
    scene.told(BEN, "wants two people", "/rollback undo --alone");
    assertThat(scene.sandbox().routed()).isEqualTo(scene.wellUsers());

    scene.presses(AIKO, asked, "act");
    Post taken = scene.becomes(asked, post -> Widget.all(post).isEmpty());
    assertThat(scene.words(taken)).contains("Asked by @Ben, approved by @Aiko");
    scene.toldDirectly(AIKO, "You approved", "Moving all users back");
    scene.until("its end", () -> scene.journal().state() == JobState.CLOSED);
    assertThat(scene.journal().ending()).isEqualTo(Ending.UNDONE);
    assertThat(scene.journal().actors().closer()).contains(AIKO);
    assertThat(scene.sandbox().followsLatest()).isTrue();
  }

  @Test
  void aTypedUndoIsOfferedInTheChannelAndIsUsedOnce() throws IOException {
    Scene scene = scene("policy: confirm");
    Post offer = scene.offer();
    scene.presses(AIKO, offer, "roll_back");
    scene.open(offer);

    scene.types(AIKO, "undo");
    Post asked = scene.card("act");
    scene.presses(AIKO, asked, "act");
    scene.until("its end", () -> scene.journal().state() == JobState.CLOSED);
    scene.presses(BEN, asked, "act");

    scene.told(BEN, "Aiko already approved this offer");
    assertThat(scene.journal().ending()).isEqualTo(Ending.UNDONE);
  }

  @Test
  void membersOfAGroupMayApproveAndNobodyElse() throws IOException {
    Scene scene = scene("approvers: [" + ON_CALL + "]");
    scene.sandbox().workspace().addGroup(ON_CALL, List.of(BEN));
    Post offer = scene.offer();

    scene.presses(AIKO, offer, "roll_back");
    scene.told(AIKO, "You are not an approver", "Ben");
    assertThat(scene.untouched()).isTrue();

    scene.presses(BEN, offer, "roll_back");
    scene.open(offer);
  }

  @Test
  void aGroupThatIsNotThereLetsNobodyIn() throws IOException {
    Scene scene = scene("approvers: [S0NOBODY001]");
    Post offer = scene.offer();

    scene.presses(AIKO, offer, "roll_back");

    scene.told(AIKO, "Slack refused", "usergroups.users.list", "no_such_subteam");
    assertThat(scene.untouched()).isTrue();
  }

  @Test
  void approvalsThatAreOffLeaveStopAndKeep() throws IOException {
    Scene scene = scene("approvals: false");
    Post offer = scene.offer();

    scene.presses(AIKO, offer, "roll_back");

    scene.told(AIKO, "Approvals from Slack are switched off");
    assertThat(scene.untouched()).isTrue();
  }

  @Test
  void oneWhoAsksTooOftenIsToldSoAndOthersAreServed() throws IOException {
    Scene scene = scene("requestsPerMinute: 2");
    scene.types(AIKO, "status");
    scene.types(AIKO, "status");

    assertThat(scene.types(AIKO, "status").body()).contains("more than 2 in a minute");
    // Mentions are the worker's to count.
    scene.says(AIKO, "@Rollback Bot status", Optional.empty());
    scene.told(AIKO, "more than 2 in a minute");
    scene.types(BEN, "status");
    scene.told(BEN, "Follows newest");
  }

  @Test
  void aMentionInAThreadDoesWhatTheCommandDoes() throws IOException {
    Scene scene = scene("policy: confirm");
    scene.says(AIKO, "k-back is down", Optional.empty());
    Post thread = scene.sandbox().workspace().latest(K_BACK).orElseThrow();

    scene.says(AIKO, "@Rollback Bot status", Optional.of(thread.ts()));
    scene.told(AIKO, "Follows newest");
    scene.says(BEN, "@Rollback Bot " + scene.sandbox().goodCommit(), Optional.of(thread.ts()));
    Post offer = scene.card("roll_back");
    assertThat(scene.words(offer)).contains("Asked by @Ben");
    scene.says(BEN, "@Rollback Bot statsu", Optional.of(thread.ts()));
    scene.told(BEN, "neither a command nor a target", "/rollback status");

    assertThat(scene.sandbox().routed()).isEqualTo(Map.of(scene.sandbox().sickRevision(), 100));
  }
}
