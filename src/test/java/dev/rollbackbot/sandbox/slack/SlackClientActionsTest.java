package dev.rollbackbot.sandbox.slack;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BEN;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.DAN;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.K_BACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.methods.MethodsClient;
import com.slack.api.util.json.GsonFactory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What people do in Slack")
class SlackClientActionsTest {
  private static final String CARD =
      """
      [{"type":"section","text":{"type":"mrkdwn","text":"*k-back* by <@U0AIKO00001> &lt;here&gt;"}},
       {"type":"input","block_id":"why","label":{"type":"plain_text","text":"Reason"},
        "element":{"type":"plain_text_input","action_id":"reason"}},
       {"type":"actions","block_id":"row","elements":[
        {"type":"button","action_id":"go","value":"offer-1","style":"primary",
         "text":{"type":"plain_text","text":"Roll back to 6831359"},
         "confirm":{"title":{"type":"plain_text","text":"Roll back?"},
          "text":{"type":"mrkdwn","text":"*930c691* -> 6831359"},
          "confirm":{"type":"plain_text","text":"Roll back"},
          "deny":{"type":"plain_text","text":"Keep as is"}}},
        {"type":"overflow","action_id":"more","options":[
         {"text":{"type":"plain_text","text":"Show commits"},"value":"commits"}]}]}]""";

  private final Workspace workspace = DemoWorkspace.create();
  private final SlackApp app = DemoWorkspace.install();
  private volatile Instant now = Instant.now();
  private SlackServer server;
  private TestEndpoint endpoint;
  private SlackClientActions actions;
  private Slack slack;
  private MethodsClient client;

  @BeforeEach
  void start() throws IOException {
    server = SlackServer.start(workspace, app, () -> now);
    endpoint = new TestEndpoint(app.signingSecret());
    actions =
        new SlackClientActions(
            server,
            endpoint.url(),
            Duration.ofSeconds(2),
            List.of(Duration.ZERO, Duration.ofMillis(10), Duration.ofMillis(20)));
    var config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(server.methodsEndpointUrlPrefix());
    slack = Slack.getInstance(config);
    client = slack.methods(app.botToken());
  }

  @AfterEach
  void stop() throws Exception {
    slack.close();
    actions.close();
    endpoint.close();
    server.close();
  }

  @Test
  void a_command_arrives_signed_and_its_answer_is_private() throws Exception {
    endpoint.answer = "{\"response_type\":\"ephemeral\",\"text\":\"Looking at 6831359\"}";
    var answer = actions.command(AIKO, K_BACK, "/rollback 6831359 --reason \"a & b\"");
    assertThat(answer.result()).isEqualTo(Answer.Result.OK);
    var request = next();
    assertThat(request.field("command")).isEqualTo("/rollback");
    assertThat(request.field("text")).isEqualTo("6831359 --reason \"a & b\"");
    assertThat(request.form())
        .containsKeys("token", "team_id", "channel_id", "user_id", "trigger_id", "response_url");
    assertThat(workspace.privateMessages(AIKO))
        .extracting(Post::text)
        .containsExactly("Looking at 6831359");
    assertThat(workspace.messages(K_BACK)).isEmpty();
  }

  @Test
  void an_answer_in_channel_is_seen_by_all_and_bad_blocks_by_nobody() {
    endpoint.answer = "{\"response_type\":\"in_channel\",\"text\":\"hello\"}";
    actions.command(BEN, K_BACK, "/rollback help");
    assertThat(workspace.latest(K_BACK).orElseThrow().text()).isEqualTo("hello");
    endpoint.answer = "{\"blocks\":[{\"type\":\"section\"}]}";
    actions.command(BEN, K_BACK, "/rollback help");
    assertThat(workspace.privateMessages(BEN).getLast().text()).contains("invalid_blocks");
  }

  @Test
  void late_and_failed_answers_are_told_to_the_person() {
    endpoint.status.set(500);
    assertThat(actions.command(AIKO, K_BACK, "/rollback").result()).isEqualTo(Answer.Result.FAILED);
    assertThat(workspace.privateMessages(AIKO).getLast().text()).contains("dispatch_failed");
    endpoint.silent = true;
    assertThat(actions.command(AIKO, K_BACK, "/rollback").result()).isEqualTo(Answer.Result.LATE);
    assertThat(workspace.privateMessages(AIKO).getLast().text()).contains("operation_timeout");
  }

  @Test
  void a_click_carries_what_slack_carries() throws Exception {
    var card = card();
    var answer =
        actions.click(
            AIKO,
            card,
            Widget.labelled(card, "Roll back to 6831359"),
            Map.of("reason", "sick"),
            Forgery.NONE);
    assertThat(answer.result()).isEqualTo(Answer.Result.OK);
    var raw = next().field("payload");
    var payload = GsonFactory.createSnakeCase().fromJson(raw, BlockActionPayload.class);
    assertThat(payload.getType()).isEqualTo("block_actions");
    assertThat(payload.getUser().getTeamId()).isEqualTo(DemoWorkspace.TEAM);
    assertThat(payload.getContainer().getMessageTs()).isEqualTo(card.ts());
    assertThat(payload.getMessage().getBlocks()).hasSize(3);
    assertThat(Json.parse(raw).orElseThrow().at("/state/values/why/reason/value").asText())
        .isEqualTo("sick");
    assertThat(payload.getActions()).hasSize(1);
    assertThat(payload.getActions().getFirst().getValue()).isEqualTo("offer-1");
    assertThat(payload.getActions().getFirst().getBlockId()).isEqualTo("row");
    assertThat(payload.getTriggerId()).isNotEmpty();

    actions.click(BEN, card, Widget.labelled(card, "Show commits"));
    var menu =
        GsonFactory.createSnakeCase().fromJson(next().field("payload"), BlockActionPayload.class);
    assertThat(menu.getActions().getFirst().getSelectedOption().getValue()).isEqualTo("commits");
  }

  @Test
  void forged_requests_do_not_pass_slacks_own_verifier() throws Exception {
    for (var forgery :
        List.of(Forgery.wrongSecret(), Forgery.altered(), Forgery.aged(Duration.ofMinutes(6)))) {
      assertThat(actions.command(AIKO, K_BACK, "/rollback", forgery).status()).isEqualTo(401);
    }
    assertThat(workspace.privateMessages(AIKO)).isEmpty();
    assertThat(endpoint.received).isEmpty();
    actions.command(AIKO, K_BACK, "/rollback", Forgery.oversized(300 * 1024));
    assertThat(next().body()).hasSizeGreaterThan(300 * 1024);
  }

  @Test
  void an_earlier_request_can_be_sent_again_byte_for_byte() throws Exception {
    actions.command(AIKO, K_BACK, "/rollback 6831359");
    var first = next();
    actions.replay(actions.lastCall().orElseThrow());
    assertThat(next().body()).isEqualTo(first.body());
  }

  @Test
  void a_mention_is_sent_again_until_it_is_answered() throws Exception {
    endpoint.status.set(503);
    var answer = actions.say(AIKO, K_BACK, "@rollback 6831359 <now>", Optional.empty());
    assertThat(answer.orElseThrow().result()).isEqualTo(Answer.Result.FAILED);
    var first = next();
    assertThat(first.retryNum()).isEqualTo("null");
    assertThat(first.body()).contains("<@" + app.botUser() + "> 6831359 &lt;now&gt;");
    for (int i = 1; i <= 3; i++) {
      var again = next();
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(again.retryNum()).isEqualTo("" + i);
      assertThat(again.retryReason()).isEqualTo("http_error");
    }
    assertThat(endpoint.received.poll(200, TimeUnit.MILLISECONDS)).isNull();
    assertThat(actions.say(AIKO, K_BACK, "no mention", Optional.empty())).isEmpty();
    assertThat(workspace.messages(K_BACK)).hasSize(2);
  }

  @Test
  void a_url_is_verified_by_its_challenge() throws Exception {
    endpoint.answer = "abc";
    assertThat(actions.verifyUrl("abc").body()).isEqualTo("abc");
    assertThat(next().body()).contains("url_verification");
  }

  @Test
  void a_response_url_answers_five_times() throws Exception {
    actions.command(AIKO, K_BACK, "/rollback");
    var url = next().field("response_url");
    for (int i = 0; i < ResponseUrls.MAX_USES; i++) {
      assertThat(send(url, "{\"text\":\"still looking\",\"replace_original\":true}"))
          .isEqualTo(200);
    }
    assertThat(send(url, "{\"text\":\"once more\"}")).isEqualTo(404);
    assertThat(workspace.privateMessages(AIKO)).hasSize(5).allMatch(p -> p.edits() == 0);
  }

  @Test
  void a_response_url_dies_after_thirty_minutes() throws Exception {
    actions.command(AIKO, K_BACK, "/rollback");
    var url = next().field("response_url");
    now = now.plus(ResponseUrls.LIFE).plusSeconds(1);
    assertThat(send(url, "{\"text\":\"too late\"}")).isEqualTo(404);
    assertThat(send(url + "0", "{\"text\":\"guessed\"}")).isEqualTo(404);
    assertThat(workspace.privateMessages(AIKO)).isEmpty();
  }

  @Test
  void an_interactive_response_url_can_replace_and_delete_its_message() throws Exception {
    var card = card();
    actions.click(AIKO, card, Widget.labelled(card, "Roll back to 6831359"));
    var payload = Json.parse(next().field("payload")).orElseThrow();
    var url = payload.path("response_url").asText();
    assertThat(send(url, "{\"text\":\"to you\",\"replace_original\":false}")).isEqualTo(200);
    assertThat(workspace.privateMessages(AIKO)).extracting(Post::text).containsExactly("to you");
    assertThat(send(url, "{\"text\":\"deciding\"}")).isEqualTo(200);
    assertThat(workspace.find(K_BACK, card.ts()).orElseThrow().text()).isEqualTo("deciding");
    assertThat(send(url, "{\"blocks\":[{\"type\":\"nope\"}]}")).isEqualTo(400);
    assertThat(send(url, "{\"delete_original\":true}")).isEqualTo(200);
    assertThat(workspace.find(K_BACK, card.ts())).isEmpty();
  }

  @Test
  void a_modal_opens_once_and_is_submitted() throws Exception {
    actions.command(AIKO, K_BACK, "/rollback");
    var trigger = next().field("trigger_id");
    var view =
        """
        {"type":"modal","callback_id":"why","title":{"type":"plain_text","text":"Why"},
         "submit":{"type":"plain_text","text":"Go"},"blocks":[{"type":"input","block_id":"b",
         "label":{"type":"plain_text","text":"Reason"},
         "element":{"type":"plain_text_input","action_id":"reason"}}]}""";
    assertThat(client.viewsOpen(r -> r.triggerId(trigger).viewAsString(view)).isOk()).isTrue();
    assertThat(client.viewsOpen(r -> r.triggerId(trigger).viewAsString(view)).getError())
        .isEqualTo("exchanged_trigger_id");
    actions.submitView(AIKO, Map.of("reason", "sick"));
    assertThat(next().field("payload")).contains("view_submission", "\"value\":\"sick\"");
    assertThat(actions.openView(AIKO)).isEmpty();
    actions.command(AIKO, K_BACK, "/rollback");
    var late = next().field("trigger_id");
    now = now.plusSeconds(4);
    assertThat(client.viewsOpen(r -> r.triggerId(late).viewAsString(view)).getError())
        .isEqualTo("expired_trigger_id");
  }

  @Test
  void who_has_left_cannot_act_and_an_unknown_command_never_leaves_slack() {
    assertThatThrownBy(() -> actions.command(DAN, K_BACK, "/rollback"))
        .isInstanceOf(IllegalArgumentException.class);
    actions.command(AIKO, K_BACK, "/rolback");
    assertThat(endpoint.received).isEmpty();
    assertThat(workspace.privateMessages(AIKO).getLast().text()).contains("not a valid command");
  }

  @Test
  void a_phone_shows_it_as_text() throws Exception {
    var phone = new Phone(workspace);
    var card = card();
    assertThat(phone.render(card))
        .isEqualTo(
            """
            Rollback Bot  #k-back
              k-back by @Aiko <here>
              Reason: [____]
              [Roll back to 6831359] [... Show commits]""");
    assertThat(phone.confirm(Widget.labelled(card, "Roll back to 6831359")))
        .contains("Roll back?\n930c691 -> 6831359\n[Roll back] [Keep as is]");
    assertThat(phone.plain("<https://x.example/a|log> `a_b` snake_case_name *bold* <!here>"))
        .isEqualTo("log (https://x.example/a) `a_b` snake_case_name bold @here");
  }

  @Test
  void waiting_for_a_message_ends_with_what_there_is() throws Exception {
    card();
    assertThat(workspace.awaitMessage(p -> p.text().equals("card"), Duration.ofSeconds(1)))
        .isNotNull();
    assertThatThrownBy(() -> workspace.awaitMessage(p -> p.text().isEmpty(), Duration.ofMillis(20)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("[Roll back to 6831359]");
  }

  private Post card() throws Exception {
    var posted = client.chatPostMessage(r -> r.channel(K_BACK).text("card").blocksAsString(CARD));
    return workspace.find(K_BACK, posted.getTs()).orElseThrow();
  }

  private TestEndpoint.Received next() throws InterruptedException {
    return Optional.ofNullable(endpoint.received.poll(5, TimeUnit.SECONDS)).orElseThrow();
  }

  private int send(String url, String json) throws IOException {
    return slack.send(url, json).getCode();
  }
}
