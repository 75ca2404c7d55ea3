package dev.rollbackbot.slack;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BOT_USER;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.DAN;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.K_BACK;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.TEAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.port.Picture;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import dev.rollbackbot.sandbox.slack.DemoWorkspace;
import dev.rollbackbot.sandbox.slack.Faults;
import dev.rollbackbot.sandbox.slack.Faults.Fault;
import dev.rollbackbot.sandbox.slack.Phone;
import dev.rollbackbot.sandbox.slack.Post;
import dev.rollbackbot.sandbox.slack.SharedFile;
import dev.rollbackbot.sandbox.slack.SlackApp;
import dev.rollbackbot.sandbox.slack.SlackClientActions;
import dev.rollbackbot.sandbox.slack.SlackServer;
import dev.rollbackbot.text.Message;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Part;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture in a thread: the real client against a stand-in of Slack's servers. */
class SlackPicturesTest {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 0, '\r', '\n', (byte) 0xff};
  private static final Picture PICTURE =
      new Picture(PNG, "canary-6831359-10.png", "6831359 at 10 %", "6831359 0 of 48 <@all>");
  private static final Message WORDS =
      new Message(
          "for the notification alone",
          List.of(
              new Block.Paragraph(
                  List.of(new Part.Bold("No difference"), new Part.Literal(" & so"))),
              new Block.Code("10 %  0/48")));

  private SlackServer slack;
  private SlackApi api;
  private SlackRoom room;
  private Card card;

  @BeforeEach
  void start() throws IOException {
    start(DemoWorkspace.install());
  }

  private void start(SlackApp app) throws IOException {
    slack = SlackServer.start(DemoWorkspace.create(), app);
    api = new SlackApi(new SlackApi.Settings(app.botToken(), slack.methodsEndpointUrlPrefix()));
    room = new SlackRoom(api, slack.base() + "/", new SlackPeople(api, Set.of(TEAM), Instant::now));
    card = room.post(K_BACK, new Message("card", List.of()));
  }

  @AfterEach
  void stop() {
    room.close();
    api.close();
    slack.close();
  }

  @Test
  void aPictureAndItsWordsAreOneMessageOfTheThread() {
    room.picture(card, PICTURE, WORDS);

    List<Post> thread = slack.workspace().thread(card.message());
    assertThat(thread).hasSize(1);
    Post post = thread.getFirst();
    assertThat(post.text()).isEqualTo("*No difference* &amp; so\n```\n10 %  0/48\n```");
    assertThat(post.broadcast()).isFalse();
    SharedFile file = post.files().getFirst();
    assertThat(file.name()).isEqualTo("canary-6831359-10.png");
    assertThat(file.title()).isEqualTo("6831359 at 10 %");
    assertThat(file.altText()).isEqualTo("6831359 0 of 48 <@all>");
    assertThat(slack.file(file.id())).hasValue(PNG);
    assertThat(new Phone(slack.workspace()).render(post))
        .contains("No difference & so", "(picture: 6831359 at 10 %: 6831359 0 of 48 <@all>)");
  }

  @Test
  void whoIsInTheChannelCanOpenIt() {
    room.picture(card, PICTURE, WORDS);
    String file = slack.workspace().thread(card.message()).getFirst().files().getFirst().id();
    try (var people = new SlackClientActions(slack, URI.create("http://127.0.0.1:9/"))) {
      assertThat(people.open(AIKO, file)).hasValue(PNG);
      assertThat(people.open(DAN, file)).isEmpty();
      assertThat(people.open(AIKO, "F0OTHER")).isEmpty();
    }
  }

  @Test
  void aDescriptionThatIsTooLongIsCut() {
    room.picture(card, new Picture(PNG, "a.png", "A", "x".repeat(1_500)), WORDS);
    assertThat(slack.workspace().thread(card.message()).getFirst().files().getFirst().altText())
        .hasSize(1_000)
        .endsWith("…");
  }

  @ParameterizedTest
  @ValueSource(strings = {"files.getUploadURLExternal", "files.completeUploadExternal"})
  void aShortRateLimitIsWaitedOut(String step) {
    slack.faults().next(step, 1, new Fault.RateLimited(Duration.ofSeconds(1)));
    room.picture(card, PICTURE, WORDS);
    assertThat(onlyMessage().files()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"files.getUploadURLExternal", Faults.UPLOAD, "files.completeUploadExternal"})
  void afterALongRateLimitAtAnyStepTheWordsAreSaid(String step) {
    slack.faults().next(step, 1, new Fault.RateLimited(Duration.ofSeconds(60)));
    room.picture(card, PICTURE, WORDS);
    assertThat(onlyMessage().files()).isEmpty();
    assertThat(onlyMessage().text()).contains("No difference");
    assertThat(onlyMessage().blocks()).as("as an ordinary line").hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"files.getUploadURLExternal", Faults.UPLOAD, "files.completeUploadExternal"})
  void whereSlackFailsAtAStepTheWordsAreSaidToo(String step) {
    slack.faults().next(step, 1, new Fault.ServerError());
    room.picture(card, PICTURE, WORDS);
    assertThat(onlyMessage().files()).isEmpty();
    assertThat(onlyMessage().text()).contains("No difference");
  }

  @Test
  void anInstallationWithoutTheScopeGetsTheWords() throws IOException {
    stop();
    SlackApp app = DemoWorkspace.install();
    var scopes = new HashSet<>(app.scopes());
    scopes.remove("files:write");
    start(
        new SlackApp(
            app.appId(),
            app.botToken(),
            app.signingSecret(),
            app.verificationToken(),
            app.botUser(),
            app.botId(),
            scopes,
            app.commands()));
    room.picture(card, PICTURE, WORDS);
    assertThat(onlyMessage().text()).contains("No difference");
  }

  @Test
  void whereNothingCanBeSaidTheCallerHearsOfIt() {
    slack.workspace().leave(K_BACK, BOT_USER);
    WorldException refused =
        catchThrowableOfType(WorldException.class, () -> room.picture(card, PICTURE, WORDS));
    assertThat(refused.kind()).isEqualTo(Kind.DENIED);
  }

  private Post onlyMessage() {
    List<Post> thread = slack.workspace().thread(card.message());
    assertThat(thread).hasSize(1);
    return thread.getFirst();
  }
}
