package dev.rollbackbot.sandbox.story;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BEN;

import dev.rollbackbot.sandbox.Sandbox;
import dev.rollbackbot.sandbox.slack.Post;
import java.util.List;
import java.util.Map;

/** Stories in which no revision, no image or no commit is there to go back to. */
final class RedeployStories {
  private RedeployStories() {}

  /** The image is there, the revision is not: one is made; undone, users keep names. */
  static void redeploy(Stage stage) {
    Sandbox sandbox = stage.sandbox();
    String commit = sandbox.undeployedCommit();
    stage.types(AIKO, "/rollback " + commit);
    Post open = redeployed(stage, commit);
    stage.usersAreWell();
    if (!sandbox.templateRuns(commit)) {
      throw new StoryFailed("the template should hold the image of " + commit);
    }
    stage.presses(AIKO, open, "undo");
    stage.sameCard(open, "the undone card", post -> only(post, "restore"));
    stage.usersAreOn(Map.of(sandbox.sickRevision(), 100));
    sandbox.noTagLeft();
  }

  /** Once the cause is mended, the template comes back, is followed, and deploys reach users. */
  static void restoreTemplate(Stage stage) {
    Sandbox sandbox = stage.sandbox();
    stage.types(AIKO, "/rollback " + sandbox.goodCommit() + " --route redeploy");
    Post open = redeployed(stage, sandbox.goodCommit());
    sandbox.newestCodeSick(false);
    stage.says("the cause is mended: the code of before is well again");
    stage.presses(BEN, open, "restore");
    stage.ends(open, 2);
    stage.until("LATEST", sandbox::followsLatest);
    sandbox.noTagLeft();
    if (sandbox.templateRuns(sandbox.goodCommit())
        || sandbox.routed().containsKey(sandbox.sickRevision())) {
      throw new StoryFailed("users should be on a new revision of the old template");
    }
    String mended = sandbox.deployMended();
    stage.says("deploy: " + mended);
    stage.usersAreOn(Map.of(mended, 100));
    stage.usersAreWell();
  }

  /** The image was cleaned away: said, with what is near and can be restored. */
  static void imageGone(Stage stage) {
    Sandbox sandbox = stage.sandbox();
    stage.types(AIKO, "/rollback " + sandbox.cleanedCommit());
    Post refused =
        stage.await(
            "a refusal that names what is near",
            post ->
                post.privateTo().filter(AIKO::equals).isPresent()
                    && said(post).contains(sandbox.cleanedCommit())
                    && nearest(sandbox).stream().anyMatch(said(post)::contains));
    stage.show(refused);
    if (sandbox.journalWritten()) {
      throw new StoryFailed("nothing should have been written");
    }
    String near =
        nearest(sandbox).stream().filter(said(refused)::contains).findFirst().orElseThrow();
    stage.types(AIKO, "/rollback " + near);
    redeployed(stage, near);
    stage.usersAreWell();
  }

  /** No image says which commit it is: the list names revisions, and the last good one is found. */
  static void latestOnly(Stage stage) {
    Sandbox sandbox = stage.sandbox();
    sandbox.onlyLatest();
    stage.types(AIKO, "/rollback");
    stage.show(
        stage.await(
            "a list that says how commits get known",
            post ->
                post.privateTo().filter(AIKO::equals).isPresent()
                    && said(post).contains("$COMMIT_SHA")));
    stage.types(AIKO, "/rollback " + sandbox.goodCommit());
    stage.show(
        stage.await(
            "a refusal that names the other ways",
            post ->
                post.privateTo().filter(AIKO::equals).isPresent()
                    && said(post).contains("/rollback previous")));
    stage.types(AIKO, "/rollback " + sandbox.goodRevision());
    Post offer = stage.cardWith("roll_back");
    stage.presses(AIKO, offer, "roll_back");
    stage.sameCard(offer, "the open card", Stage.buttons("keep", "undo", "newest"));
    stage.usersAreOn(Map.of(sandbox.goodRevision(), 100));
    stage.usersAreWell();
  }

  private static Post redeployed(Stage stage, String commit) {
    Post offer = stage.cardWith("roll_back", post -> said(post).contains(commit));
    stage.presses(AIKO, offer, "roll_back");
    Post open = stage.sameCard(offer, "the open card", Stage.buttons("keep", "undo", "restore"));
    stage.until(
        "users on one new revision",
        () ->
            stage.sandbox().routed().size() == 1
                && stage.sandbox().routed().keySet().stream().allMatch(r -> r.contains("-rb-")));
    stage.says("users: " + stage.sandbox().routed());
    return open;
  }

  /** Commits around the one whose image is gone. */
  private static List<String> nearest(Sandbox sandbox) {
    return sandbox.git().commits().stream()
        .filter(commit -> commit.onMain() && !commit.shortSha().equals(sandbox.cleanedCommit()))
        .map(commit -> commit.shortSha())
        .toList();
  }

  private static boolean only(Post post, String action) {
    return Stage.has(post, action) && !Stage.has(post, "keep");
  }

  private static String said(Post post) {
    return post.text() + post.blocks();
  }
}
