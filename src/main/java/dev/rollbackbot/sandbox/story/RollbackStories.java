package dev.rollbackbot.sandbox.story;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BEN;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.INCIDENTS;

import dev.rollbackbot.sandbox.BotProcesses;
import dev.rollbackbot.sandbox.slack.Post;
import java.util.List;
import java.util.Map;

/** Stories of one rollback and its way out. */
final class RollbackStories {
  private RollbackStories() {}

  /** From the command to verified, with the report and the way out. */
  static void rollback(Stage stage) {
    stage.usersAreNotWell();
    Post open = rolledBack(stage);
    stage.usersAreWell();
    stage.showThread(open);
    List<Post> told = stage.sandbox().workspace().messages(INCIDENTS);
    if (told.size() != 1) {
      throw new StoryFailed("one message in the incident channel, but there are " + told.size());
    }
    stage.show(told.getFirst());
    stage.presses(BEN, open, "keep");
    stage.sameCard(
        open, "the kept card", post -> Stage.has(post, "newest") && !Stage.has(post, "keep"));
  }

  /** Back to what was there before, LATEST included. */
  static void undo(Stage stage) {
    Post open = rolledBack(stage);
    stage.presses(AIKO, open, "undo");
    stage.ends(open, 2);
    stage.usersAreOn(Map.of(stage.sandbox().sickRevision(), 100));
    followsLatest(stage, true);
  }

  /** A mended build is deployed, gets nothing, and users return to it. */
  static void newest(Stage stage) {
    Post open = rolledBack(stage);
    String mended = stage.sandbox().deployMended();
    stage.says("deploy: " + mended);
    Post told = pinnedLine(stage, mended);
    stage.presses(AIKO, told, "newest");
    stage.ends(open, 3);
    stage.usersAreOn(Map.of(mended, 100));
    stage.usersAreWell();
    followsLatest(stage, true);
  }

  /** The target's revision never started: nobody meets it. */
  static void cannotStart(Stage stage) {
    stage.types(AIKO, "/rollback " + stage.sandbox().cannotStartCommit());
    Post offer = stage.cardWith("roll_back");
    stage.presses(AIKO, offer, "roll_back");
    stage.sameCard(offer, "the card without buttons", Stage.noButtons());
    stage.usersAreOn(Map.of(stage.sandbox().sickRevision(), 100));
    stage.sandbox().noTagLeft();
  }

  /** The old code is as sick: said, not flipped back. */
  static void didNotHelp(Stage stage) {
    stage.sandbox().makeOldCodeSick();
    Post open = rolledBack(stage);
    stage.usersAreNotWell();
    stage.presses(AIKO, open, "undo");
    stage.ends(open, 2);
    stage.usersAreOn(Map.of(stage.sandbox().sickRevision(), 100));
  }

  /** Somebody moves the service between offer and click: nothing runs, the card is planned anew. */
  static void changedMeanwhile(Stage stage) {
    stage.types(AIKO, "/rollback " + stage.sandbox().goodCommit());
    Post offer = stage.cardWith("roll_back");
    String mended = stage.sandbox().deployMended();
    stage.usersAreOn(Map.of(mended, 100));
    stage.presses(BEN, offer, "roll_back");
    Post anew =
        stage.sameCard(
            offer,
            "the card planned anew",
            post -> post.edits() > 0 && Stage.has(post, "roll_back"));
    stage.usersAreOn(Map.of(mended, 100));
    stage.presses(BEN, anew, "roll_back");
    stage.sameCard(offer, "the open card", Stage.buttons("keep", "undo", "newest"));
    stage.usersAreOn(Map.of(stage.sandbox().goodRevision(), 100));
  }

  /** The worker dies right after the approval; the next one carries on. */
  static void workerKilled(Stage stage, BotProcesses bot) {
    stage.types(AIKO, "/rollback " + stage.sandbox().goodCommit());
    Post offer = stage.cardWith("roll_back");
    stage.presses(AIKO, offer, "roll_back");
    stage.until("the accept-write", () -> stage.sandbox().journalWritten());
    bot.killWorker();
    stage.says("SIGKILL worker");
    bot.startWorker();
    stage.sameCard(offer, "the open card", Stage.buttons("keep", "undo", "newest"));
    stage.usersAreOn(Map.of(stage.sandbox().goodRevision(), 100));
    stage.usersAreWell();
  }

  static Post rolledBack(Stage stage) {
    stage.types(AIKO, "/rollback " + stage.sandbox().goodCommit());
    Post offer = stage.cardWith("roll_back");
    stage.presses(AIKO, offer, "roll_back");
    Post open = stage.sameCard(offer, "the open card", Stage.buttons("keep", "undo", "newest"));
    stage.usersAreOn(Map.of(stage.sandbox().goodRevision(), 100));
    return open;
  }

  static Post pinnedLine(Stage stage, String revision) {
    Post told =
        stage.await(
            "the line about " + revision,
            post ->
                post.threadTs().isPresent()
                    && post.broadcast()
                    && (post.text() + post.blocks()).contains(revision));
    stage.show(told);
    return told;
  }

  static void followsLatest(Stage stage, boolean expected) {
    stage.until(
        "traffic that " + (expected ? "follows" : "does not follow") + " LATEST",
        () -> stage.sandbox().followsLatest() == expected);
  }
}
