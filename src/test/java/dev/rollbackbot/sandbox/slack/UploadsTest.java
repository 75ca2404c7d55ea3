package dev.rollbackbot.sandbox.slack;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BOT_USER;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.K_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.request.files.FilesCompleteUploadExternalRequest.FileDetails;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Files, sent by Slack's own client")
class UploadsTest {
  private final Workspace workspace = DemoWorkspace.create();
  private final SlackApp app = DemoWorkspace.install();
  private SlackServer server;
  private Slack slack;
  private MethodsClient client;

  @BeforeEach
  void start() throws IOException {
    server = SlackServer.start(workspace, app);
    var config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(server.methodsEndpointUrlPrefix());
    slack = Slack.getInstance(config);
    client = slack.methods(app.botToken());
  }

  @AfterEach
  void stop() throws Exception {
    slack.close();
    server.close();
  }

  @Test
  void takes_a_file_in_three_steps() throws Exception {
    var card = post();
    var bytes = "gcloud run services describe".getBytes(StandardCharsets.UTF_8);
    var uploaded =
        client.filesUploadV2(
            r ->
                r.channel(K_BACK)
                    .threadTs(card.getTs())
                    .filename("report.txt")
                    .title("Report")
                    .fileData(bytes));
    assertThat(uploaded.isOk()).isTrue();
    var shared = workspace.thread(card.getTs()).getFirst();
    assertThat(shared.text()).isEmpty();
    assertThat(shared.files())
        .containsExactly(new SharedFile("F0FILE00001", "report.txt", "Report", "", bytes.length));
    assertThat(server.file("F0FILE00001")).hasValue(bytes);
    assertThat(client.chatPostMessage(r -> r.channel(K_BACK).text("next")).getMessage().getFiles())
        .isNull();
  }

  @Test
  void takes_only_what_was_announced_and_only_once() throws Exception {
    var bytes = "PNG".getBytes(StandardCharsets.UTF_8);
    assertThat(client.filesGetUploadURLExternal(r -> r.filename("a.png").length(0)).getError())
        .isEqualTo("missing_argument");
    assertThat(
            client
                .filesGetUploadURLExternal(
                    r -> r.filename("a.png").length(3).altTxt("x".repeat(1_001)))
                .getError())
        .isEqualTo("alt_txt_too_large");
    var place =
        client.filesGetUploadURLExternal(
            r -> r.filename("a.png").length(3).altTxt("x".repeat(1_000)));
    assertThat(complete(place.getFileId(), K_BACK, null))
        .as("no bytes")
        .isEqualTo("file_not_found");
    assertThat(sent(place.getUploadUrl(), "PN".getBytes(StandardCharsets.UTF_8))).isEqualTo(400);
    assertThat(sent(place.getUploadUrl() + "0", bytes)).isEqualTo(400);
    assertThat(sent(place.getUploadUrl(), bytes)).isEqualTo(200);
    assertThat(complete(place.getFileId(), "C0NOWHERE00", null)).isEqualTo("channel_not_found");
    var card = post();
    var reply = client.chatPostMessage(r -> r.channel(K_BACK).threadTs(card.getTs()).text("line"));
    assertThat(complete(place.getFileId(), K_BACK, reply.getTs()))
        .as("a reply is no parent")
        .isEqualTo("invalid_arguments");
    assertThat(complete(place.getFileId(), K_BACK, card.getTs())).isNull();
    assertThat(complete(place.getFileId(), K_BACK, card.getTs()))
        .as("a second time")
        .isEqualTo("file_not_found");
    workspace.leave(K_BACK, BOT_USER);
    var other = client.filesGetUploadURLExternal(r -> r.filename("b.png").length(3));
    assertThat(sent(other.getUploadUrl(), bytes)).isEqualTo(200);
    assertThat(complete(other.getFileId(), K_BACK, null)).isEqualTo("not_in_channel");
  }

  private @Nullable String complete(String file, String channel, @Nullable String thread)
      throws Exception {
    return client
        .filesCompleteUploadExternal(
            r ->
                r.files(List.of(FileDetails.builder().id(file).title("A").build()))
                    .channelId(channel)
                    .threadTs(thread))
        .getError();
  }

  private static int sent(String url, byte[] bytes) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(url))
                  .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private ChatPostMessageResponse post() throws Exception {
    return client.chatPostMessage(r -> r.channel(K_BACK).text("card"));
  }
}
