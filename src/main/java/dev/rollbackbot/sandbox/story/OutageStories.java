package dev.rollbackbot.sandbox.story;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;

import dev.rollbackbot.sandbox.slack.Post;
import java.time.Duration;
import java.util.Map;

/** Stories in which a neighbour is away. */
final class OutageStories {
  private OutageStories() {}

  /** Slack is away during the whole rollback: it goes on, and the card ends right. */
  static void slackDown(Stage stage) {
    stage.types(AIKO, "/rollback " + stage.sandbox().goodCommit());
    Post offer = stage.cardWith("roll_back");
    stage.presses(AIKO, offer, "roll_back");
    stage.until("the accept-write", () -> stage.sandbox().journalWritten());
    stage.sandbox().slackServer().faults().outage(true);
    stage.says("Slack: 503");
    stage.usersAreOn(Map.of(stage.sandbox().goodRevision(), 100));
    stage.until("its end", () -> stage.sandbox().journalHolds("VERIFIED"));
    stage.sandbox().slackServer().faults().outage(false);
    stage.says("Slack: 200");
    Post open = stage.sameCard(offer, "the open card", Stage.buttons("keep", "undo", "newest"));
    stage.ends(open, 1);
    stage.showThread(open);
    stage.usersAreWell();
  }

  /** Logs come too late to tell how users fare: said, and silence is not called good. */
  static void logsLate(Stage stage) {
    stage.types(AIKO, "/rollback " + stage.sandbox().goodCommit());
    Post offer = stage.cardWith("roll_back");
    stage.presses(AIKO, offer, "roll_back");
    stage.usersAreOn(Map.of(stage.sandbox().goodRevision(), 100));
    stage.sandbox().logging().ingestionDelay(Duration.ofMinutes(1));
    stage.says("Cloud Logging: + 1 min");
    Post open = stage.sameCard(offer, "the open card", Stage.buttons("keep", "undo", "newest"));
    stage.ends(open, 1);
    stage.showThread(open);
    if (!stage.sandbox().journalHolds("UNPROVEN") || !stage.sandbox().journalHolds("LATE")) {
      throw new StoryFailed("a rollback whose logs did not come should be unproven");
    }
    stage.usersAreWell();
  }
}
