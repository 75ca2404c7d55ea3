package dev.rollbackbot.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.command.SignedRequest;
import dev.rollbackbot.domain.model.Grant;
import dev.rollbackbot.port.Incoming;
import dev.rollbackbot.port.RequestQueue;
import dev.rollbackbot.port.RequestQueue.Published;
import dev.rollbackbot.port.SlackRequests;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.text.Message;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Part;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RelayTest {
  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final int MOST = 3;
  private static final Relay.Settings SETTINGS =
      new Relay.Settings(
          Set.of("T1"),
          Map.of(
              "C1", new Relay.Channel(List.of("k-back"), Locale.ENGLISH),
              "C2", new Relay.Channel(List.of("k-back", "k-front"), Locale.ENGLISH),
              "CJ", new Relay.Channel(List.of("k-back"), Locale.JAPANESE),
              "CI", new Relay.Channel(List.of(), Locale.ENGLISH)),
          Set.of("k-back", "k-front", "k-admin"),
          Locale.ENGLISH,
          MOST);

  private static final SignedRequest REQUEST =
      new SignedRequest("body".getBytes(StandardCharsets.UTF_8), "1", "v0=1", "form");

  private final List<SignedRequest> published = new ArrayList<>();
  private Published outcome = Published.CONFIRMED;
  private Optional<Grant> denied = Optional.empty();

  static Stream<Arguments> answeredAtOnce() {
    return Stream.of(
        row("help", "C1", "help", "what you can type"),
        row("help where nothing is configured", "C9", "help", "what you can type"),
        row("a typing error", "C1", "statsu", "UNKNOWN_WORD"),
        row("a few digits", "C1", "683135", "NOT_A_TARGET"),
        row("an unlisted channel", "C9", "6831359", "CHANNEL_NOT_LISTED"),
        row("a channel without services", "CI", "6831359", "CHANNEL_NOT_LISTED"),
        row("another channel's service", "C1", "6831359 k-front", "Here you can use: k-back."),
        row("a service nobody has", "C1", "6831359 k-bakc", "k-bakc"),
        row("several services, none named", "C2", "6831359", "k-back, k-front"),
        row("Japanese", "CJ", "statsu", "何もしていません"));
  }

  static Stream<Arguments> handedOn() {
    return Stream.of(
        row("a commit", "C1", "6831359aa", "rollback-bot rollback 6831359aa k-back"),
        row("a named service", "C2", "6831359 k-front", "rollback-bot rollback 6831359 k-front"),
        row("the list", "C1", "", "rollback-bot list k-back"),
        row("status", "C1", "status", "rollback-bot status k-back"),
        row("undo", "C1", "undo", "rollback-bot undo k-back"),
        row("a tag", "C1", "tag:v1.4.0", "rollback-bot rollback tag:v1.4.0 k-back"),
        row("a revision names its service", "C2", "k-front-00001-abc", "k-front-00001-abc k-front"),
        row("Japanese", "CJ", "6831359", "k-back を 6831359 に戻せるか"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answeredAtOnce")
  void answersItselfWhatNeedsNoFacts(String why, String channel, String text, String answer) {
    assertThat(shown(typed(channel, text))).as(why).contains(answer);
    assertThat(published).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("handedOn")
  void handsTheRestOnAndSaysSo(String why, String channel, String text, String answer) {
    assertThat(shown(typed(channel, text))).as(why).contains(answer);
    assertThat(published).containsExactly(REQUEST);
  }

  @Test
  void saysThatNothingWasTaken() {
    outcome = Published.REFUSED;
    assertThat(shown(typed("C1", "6831359")))
        .contains("Nothing was taken", "rollback-bot rollback 6831359 k-back");
  }

  @ParameterizedTest(name = "in {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          C1 | may not publish to its queue (pubsub.topics.publish is missing). Nothing was taken.
          C1 | To grant it: gcloud pubsub topics add-iam-policy-binding rollback-requests
          CJ | 待ち行列へ書き込む権限 pubsub.topics.publish がありません。何も受け付けていません。
          CJ | 権限を付けるコマンド: gcloud pubsub topics add-iam-policy-binding rollback-requests
          """)
  void saysInTheChannelsLanguageWhichPermissionOfTheQueueIsMissing(String channel, String answer) {
    denied =
        Optional.of(
            new Grant(
                "pubsub.topics.publish",
                "gcloud pubsub topics add-iam-policy-binding rollback-requests"));

    assertThat(shown(typed(channel, "6831359"))).contains(answer, "QUEUE_DENIED");
  }

  @Test
  void saysThatTwiceIsSafeWhenItIsNotConfirmed() {
    outcome = Published.UNCONFIRMED;
    assertThat(shown(typed("C1", "6831359")))
        .contains(
            "QUEUE_UNCONFIRMED", "20 seconds", "twice is safe", "rollback-bot rollback 6831359");
  }

  @Test
  void refusesOtherWorkspaces() {
    var foreign = new Incoming.Typed("v0=1", "T9", "C1", "U1", "help", "");
    assertThat(shown(accept(foreign))).contains("TEAM_NOT_LISTED");
    assertThat(shown(accept(click("T9", "T1", "C1")))).contains("TEAM_NOT_LISTED");
    assertThat(shown(accept(click("T1", "T9", "C1")))).contains("TEAM_NOT_LISTED");
    assertThat(accept(new Incoming.Mentioned("Ev1", "T9", "C1", "U1", "6831359"))).isEmpty();
    assertThat(published).isEmpty();
  }

  @Test
  void isSilentAboutAClickThatWasTaken() {
    assertThat(accept(click("T1", "T1", "C1"))).isEmpty();
    assertThat(published).containsExactly(REQUEST);
  }

  @Test
  void refusesAClickInAnUnlistedChannel() {
    assertThat(shown(accept(click("T1", "", "C9")))).contains("CHANNEL_NOT_LISTED");
    assertThat(published).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "UNCONFIRMED"})
  void answersAClickThatWasNotTaken(Published trouble) {
    outcome = trouble;
    assertThat(shown(accept(click("T1", "T1", "C1")))).contains("rollback-bot status");
  }

  @Test
  void handsMentionsOnWithTheirTypingErrors() {
    assertThat(accept(new Incoming.Mentioned("Ev1", "T1", "C1", "U1", "statsu"))).isEmpty();
    assertThat(published).containsExactly(REQUEST);
    outcome = Published.REFUSED;
    assertThat(accept(new Incoming.Mentioned("Ev1", "T1", "C1", "U1", "6831359"))).isPresent();
  }

  @Test
  void takesOnlySoManyRequestsOfOnePersonAMinute() {
    var now = new AtomicReference<>(NOW);
    var person = new String[] {"U1"};
    var relay =
        new Relay(
            SETTINGS,
            reading(() -> new Incoming.Typed("v0=1", "T1", "C1", person[0], "6831359", "")),
            (_, _) -> Published.CONFIRMED,
            now::get);
    for (int i = 0; i < MOST; i++) {
      assertThat(shown(relay.accept(REQUEST).message())).contains("Looking at 6831359");
    }

    assertThat(shown(relay.accept(REQUEST).message())).contains("more than 3 in a minute");
    person[0] = "U2";
    assertThat(shown(relay.accept(REQUEST).message())).contains("Looking at 6831359");
    person[0] = "U1";
    now.set(NOW.plus(Duration.ofMinutes(1)));
    assertThat(shown(relay.accept(REQUEST).message())).contains("Looking at 6831359");
  }

  @Test
  void tooManyClicksAreAnsweredAndNotHandedOn() {
    var relay =
        new Relay(
            SETTINGS,
            reading(click("T1", "T1", "C1")),
            (request, _) -> {
              published.add(request);
              return Published.CONFIRMED;
            },
            () -> NOW);
    for (int i = 0; i < MOST; i++) {
      assertThat(relay.accept(REQUEST).message()).isEmpty();
    }

    assertThat(shown(relay.accept(REQUEST).message())).contains("TOO_MANY_REQUESTS");
    assertThat(published).hasSize(MOST);
  }

  @Test
  void ignoresWhatItDoesNotServe() {
    assertThat(accept(new Incoming.Other("message"))).isEmpty();
    assertThat(published).isEmpty();
  }

  @Test
  void namesAnIncidentWhenSomethingIsWrongWithItself() {
    RequestQueue broken =
        (_, _) -> {
          throw new IllegalStateException("broken");
        };
    var typed = new Incoming.Typed("v0=1", "T1", "C1", "U1", "6831359", "");
    var answer = new Relay(SETTINGS, reading(typed), broken, () -> NOW).accept(REQUEST).message();
    assertThat(shown(answer))
        .contains("INTERNAL")
        .containsPattern("[0-9a-f]{8}")
        .doesNotContain("broken");
  }

  @Test
  void waitsForAQueueThatIsStillOpening() {
    var opening = new CompletableFuture<RequestQueue>();
    var queue = new OpeningQueue(opening);
    assertThat(queue.publish(REQUEST, Duration.ofMillis(20))).isEqualTo(Published.REFUSED);
    opening.completeOnTimeout((_, _) -> Published.CONFIRMED, 50, TimeUnit.MILLISECONDS);
    assertThat(queue.publish(REQUEST, Duration.ofSeconds(20))).isEqualTo(Published.CONFIRMED);
  }

  @Test
  void refusesWhenAQueueCannotBeOpened() {
    var failed = CompletableFuture.<RequestQueue>failedFuture(new IllegalStateException("no"));
    assertThat(new OpeningQueue(failed).publish(REQUEST, Duration.ofSeconds(1)))
        .isEqualTo(Published.REFUSED);
  }

  private Optional<Message> typed(String channel, String text) {
    return accept(new Incoming.Typed("v0=1", "T1", channel, "U1", text, "https://x.example"));
  }

  private Optional<Message> accept(Incoming incoming) {
    RequestQueue queue =
        (request, patience) -> {
          assertThat(patience).isEqualTo(Duration.ofSeconds(2));
          denied.ifPresent(
              grant -> {
                throw new WorldException(grant, "no", new IllegalStateException());
              });
          published.add(request);
          return outcome;
        };
    return new Relay(SETTINGS, reading(incoming), queue, () -> NOW).accept(REQUEST).message();
  }

  private static SlackRequests reading(Incoming incoming) {
    return reading(() -> incoming);
  }

  private static SlackRequests reading(Supplier<Incoming> incoming) {
    return new SlackRequests() {
      @Override
      public boolean signedBySlack(SignedRequest request, Instant at) {
        return true;
      }

      @Override
      public Incoming read(SignedRequest request) {
        return incoming.get();
      }
    };
  }

  private static Incoming click(String team, String userTeam, String channel) {
    return new Incoming.Pressed(
        team, userTeam, channel, "U1", "roll_back", "sealed", "1.1", Instant.EPOCH, "https://x");
  }

  private static String shown(Optional<Message> message) {
    assertThat(message).isPresent();
    return message.get().summary()
        + message.get().blocks().stream().map(RelayTest::shown).collect(Collectors.joining("\n"));
  }

  private static String shown(Block block) {
    return switch (block) {
      case Block.Heading(String text) -> text;
      case Block.Paragraph(List<Part> parts) -> shown(parts);
      case Block.Context(List<Part> parts) -> shown(parts);
      case Block.Code(String text) -> text;
      case Block.Buttons _, Block.Row _ -> "";
    };
  }

  private static String shown(List<Part> parts) {
    return parts.stream()
        .map(
            part ->
                switch (part) {
                  case Part.Literal(String text) -> text;
                  case Part.Bold(String text) -> text;
                  case Part.Mono(String text) -> text;
                  case Part.Link(_, String label) -> label;
                  case Part.Mention(String user) -> user;
                  case Part.LineBreak() -> "\n";
                })
        .collect(Collectors.joining());
  }

  private static Arguments row(String why, String channel, String text, String answer) {
    return Arguments.of(why, channel, text, answer);
  }
}
