package dev.rollbackbot.slack;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.CHIKA;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.DAN;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.EVE;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.K_BACK;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.OTHER_BOT;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.TEAM;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.WITH_PARTNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.port.People.Person;
import dev.rollbackbot.port.People.Standing;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import dev.rollbackbot.sandbox.slack.DemoWorkspace;
import dev.rollbackbot.sandbox.slack.Faults.Fault;
import dev.rollbackbot.sandbox.slack.Post;
import dev.rollbackbot.sandbox.slack.SlackServer;
import dev.rollbackbot.text.Message;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Button;
import dev.rollbackbot.text.Message.Part;
import dev.rollbackbot.text.Message.Style;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real client against a stand-in of Slack's servers. */
class SlackRoomTest {
  private static final Message CARD =
      new Message(
          "PREPARING k-back",
          List.of(
              new Block.Heading("PREPARING k-back"),
              new Block.Paragraph(List.of(new Part.Literal("fix <!channel>"))),
              new Block.Buttons(
                  List.of(new Button("stop", "Stop", "v", Style.DANGER, Optional.empty())))));

  private static final Message LINE =
      new Message("probed", List.of(new Block.Paragraph(List.of(new Part.Literal("5 of 5")))));

  private SlackServer slack;
  private SlackApi api;
  private SlackRoom room;
  private SlackPeople people;

  @BeforeEach
  void start() throws IOException {
    slack = SlackServer.start(DemoWorkspace.create(), DemoWorkspace.install());
    api =
        new SlackApi(
            new SlackApi.Settings(slack.app().botToken(), slack.methodsEndpointUrlPrefix()));
    people = new SlackPeople(api, Set.of(TEAM), Instant::now);
    room = new SlackRoom(api, slack.base() + "/", people);
  }

  @AfterEach
  void stop() {
    room.close();
    api.close();
    slack.close();
  }

  @Test
  void aNewMessageNamesPeopleAndOnlyAnEditOrALineMentionsThem() {
    var asked =
        new Message(
            "asked",
            List.of(
                new Block.Paragraph(
                    List.of(
                        new Part.Literal("by "),
                        new Part.Mention(AIKO),
                        new Part.Literal(" for "),
                        new Part.Mention("U0NOBODY000"),
                        new Part.Literal(" and "),
                        new Part.Mention("ci@example.com")))));

    Card card = room.post(K_BACK, asked);
    Post posted = slack.workspace().find(K_BACK, card.message()).orElseThrow();
    room.edit(card, asked);
    room.line(card, asked, false);

    assertThat(posted.text() + posted.blocks())
        .contains("by @Aiko")
        .doesNotContain("<@" + AIKO)
        .as("who cannot be looked up")
        .contains("<@U0NOBODY000>", "ci@example.com");
    assertThat(slack.workspace().find(K_BACK, card.message()).orElseThrow().text())
        .contains("by <@" + AIKO);
    assertThat(slack.workspace().thread(card.message()).getFirst().text()).contains("by <@" + AIKO);
  }

  @Test
  void postsEditsAndAddsLines() {
    Card card = room.post(K_BACK, CARD);
    room.line(card, LINE, false);
    room.line(card, LINE, true);
    room.edit(card, LINE);
    Post post = post(card);
    assertThat(post.edits()).isEqualTo(1);
    assertThat(post.versions().getFirst().text()).contains("fix &lt;!channel&gt;");
    assertThat(post.versions().getFirst().blocks()).hasSize(3);
    assertThat(slack.workspace().thread(card.message()))
        .extracting(Post::broadcast)
        .containsExactly(false, true);
    assertThat(room.link(card)).hasValueSatisfying(link -> assertThat(link).contains(K_BACK));
    assertThat(room.link(new Card(K_BACK, "1.000001"))).isEmpty();
  }

  @Test
  void whispersToOnePerson() {
    room.whisper(K_BACK, AIKO, LINE);
    assertThat(slack.workspace().privateMessages(AIKO)).hasSize(1);
    assertThat(slack.workspace().messages(K_BACK)).isEmpty();
  }

  @Test
  void knowsSharedChannels() {
    assertThat(room.sharedWithOthers(K_BACK)).isFalse();
    assertThat(room.sharedWithOthers(WITH_PARTNER)).isTrue();
    assertKind(Kind.NOT_FOUND, () -> room.sharedWithOthers("C0NOWHERE00"));
  }

  @Test
  void waitsOutAShortRateLimit() {
    slack.faults().next("chat.postMessage", 1, new Fault.RateLimited(Duration.ofSeconds(1)));
    assertThat(post(room.post(K_BACK, CARD)).text()).contains("PREPARING");
    assertThat(slack.workspace().messages(K_BACK)).hasSize(1);
  }

  @Test
  void doesNotWaitOutALongOrEndlessRateLimit() {
    slack.faults().next("chat.postMessage", 1, new Fault.RateLimited(Duration.ofSeconds(30)));
    assertKind(Kind.QUOTA, () -> room.post(K_BACK, CARD));
    slack.faults().next("chat.postMessage", 3, new Fault.RateLimited(Duration.ZERO));
    assertKind(Kind.QUOTA, () -> room.post(K_BACK, CARD));
  }

  @Test
  void triesAnEditAgainButNotAPost() {
    Card card = room.post(K_BACK, CARD);
    slack.faults().next("chat.update", 1, new Fault.ServerError());
    room.edit(card, LINE);
    assertThat(post(card).text()).contains("5 of 5");
    slack.faults().next("chat.postMessage", 1, new Fault.ServerError());
    assertKind(Kind.UNAVAILABLE, () -> room.post(K_BACK, CARD));
    assertThat(slack.workspace().messages(K_BACK)).hasSize(1);
  }

  @Test
  void keepsTextAndButtonsWhenSlackRefusesTheBlocks() {
    slack.faults().next("chat.postMessage", 1, new Fault.InvalidBlocks());
    Post post = post(room.post(K_BACK, CARD));
    assertThat(post.blocks())
        .extracting(block -> block.path("type").asText())
        .containsExactly("section", "actions");
  }

  @Test
  void sendsTheTextAloneWhenSlackRefusesEveryBlock() {
    slack.faults().next("chat.postMessage", 2, new Fault.InvalidBlocks());
    Post post = post(room.post(K_BACK, CARD));
    assertThat(post.blocks()).isEmpty();
    assertThat(post.text()).contains("PREPARING k-back", "fix &lt;!channel&gt;", "[Stop]");
    slack.faults().next("chat.update", 2, new Fault.InvalidBlocks());
    room.edit(new Card(K_BACK, post.ts()), LINE);
    assertThat(post(new Card(K_BACK, post.ts())).text()).contains("5 of 5");
  }

  @Test
  void saysWhatSlackRefused() {
    var stranger = new SlackApi.Settings("xoxb-wrong", slack.methodsEndpointUrlPrefix());
    try (var other = new SlackApi(stranger);
        var denied = new SlackRoom(other, slack.base() + "/", people)) {
      assertKind(Kind.DENIED, () -> denied.post(K_BACK, CARD));
    }
    assertKind(Kind.NOT_FOUND, () -> room.post("C0NOWHERE00", CARD));
    slack.faults().outage(true);
    assertKind(Kind.UNAVAILABLE, () -> room.post(K_BACK, CARD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not a url",
        "https://hooks.slack.com.evil.example/x",
        "https://hooks.slack.com@evil.example/x",
        "https://user@hooks.slack.com/x",
        "http://hooks.slack.com/x",
        "https://hooks.slack.com:8443/x",
        "https://127.0.0.1/x"
      })
  void answersNobodyButSlack(String url) {
    try (var production = new SlackRoom(api, "https://hooks.slack.com/", people)) {
      assertThatThrownBy(() -> production.answer(url, LINE))
          .isInstanceOfSatisfying(
              WorldException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
    }
  }

  @Test
  void saysThatAnAnswerCameTooLate() {
    assertKind(Kind.NOT_FOUND, () -> room.answer(slack.base() + "/commands/none", LINE));
  }

  @ParameterizedTest
  @CsvSource({
    AIKO + ",MEMBER",
    CHIKA + ",GUEST",
    DAN + ",DELETED",
    EVE + ",FOREIGN",
    OTHER_BOT + ",BOT"
  })
  void knowsWhoSomebodyIs(String user, Standing standing) {
    Person person = people.find(user);
    assertThat(person.standing()).isEqualTo(standing);
    assertThat(person.name()).isNotBlank();
  }

  @Test
  void countsOtherTeamsAsForeign() {
    var foreign = new SlackPeople(api, Set.of("T0SOMEWHERE"), Instant::now);
    assertThat(foreign.find(AIKO).standing()).isEqualTo(Standing.FOREIGN);
  }

  @Test
  void asksAgainAfterAMinute() {
    var now = new AtomicLong(1_800_000_000);
    var patient = new SlackPeople(api, Set.of(TEAM), () -> Instant.ofEpochSecond(now.get()));
    patient.find(AIKO);
    now.addAndGet(59);
    patient.find(AIKO);
    assertThat(slack.calls("users.info")).isEqualTo(1);
    now.addAndGet(1);
    patient.find(AIKO);
    assertThat(slack.calls("users.info")).isEqualTo(2);
    assertKind(Kind.NOT_FOUND, () -> patient.find("U0NOBODY000"));
  }

  private Post post(Card card) {
    return slack.workspace().find(card.channel(), card.message()).orElseThrow();
  }

  private static void assertKind(Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.kind()).as(e.detail()).isEqualTo(kind));
  }
}
