package dev.rollbackbot.sandbox.story;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BEN;

import dev.rollbackbot.sandbox.slack.Post;
import java.util.Map;

/** Stories in which others write the service as well. */
final class OtherHandsStories {
  private OtherHandsStories() {}

  /** A deploy that gets no users because of the pin is announced. */
  static void pinnedDeploy(Stage stage) {
    var _ = RollbackStories.rolledBack(stage);
    String mended = stage.sandbox().deployMended();
    stage.says("deploy: " + mended);
    var _ = RollbackStories.pinnedLine(stage, mended);
    stage.usersAreOn(Map.of(stage.sandbox().goodRevision(), 100));
    RollbackStories.followsLatest(stage, false);
  }

  /** A deploy script clears the pin, of an open rollback and of one that was kept. */
  static void movedBack(Stage stage) {
    Post open = RollbackStories.rolledBack(stage);
    stage.says("script: update-traffic --to-latest");
    stage.sandbox().scriptMovesToLatest();
    stage.ends(open, 2);
    stage.usersAreOn(Map.of(stage.sandbox().sickRevision(), 100));
    stage.sameCard(
        open,
        "the card that only plans anew",
        post -> Stage.has(post, "plan") && !Stage.has(post, "keep") && !Stage.has(post, "undo"));

    Post again = RollbackStories.rolledBack(stage);
    stage.presses(BEN, again, "keep");
    stage.sameCard(
        again, "the kept card", post -> Stage.has(post, "newest") && !Stage.has(post, "keep"));
    stage.says("script: update-traffic --to-latest");
    stage.sandbox().scriptMovesToLatest();
    Post told =
        stage.cardWith("plan", post -> (post.text() + post.blocks()).contains("cloud-build@"));
    stage.presses(AIKO, told, "plan");
    var _ = stage.cardWith("roll_back", post -> !post.ts().equals(open.ts()));
    stage.usersAreOn(Map.of(stage.sandbox().sickRevision(), 100));
  }

  /** {@code services replace} wipes record and traffic: the bot says so and writes nothing more. */
  static void overwritten(Stage stage) {
    Post open = RollbackStories.rolledBack(stage);
    stage.says("Taro: gcloud run services replace service.yaml");
    stage.sandbox().replaceFromFile();
    stage.sameCard(
        open,
        "the card that says the record is lost",
        post -> Stage.noButtons().test(post) && post.blocks().toString().contains("taro@"));
    stage.ends(open, 2);
    stage.usersAreOn(Map.of(stage.sandbox().sickRevision(), 100));
    if (stage.sandbox().journalWritten()) {
      throw new StoryFailed("the bot wrote although its record was wiped");
    }
    Post again = RollbackStories.rolledBack(stage);
    stage.presses(BEN, again, "keep");
    stage.sameCard(
        again, "the kept card", post -> Stage.has(post, "newest") && !Stage.has(post, "keep"));
  }
}
