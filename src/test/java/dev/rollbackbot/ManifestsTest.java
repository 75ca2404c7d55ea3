package dev.rollbackbot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The manifests say what the program says. {@code example.yaml} is read by {@link ConfigTest}. */
class ManifestsTest {

  @Test
  void theSlackAppAsksForNothingButWhatTheBotUses() throws IOException {
    JsonNode app = read("slack-app.yaml");

    assertThat(texts(app.at("/oauth_config/scopes/bot")))
        .containsExactlyInAnyOrder(
            "commands",
            "chat:write",
            "files:write",
            "users:read",
            "app_mentions:read",
            "channels:read",
            "groups:read");
    assertThat(app.at("/features/slash_commands/0/command").asText()).isEqualTo("/rollback");
    assertThat(app.at("/features/slash_commands/0/should_escape").asBoolean()).isTrue();
    assertThat(texts(app.at("/settings/event_subscriptions/bot_events")))
        .containsExactly("app_mention");
    String address = app.at("/features/slash_commands/0/url").asText();
    assertThat(address).startsWith("https://");
    assertThat(app.at("/settings/interactivity/request_url").asText()).isEqualTo(address);
    assertThat(app.at("/settings/event_subscriptions/request_url").asText()).isEqualTo(address);
  }

  @Test
  void theFrontIsGivenTheSigningSecretAndNothingElse() throws IOException {
    JsonNode container = read("serve.yaml").at("/spec/template/spec/containers/0");

    assertThat(environment(container)).containsExactly(Secrets.SIGNING_SECRET);
    assertThat(texts(container.get("args"))).startsWith("serve", "--config");
    assertThat(container.at("/ports/0/containerPort").asInt())
        .isEqualTo(Config.load(Path.of("manifests/example.yaml")).front().port());
  }

  @Test
  void theWorkerIsGivenWhatItDemands() throws IOException {
    JsonNode container = read("worker.yaml").at("/spec/template/spec/containers/0");

    assertThat(environment(container))
        .containsExactlyInAnyOrder(
            Secrets.SIGNING_SECRET, Secrets.BOT_TOKEN, Secrets.WORKER_KEY, Secrets.GIT_TOKEN);
    assertThat(texts(container.get("args"))).startsWith("worker", "--config");
  }

  @Test
  void frontAndWorkerRunUnderDifferentAccounts() throws IOException {
    String account = "/spec/template/spec/serviceAccountName";

    assertThat(read("serve.yaml").at(account).asText())
        .isNotBlank()
        .isNotEqualTo(read("worker.yaml").at(account).asText());
  }

  private static JsonNode read(String name) throws IOException {
    return new YAMLMapper().readTree(Path.of("manifests", name).toFile());
  }

  private static List<String> environment(JsonNode container) {
    return container.get("env").valueStream().map(entry -> entry.get("name").asText()).toList();
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }
}
