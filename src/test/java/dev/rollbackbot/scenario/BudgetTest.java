package dev.rollbackbot.scenario;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BEN;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.INCIDENTS;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.K_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.sandbox.slack.Post;
import dev.rollbackbot.sandbox.slack.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * How much one whole rollback says, from the command to Keep, counted where Slack received it.
 *
 * <p>A night with many messages is a night on which the one that matters is missed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BudgetTest {
  private static final int MOST_EDITS = 8;

  private Scene scene;
  private Post card;

  @BeforeAll
  void aRollbackFromCommandToKeep(@TempDir Path folder) throws IOException {
    scene = Scene.open(folder);
    Post offer = scene.offer();
    scene.presses(AIKO, offer, "roll_back");
    scene.presses(BEN, scene.open(offer), "keep");
    scene.until("both endings in the channel", () -> endings(offer).size() == 2);
    scene.until("the kept card", () -> isKept(now(offer)));
    scene.until("the kept incident", () -> posts(INCIDENTS).stream().allMatch(this::isKept));
    card = now(offer);
  }

  @AfterAll
  void close() {
    scene.close();
  }

  @Test
  void eachChannelGetsOneMessage() {
    assertThat(posts(K_BACK)).extracting(Post::ts).containsExactly(card.ts());
    assertThat(posts(INCIDENTS)).hasSize(1);
  }

  @Test
  void theCardIsEditedAtMostEightTimes() {
    assertThat(card.edits()).isBetween(1, MOST_EDITS);
    assertThat(posts(INCIDENTS).getFirst().edits()).isLessThanOrEqualTo(MOST_EDITS);
    assertThat(scene.sandbox().slackServer().calls("chat.update"))
        .as("every edit that Slack received belongs to one of the two")
        .isEqualTo(card.edits() + posts(INCIDENTS).getFirst().edits());
  }

  @Test
  void onlyTheEndingsAreShownInTheChannelAgain() {
    assertThat(endings(card)).hasSize(2);
  }

  /** Edits notify nobody; whatever was posted anew must not mention who did it. */
  @Test
  void nobodyIsCalledForWhatTheyDidThemselves() {
    Stream<Post> said =
        Stream.of(posts(K_BACK), posts(INCIDENTS), workspace().thread(card.ts()))
            .flatMap(List::stream);
    assertThat(said)
        .hasSizeGreaterThan(3)
        .extracting(Post::versions)
        .extracting(List::getFirst)
        .extracting(first -> first.text() + first.blocks())
        .noneMatch(first -> first.contains("<@"));
  }

  @Test
  void aPersonIsAnsweredPrivatelyOnceForEachThingTheyDid() {
    assertThat(workspace().privateMessages(AIKO))
        .as("her command was taken; she approved")
        .hasSizeLessThanOrEqualTo(2);
    assertThat(workspace().privateMessages(BEN)).as("he kept it").hasSizeLessThanOrEqualTo(1);
  }

  private Workspace workspace() {
    return scene.sandbox().workspace();
  }

  private Post now(Post post) {
    return workspace().find(post.channel(), post.ts()).orElseThrow();
  }

  private List<Post> posts(String channel) {
    return workspace().messages(channel).stream()
        .filter(post -> post.threadTs().isEmpty() && post.privateTo().isEmpty())
        .toList();
  }

  private List<Post> endings(Post of) {
    return workspace().thread(of.ts()).stream().filter(Post::broadcast).toList();
  }

  private boolean isKept(Post post) {
    return post.text().startsWith("Kept:");
  }
}
