package dev.rollbackbot.sandbox.story;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BEN;

import dev.rollbackbot.sandbox.BotProcesses;
import dev.rollbackbot.sandbox.slack.Post;
import java.util.Map;

/** Stories in which two people must agree. */
final class TwoPeopleStories {
  private TwoPeopleStories() {}

  /** Two people must agree: who asked cannot say yes, on the way there and on the way back. */
  static void fourEyes(Stage stage) {
    stage.types(AIKO, "/rollback " + stage.sandbox().goodCommit());
    Post offer = stage.cardWith("roll_back");
    stage.presses(AIKO, offer, "roll_back");
    stage.told(AIKO, "SECOND_PERSON_NEEDED");
    stage.usersAreOn(Map.of(stage.sandbox().sickRevision(), 100));
    stage.presses(BEN, offer, "roll_back");
    Post open = stage.sameCard(offer, "the open card", Stage.buttons("keep", "undo", "newest"));
    stage.usersAreOn(Map.of(stage.sandbox().goodRevision(), 100));
    stage.direct(BEN);
    stage.presses(BEN, open, "undo");
    Post undo = stage.cardWith("act");
    stage.presses(BEN, undo, "act");
    stage.told(BEN, "SECOND_PERSON_NEEDED");
    stage.usersAreOn(Map.of(stage.sandbox().goodRevision(), 100));
    stage.presses(AIKO, undo, "act");
    stage.sameCard(undo, "the undo approved", Stage.noButtons());
    stage.ends(open, 2);
    stage.usersAreOn(Map.of(stage.sandbox().sickRevision(), 100));
  }

  /** Two people must agree, and only one is awake: alone, with the reason said to everybody. */
  static void alone(Stage stage, BotProcesses bot) {
    String reason = "nobody else is awake";
    stage.types(
        AIKO, "/rollback %s --alone \"%s\"".formatted(stage.sandbox().goodCommit(), reason));
    Post offer = stage.cardWith("roll_back", post -> post.blocks().toString().contains(reason));
    stage.presses(AIKO, offer, "roll_back");
    Post open = stage.sameCard(offer, "the open card", Stage.buttons("keep", "undo", "newest"));
    stage.usersAreOn(Map.of(stage.sandbox().goodRevision(), 100));
    stage.usersAreWell();
    stage.direct(AIKO);
    stage.presses(AIKO, open, "keep");
    stage.sameCard(
        open, "the kept card", post -> Stage.has(post, "newest") && !Stage.has(post, "keep"));
    new Shell(stage, bot).types(3, "newest", "--yes");
    stage.types(AIKO, "/rollback newest --alone \"%s\"".formatted(reason));
    Post newest = stage.cardWith("act", post -> post.blocks().toString().contains(reason));
    stage.presses(AIKO, newest, "act");
    stage.sameCard(newest, "the return approved", Stage.noButtons());
  }
}
