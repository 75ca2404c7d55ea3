package dev.rollbackbot.sandbox.page;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BEN;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.K_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.sun.net.httpserver.HttpServer;
import dev.rollbackbot.sandbox.slack.DemoWorkspace;
import dev.rollbackbot.sandbox.slack.SlackClientActions;
import dev.rollbackbot.sandbox.slack.SlackServer;
import dev.rollbackbot.sandbox.slack.Workspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The sandbox's page")
class PageServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CARD =
      """
      {"response_type":"in_channel","text":"card","blocks":[{"type":"actions","block_id":"row",
       "elements":[{"type":"button","action_id":"go","value":"offer",
        "text":{"type":"plain_text","text":"Roll back"}}]}]}""";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Workspace workspace = DemoWorkspace.create();
  private final BlockingQueue<String> received = new ArrayBlockingQueue<>(10);
  private final BlockingQueue<String> pressed = new ArrayBlockingQueue<>(10);
  private volatile String rate = "25";
  private HttpServer app;
  private SlackServer slack;
  private SlackClientActions actions;
  private PageServer page;

  @BeforeEach
  void start() throws IOException {
    app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    app.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(body);
            var answer = body.contains("payload=") ? "" : CARD;
            exchange.sendResponseHeaders(200, answer.isEmpty() ? -1 : answer.length());
            exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
          }
        });
    app.start();
    slack = SlackServer.start(workspace, DemoWorkspace.install());
    actions =
        new SlackClientActions(
            slack, URI.create("http://127.0.0.1:" + app.getAddress().getPort() + "/"));
    page = PageServer.start(0, workspace, actions, controls(), typed -> List.of(typed + "9"));
  }

  @AfterEach
  void stop() {
    page.close();
    actions.close();
    slack.close();
    app.stop(0);
    http.close();
  }

  @Test
  void a_command_brings_a_card_and_its_button_can_be_pressed() throws Exception {
    var sent = post("/api/command", says(AIKO, "/rollback 6831359"));
    assertThat(json(sent).path("result").asText()).isEqualTo("OK");
    assertThat(next()).contains("command=%2Frollback&text=6831359");

    var posts = json(get("/api/state?as=" + BEN)).path("posts");
    assertThat(posts).hasSize(1);
    var card = posts.get(0);
    assertThat(card.path("blocks").get(0).path("type").asText()).isEqualTo("actions");

    var click = JSON.createObjectNode().put("as", BEN).put("channel", K_BACK);
    click.put("ts", card.path("ts").asText()).put("block_id", "row").put("action_id", "go");
    assertThat(post("/api/click", click).statusCode()).isEqualTo(200);
    assertThat(next()).contains("block_actions");
    click.put("action_id", "gone");
    assertThat(post("/api/click", click).statusCode()).isEqualTo(409);
  }

  @Test
  void private_messages_are_for_one_person() throws Exception {
    post("/api/command", says(AIKO, "/unknown"));
    assertThat(json(get("/api/state?as=" + AIKO)).path("posts")).hasSize(1);
    assertThat(json(get("/api/state?as=" + BEN)).path("posts")).isEmpty();
  }

  @Test
  void a_mention_is_seen_by_all_and_told_to_the_app() throws Exception {
    post("/api/mention", says(BEN, "@rollback status"));
    assertThat(next()).contains("app_mention");
    assertThat(workspace.latest(K_BACK).orElseThrow().author()).isEqualTo(BEN);
  }

  @Test
  void a_picture_is_shown_with_its_description_to_whoever_is_in_its_channel() throws Exception {
    var png = new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xff};
    var config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(slack.methodsEndpointUrlPrefix());
    var client = Slack.getInstance(config);
    try {
      client
          .methods(slack.app().botToken())
          .filesUploadV2(
              r ->
                  r.channel(K_BACK)
                      .filename("canary.png")
                      .title("Canary")
                      .altTxt("0 of 48")
                      .fileData(png));
    } finally {
      client.close();
    }

    var file = json(get("/api/state?as=" + BEN)).path("posts").get(0).path("files").get(0);
    assertThat(file.path("picture").asBoolean()).isTrue();
    assertThat(file.path("title").asText()).isEqualTo("Canary");
    assertThat(file.path("alt").asText()).isEqualTo("0 of 48");
    var url = page.address().resolve(file.path("url").asText());
    var shown = http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
    assertThat(shown.body()).isEqualTo(png);
    assertThat(shown.headers().firstValue("Content-Type")).hasValue("image/png");
    workspace.leave(K_BACK, BEN);
    assertThat(get(file.path("url").asText()).statusCode()).isEqualTo(404);
  }

  @Test
  void controls_and_hints_come_from_outside() throws Exception {
    var state = json(get("/api/state?as=" + AIKO + "&language=ja"));
    assertThat(state.path("controls").get(0).path("label").asText()).isEqualTo("病気にする");
    assertThat(state.path("status").asText()).isEqualTo("930c691 100 %");
    var said = post("/api/control", JSON.createObjectNode().put("id", "sick"));
    assertThat(json(said).path("said").asText()).isEqualTo("k-back is sick");
    assertThat(pressed).containsExactly("sick");
    assertThat(post("/api/control", JSON.createObjectNode().put("id", "x")).statusCode())
        .isEqualTo(404);
    assertThat(json(get("/api/hints?typed=%2Frollback%2068")).get(0).asText())
        .isEqualTo("/rollback 689");
  }

  @Test
  void a_setting_shows_what_holds_now_and_can_be_changed() throws Exception {
    var setting = json(get("/api/state?as=" + AIKO)).path("choices").get(0);
    assertThat(setting.path("value").asText()).isEqualTo("25");
    assertThat(setting.path("options").get(0).path("label").asText()).isEqualTo("nobody");
    var nobody = JSON.createObjectNode().put("id", "rate").put("value", "0");
    assertThat(json(post("/api/choose", nobody)).path("said").asText()).isEqualTo("0 a second");
    assertThat(json(get("/api/state?as=" + AIKO)).path("choices").get(0).path("value").asText())
        .isEqualTo("0");
    assertThat(post("/api/choose", nobody.put("value", "9")).statusCode()).isEqualTo(404);
    assertThat(send("/api/choose", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void changes_are_streamed() throws Exception {
    var request = HttpRequest.newBuilder(page.address().resolve("/api/events")).build();
    var response = http.sendAsync(request, BodyHandlers.ofInputStream()).get(5, TimeUnit.SECONDS);
    try (var lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      var first = data(lines);
      actions.say(AIKO, K_BACK, "hello", Optional.empty());
      assertThat(data(lines)).isNotEqualTo(first);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "127.0.0.1", "localhost.evil.example:80", ""})
  void another_host_name_is_refused(String host) throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), page.address().getPort())) {
      socket.setSoTimeout(5_000);
      var request = "GET /api/state HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 421");
    }
  }

  @Test
  void another_site_cannot_act() throws Exception {
    var request =
        HttpRequest.newBuilder(page.address().resolve("/api/control"))
            .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"sick\"}"))
            .build();
    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    assertThat(get("/api/control").statusCode()).isEqualTo(405);
    assertThat(pressed).isEmpty();
  }

  @Test
  void bad_requests_are_refused() throws Exception {
    assertThat(send("/api/command", "no json").statusCode()).isEqualTo(400);
    assertThat(send("/api/command", "[]").statusCode()).isEqualTo(400);
    assertThat(send("/api/command", " ".repeat(70_000)).statusCode()).isEqualTo(413);
    assertThat(post("/api/command", says("U0NOBODY", "/rollback")).statusCode()).isEqualTo(400);
    assertThat(get("/../secret").statusCode()).isEqualTo(404);
  }

  @Test
  void its_files_name_no_other_site_and_speak_both_languages() throws Exception {
    var all = new StringBuilder();
    for (var name : List.of("", "page.css", "page.js", "render.js", "words.js")) {
      var response = get("/" + name);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
      all.append(response.body());
    }
    assertThat(all).doesNotContain("http://", "https://");
    var words = get("/words.js").body();
    assertThat(keys(words, "  en: {")).isNotEmpty().isEqualTo(keys(words, "  ja: {"));
  }

  private Controls controls() {
    return new Controls() {
      @Override
      public List<Choice> choices(Locale locale) {
        var options = List.of(new Choice.Option("0", "nobody"), new Choice.Option("25", "25"));
        return List.of(new Choice("rate", "Users", options, rate));
      }

      @Override
      public String choose(String id, String value, Locale locale) {
        if (!id.equals("rate") || !List.of("0", "25").contains(value)) {
          throw new IllegalArgumentException(id);
        }
        rate = value;
        return value + " a second";
      }

      @Override
      public List<Control> list(Locale locale) {
        var label = locale.equals(Locale.JAPANESE) ? "病気にする" : "Make k-back sick";
        return List.of(new Control("sick", label, !pressed.isEmpty()));
      }

      @Override
      public String press(String id, Locale locale) {
        if (!id.equals("sick")) {
          throw new IllegalArgumentException(id);
        }
        pressed.add(id);
        return "k-back is sick";
      }

      @Override
      public String statusText(Locale locale) {
        return "930c691 100 %";
      }
    };
  }

  private static List<String> keys(String words, String from) {
    var start = words.indexOf(from);
    var part = words.substring(start, words.indexOf("\n  },", start));
    return Pattern.compile("(?m)^    (\\w+):")
        .matcher(part)
        .results()
        .map(m -> m.group(1))
        .collect(Collectors.toList());
  }

  private static String data(BufferedReader lines) throws IOException {
    while (true) {
      var line = lines.readLine();
      if (line.startsWith("data: ")) {
        return line;
      }
    }
  }

  private static JsonNode says(String user, String text) {
    return JSON.createObjectNode().put("as", user).put("channel", K_BACK).put("text", text);
  }

  private String next() throws InterruptedException {
    return Optional.ofNullable(received.poll(5, TimeUnit.SECONDS)).orElseThrow();
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    assertThat(response.statusCode()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(page.address().resolve(path)).timeout(Duration.ofSeconds(5)).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, JsonNode body) throws Exception {
    return send(path, body.toString());
  }

  private HttpResponse<String> send(String path, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(page.address().resolve(path))
            .header(Door.SCRIPT_HEADER, "1")
            .timeout(Duration.ofSeconds(5))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
