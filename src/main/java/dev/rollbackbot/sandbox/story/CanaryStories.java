package dev.rollbackbot.sandbox.story;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;

import dev.rollbackbot.sandbox.Sandbox;
import dev.rollbackbot.sandbox.slack.Post;
import dev.rollbackbot.sandbox.slack.Widget;
import java.util.Map;
import java.util.function.Predicate;

/** Stories in which users are moved in steps. */
final class CanaryStories {
  private CanaryStories() {}

  /** Back in steps, somebody asked at each; better where enough users have come to tell. */
  static void canary(Stage stage) {
    Sandbox sandbox = stage.sandbox();
    Post card = started(stage, "/rollback canary " + sandbox.goodCommit());
    Post first = stage.sameCard(card, "the question at 10 %", goesOnTo("50"));
    stage.usersAreOn(Map.of(sandbox.goodRevision(), 10, sandbox.sickRevision(), 90));
    stage.presses(AIKO, first, "go-on");
    Post second = stage.sameCard(card, "the question at 50 %", goesOnTo("100"));
    stage.usersAreOn(Map.of(sandbox.goodRevision(), 50, sandbox.sickRevision(), 50));
    stage.presses(AIKO, second, "go-on");
    Post open = stage.sameCard(card, "the open card", Stage.buttons("keep", "undo", "newest"));
    stage.usersAreOn(Map.of(sandbox.goodRevision(), 100));
    stage.usersAreWell();
    stage.showThread(open);
  }

  private static Post started(Stage stage, String command) {
    stage.types(AIKO, command);
    Post offer = stage.cardWith("roll_back");
    stage.presses(AIKO, offer, "roll_back");
    return offer;
  }

  private static Predicate<Post> goesOnTo(String percent) {
    return post ->
        Widget.all(post).stream()
            .anyMatch(w -> w.actionId().startsWith("go-on") && w.label().contains(percent + " %"));
  }
}
