package dev.rollbackbot.sandbox.story;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BEN;

import dev.rollbackbot.sandbox.BotProcesses;
import dev.rollbackbot.sandbox.Manner;
import dev.rollbackbot.sandbox.Sandbox;
import dev.rollbackbot.sandbox.slack.Post;
import dev.rollbackbot.sandbox.slack.Widget;
import java.util.Map;
import java.util.function.Predicate;

/** Stories in which users are moved in steps. */
final class CanaryStories {
  private static final int BUSY = 60;

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

  /** Forward to a build that nobody has met: it fails users, so they go back by themselves. */
  static void worse(Stage stage) {
    Sandbox sandbox = stage.sandbox();
    sandbox.newestCodeSick(false);
    String unseen = sandbox.deployUnseen();
    sandbox.code(sandbox.hotfixCommit(), Manner.THIRD_FAILS);
    stage.says("deploy --no-traffic: " + unseen);
    busy(stage);
    Post card = started(stage, "/rollback canary " + unseen);
    Post back = stage.sameCard(card, "the card that says it went back", CanaryStories::hasEnded);
    stage.usersAreOn(Map.of(sandbox.sickRevision(), 100));
    ended(stage, "REVERTED");
    stage.usersAreWell();
    stage.showThread(back);
  }

  /** Too few users come to tell: said, held, and stopped by a person. */
  static void tooLittleTraffic(Stage stage) {
    Sandbox sandbox = stage.sandbox();
    sandbox.users().rate(4);
    stage.says("users: 4 a second");
    Post card = started(stage, "/rollback canary " + sandbox.goodCommit());
    Post held =
        stage.sameCard(
            card,
            "the card that says it cannot judge",
            goesOnTo("50").and(says("Too few requests", "件数が足りず")));
    stage.presses(BEN, held, "wait");
    stage.until("looking for longer", () -> sandbox.journalHolds("WATCHING"));
    Post again = stage.sameCard(card, "the same question again", goesOnTo("50"));
    stage.presses(BEN, again, "stop");
    stage.sameCard(card, "the card of the stopped canary", CanaryStories::hasEnded);
    stage.usersAreOn(Map.of(sandbox.sickRevision(), 100));
    ended(stage, "UNDONE");
  }

  /** Both sides fail alike: not the target's doing, so nothing moves by itself. */
  static void bothBad(Stage stage) {
    Sandbox sandbox = stage.sandbox();
    sandbox.makeOldCodeSick();
    busy(stage);
    Post card = started(stage, "/rollback canary " + sandbox.goodCommit() + " --auto");
    stage.sameCard(
        card,
        "the card that says that live is no better",
        goesOnTo("50").or(goesOnTo("100")).and(says("live is no better", "本番も変わりません")));
    if (sandbox.routed().size() != 2) {
      throw new StoryFailed("users should still be split: " + sandbox.routed());
    }
    stage.says("users: " + sandbox.routed());
  }

  /** A rollback takes a running canary over; its undo leads to before the canary. */
  static void takenOver(Stage stage) {
    Sandbox sandbox = stage.sandbox();
    Post canary = started(stage, "/rollback canary " + sandbox.goodCommit());
    stage.until("a share of users", () -> sandbox.routed().size() == 2);
    stage.types(BEN, "/rollback " + sandbox.goodCommit());
    Post offer = stage.cardWith("roll_back", says("ends the canary", "進行中のカナリア"));
    stage.presses(BEN, offer, "roll_back");
    Post open = stage.sameCard(offer, "the open card", Stage.buttons("keep", "undo", "newest"));
    stage.usersAreOn(Map.of(sandbox.goodRevision(), 100));
    stage.sameCard(canary, "the canary's last word", CanaryStories::hasEnded);
    stage.presses(BEN, open, "undo");
    stage.ends(open, 2);
    stage.usersAreOn(Map.of(sandbox.sickRevision(), 100));
    stage.until("LATEST", sandbox::followsLatest);
  }

  /** The worker dies while users are watched; the next one judges the time that was meant. */
  static void workerKilled(Stage stage, BotProcesses bot) {
    Sandbox sandbox = stage.sandbox();
    Post card = started(stage, "/rollback canary " + sandbox.goodCommit());
    stage.until("the first step", () -> sandbox.journalHolds("WATCHING"));
    bot.killWorker();
    stage.says("SIGKILL worker");
    bot.startWorker();
    Post first = stage.sameCard(card, "the question at 10 %", goesOnTo("50"));
    stage.usersAreOn(Map.of(sandbox.goodRevision(), 10, sandbox.sickRevision(), 90));
    stage.presses(AIKO, first, "go-on");
    stage.sameCard(card, "the question at 50 %", goesOnTo("100"));
    stage.usersAreOn(Map.of(sandbox.goodRevision(), 50, sandbox.sickRevision(), 50));
  }

  /** Enough users that steps of seconds can tell. */
  private static void busy(Stage stage) {
    stage.sandbox().users().rate(BUSY);
    stage.says("users: " + BUSY + " a second");
  }

  private static void ended(Stage stage, String ending) {
    stage.until(
        "the end " + ending,
        () -> stage.sandbox().journalHolds("CLOSED") && stage.sandbox().journalHolds(ending));
    stage.sandbox().noTagLeft();
  }

  /** Over, but for planning it anew. */
  private static boolean hasEnded(Post post) {
    return post.edits() > 0 && !Stage.has(post, "roll_back") && !Stage.has(post, "stop");
  }

  private static Predicate<Post> says(String english, String japanese) {
    return post -> {
      String said = post.text() + post.blocks();
      return said.contains(english) || said.contains(japanese);
    };
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
