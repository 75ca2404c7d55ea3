package dev.rollbackbot.slack;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.K_BACK;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.TEAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rollbackbot.domain.command.SignedRequest;
import dev.rollbackbot.front.Relay;
import dev.rollbackbot.port.People;
import dev.rollbackbot.port.RequestQueue.Published;
import dev.rollbackbot.sandbox.slack.Answer;
import dev.rollbackbot.sandbox.slack.DemoWorkspace;
import dev.rollbackbot.sandbox.slack.Forgery;
import dev.rollbackbot.sandbox.slack.Post;
import dev.rollbackbot.sandbox.slack.SlackClientActions;
import dev.rollbackbot.sandbox.slack.SlackServer;
import dev.rollbackbot.sandbox.slack.Widget;
import dev.rollbackbot.text.Message;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Button;
import dev.rollbackbot.text.Message.Style;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed requests over real HTTP through the filter, Bolt and the relay. */
class SlackFrontServerTest {
  private static final String OLD_SECRET = "the-secret-before-the-rotation";

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";

  private final List<SignedRequest> taken = Collections.synchronizedList(new ArrayList<>());
  private volatile Published outcome = Published.CONFIRMED;
  private SlackServer slack;
  private SlackFrontServer front;
  private SlackClientActions people;

  @BeforeEach
  void start() throws IOException {
    slack = SlackServer.start(DemoWorkspace.create(), DemoWorkspace.install());
    front = SlackFrontServer.start(settings(secrets()), relay(), InstantSource.system());
    people = new SlackClientActions(slack, url(front.path()));
  }

  @AfterEach
  void stop() {
    people.close();
    front.close();
    slack.close();
  }

  @Test
  void answersACommandToTheAskingPersonAlone() {
    Answer answer = people.command(AIKO, K_BACK, "/rollback ６８３１３５９");
    assertThat(answer.result()).isEqualTo(Answer.Result.OK);
    assertThat(taken).hasSize(1);
    Post shown = slack.workspace().privateMessages(AIKO).getLast();
    assertThat(shown.text()).contains("Looking at 6831359 for k-back", "20 seconds");
    assertThat(shown.blocks()).isNotEmpty();
    assertThat(slack.workspace().messages(K_BACK)).isEmpty();
  }

  @Test
  void handsOnExactlyTheSignedBytes() {
    people.command(AIKO, K_BACK, "/rollback 6831359");
    SignedRequest request = taken.getFirst();
    assertThat(new String(request.body(), StandardCharsets.UTF_8))
        .isEqualTo(people.lastCall().orElseThrow().body());
    assertThat(new SlackSignature(secrets()).verifies(request, Instant.now())).isTrue();
  }

  @Test
  void answersHelpAndTypingErrorsWithoutTheWorkers() {
    people.command(AIKO, K_BACK, "/rollback help");
    assertThat(slack.workspace().privateMessages(AIKO).getLast().text())
        .contains("/rollback previous", "--reason");
    people.command(AIKO, K_BACK, "/rollback statsu");
    assertThat(slack.workspace().privateMessages(AIKO).getLast().text())
        .contains("/rollback status");
    assertThat(taken).isEmpty();
  }

  @Test
  void isSilentAboutAClickAndAnswersOneThatWasNotTaken() {
    Post card = card();
    assertThat(people.click(AIKO, card, Widget.labelled(card, "Keep")).status()).isEqualTo(200);
    assertThat(slack.workspace().privateMessages(AIKO)).isEmpty();
    outcome = Published.REFUSED;
    assertThat(people.click(AIKO, card, Widget.labelled(card, "Keep")).status()).isEqualTo(200);
    assertThat(slack.workspace().privateMessages(AIKO).getLast().text())
        .contains("Nothing was taken");
    assertThat(slack.workspace().find(K_BACK, card.ts()).orElseThrow().edits()).isZero();
  }

  @Test
  void letsSlackSendAMentionAgainThatWasNotTaken() throws Exception {
    String mention =
        """
        {"type":"event_callback","team_id":"%s","event_id":"Ev1","event":{"type":"app_mention",
         "user":"%s","channel":"%s","text":"<@U0ROLLBACK1> 6831359"}}"""
            .formatted(TEAM, AIKO, K_BACK);
    Instant now = Instant.now();
    outcome = Published.REFUSED;
    assertThat(post(mention, JSON, now, signingSecret()).statusCode()).isEqualTo(503);
    outcome = Published.CONFIRMED;
    // Slack's first retry may come in the same second and is then the same request.
    assertThat(post(mention, JSON, now, signingSecret()).statusCode()).isEqualTo(200);
    assertThat(post(mention, JSON, now, signingSecret()).statusCode()).isEqualTo(401);
    assertThat(taken).hasSize(1);
  }

  @Test
  void acknowledgesAMentionAndEventsThatNobodyHandles() throws Exception {
    assertThat(mention("@Rollback Bot status").status()).isEqualTo(200);
    assertThat(taken).hasSize(1);
    String other = "{\"type\":\"event_callback\",\"event\":{\"type\":\"channel_archive\"}}";
    assertThat(post(other, JSON, Instant.now(), signingSecret()).statusCode()).isEqualTo(200);
    String closed =
        """
        {"type":"view_closed","team":{"id":"T1"},"user":{"id":"U1","team_id":"T1"},
         "view":{"type":"modal","callback_id":"x"}}""";
    String view = "payload=" + URLEncoder.encode(closed, StandardCharsets.UTF_8);
    assertThat(post(view, FORM, Instant.now(), signingSecret()).statusCode()).isEqualTo(200);
    assertThat(taken).hasSize(1);
  }

  @Test
  void provesItsAddressToSlack() {
    Answer answer = people.verifyUrl("3eZbrw1aB10");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("3eZbrw1aB10");
  }

  @Test
  void acceptsTwoSecretsDuringARotation() {
    var old = Forgery.signedWith(OLD_SECRET);
    assertThat(people.command(AIKO, K_BACK, "/rollback 6831359", old).status()).isEqualTo(200);
  }

  @Test
  void refusesForgedAlteredLateFutureAndOversizedRequests() {
    assertThat(status(Forgery.wrongSecret())).isEqualTo(401);
    assertThat(status(Forgery.altered())).isEqualTo(401);
    assertThat(status(Forgery.aged(Duration.ofMinutes(6)))).isEqualTo(401);
    assertThat(status(Forgery.aged(Duration.ofMinutes(-6)))).isEqualTo(401);
    assertThat(status(Forgery.oversized(300 * 1024))).isEqualTo(413);
    assertThat(status(Forgery.aged(Duration.ofMinutes(4)))).isEqualTo(200);
    assertThat(taken).hasSize(1);
  }

  @Test
  void refusesAReplay() {
    people.command(AIKO, K_BACK, "/rollback 6831359");
    assertThat(people.replay(people.lastCall().orElseThrow()).status()).isEqualTo(401);
    assertThat(taken).hasSize(1);
  }

  @Test
  void refusesABodyOfUnknownLengthThatNeverEnds() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), front.port())) {
      var out = socket.getOutputStream();
      String head =
          "POST %s HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
              .formatted(front.path());
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
      for (int i = 0; i < 9; i++) {
        out.write(chunk.getBytes(StandardCharsets.US_ASCII));
      }
      out.flush();
      byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 413".length());
      assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssl_check=1&token=x", "command=%2Frollback", "{}", ""})
  void refusesWhatIsNotSigned(String body) throws Exception {
    var request = HttpRequest.newBuilder(url(front.path())).POST(BodyPublishers.ofString(body));
    assertThat(send(request).statusCode()).isEqualTo(401);
  }

  @Test
  void refusesASignatureWithoutASensibleTime() throws Exception {
    for (String time : List.of("", "now", "-1", "99999999999999999999")) {
      byte[] body = "command=x".getBytes(StandardCharsets.UTF_8);
      var request =
          HttpRequest.newBuilder(url(front.path()))
              .header("X-Slack-Request-Timestamp", time)
              .header("X-Slack-Signature", SlackSignature.sign(signingSecret(), time, body))
              .POST(BodyPublishers.ofByteArray(body));
      assertThat(send(request).statusCode()).as(time).isEqualTo(401);
    }
  }

  @Test
  void servesNothingButPostAndHealth() throws Exception {
    assertThat(send(HttpRequest.newBuilder(url(front.path()))).statusCode()).isEqualTo(405);
    assertThat(send(HttpRequest.newBuilder(url("/healthz"))).body()).isEqualTo("ok");
    HttpResponse<String> elsewhere = send(HttpRequest.newBuilder(url("/other")));
    assertThat(elsewhere.statusCode()).isEqualTo(404);
    assertThat(elsewhere.headers().firstValue("Server")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void refusesToStartWithAnEmptySecretAndNamesIt(String secret) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SlackFrontServer.start(settings(List.of(secret)), relay(), InstantSource.system()))
        .withMessageContaining("SLACK_SIGNING_SECRET");
    assertThatIllegalArgumentException().isThrownBy(() -> new SlackSignature(List.of()));
  }

  private int status(Forgery forgery) {
    return people.command(AIKO, K_BACK, "/rollback 6831359", forgery).status();
  }

  private Answer mention(String text) {
    return people.say(AIKO, K_BACK, text, Optional.empty()).orElseThrow();
  }

  private Post card() {
    var keep = new Button("keep", "Keep", "sealed", Style.PRIMARY, Optional.empty());
    var message = new Message("OPEN k-back", List.of(new Block.Buttons(List.of(keep))));
    try (var api = new SlackApi(new SlackApi.Settings(slack.app().botToken(), prefix()))) {
      var posted =
          new SlackRoom(
                  api,
                  slack.base() + "/",
                  id -> new People.Person(id, id, "", People.Standing.MEMBER))
              .post(K_BACK, message);
      return slack.workspace().find(K_BACK, posted.message()).orElseThrow();
    }
  }

  private String prefix() {
    return slack.methodsEndpointUrlPrefix();
  }

  private HttpResponse<String> post(String text, String type, Instant at, String secret)
      throws Exception {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    String time = Long.toString(at.getEpochSecond());
    return send(
        HttpRequest.newBuilder(url(front.path()))
            .header("Content-Type", type)
            .header("X-Slack-Request-Timestamp", time)
            .header("X-Slack-Signature", SlackSignature.sign(secret, time, body))
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    }
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + front.port() + path);
  }

  private String signingSecret() {
    return slack.app().signingSecret();
  }

  private List<String> secrets() {
    return List.of(signingSecret(), OLD_SECRET);
  }

  private SlackFrontServer.Settings settings(List<String> secrets) {
    return new SlackFrontServer.Settings(
        "127.0.0.1", 0, "/slack/events", secrets, slack.base() + "/");
  }

  private Relay relay() {
    var channel = new Relay.Channel(List.of("k-back"), Locale.ENGLISH);
    return new Relay(
        new Relay.Settings(
            Set.of(TEAM), Map.of(K_BACK, channel), Set.of("k-back"), Locale.ENGLISH, 1_000),
        new SlackRequestReader(new SlackSignature(secrets())),
        (request, _) -> {
          if (outcome == Published.CONFIRMED) {
            taken.add(request);
          }
          return outcome;
        },
        InstantSource.system());
  }
}
