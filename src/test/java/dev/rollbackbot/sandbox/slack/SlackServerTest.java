package dev.rollbackbot.sandbox.slack;

import static dev.rollbackbot.sandbox.slack.DemoWorkspace.AIKO;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.BEN;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.CHIKA;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.DAN;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.EVE;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.INCIDENTS;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.K_BACK;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.ON_CALL;
import static dev.rollbackbot.sandbox.slack.DemoWorkspace.WITH_PARTNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The Web API, called by Slack's own client")
class SlackServerTest {
  private static final String CARD =
      """
      [{"type":"section","text":{"type":"mrkdwn","text":"*k-back*"}},
       {"type":"actions","elements":[{"type":"button","action_id":"go","value":"v1",
         "text":{"type":"plain_text","text":"Roll back"}}]}]""";

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
  void knows_its_bot_and_no_other_token() throws Exception {
    var good = client.authTest(r -> r);
    assertThat(good.isOk()).isTrue();
    assertThat(good.getUserId()).isEqualTo(app.botUser());
    assertThat(good.getTeamId()).isEqualTo(DemoWorkspace.TEAM);
    assertThat(slack.methods("xoxb-other").authTest(r -> r).getError()).isEqualTo("invalid_auth");
    assertThat(client.reactionsAdd(r -> r.channel(K_BACK).name("x")).getError())
        .isEqualTo("unknown_method");
  }

  @Test
  void keeps_a_message_its_edits_and_its_thread() throws Exception {
    var card = post(K_BACK);
    var updated =
        client.chatUpdate(
            r -> r.channel(K_BACK).ts(card.getTs()).text("preparing").blocksAsString(CARD));
    assertThat(updated.isOk()).isTrue();
    var reply =
        client.chatPostMessage(
            r ->
                r.channel(K_BACK)
                    .threadTs(card.getTs())
                    .replyBroadcast(true)
                    .text("done &amp; verified"));
    assertThat(reply.isOk()).isTrue();

    var kept = workspace.find(K_BACK, card.getTs()).orElseThrow();
    assertThat(kept.versions()).extracting(Post.Version::text).containsExactly("card", "preparing");
    assertThat(kept.blocks().getFirst().path("block_id").asText()).isNotEmpty();
    assertThat(workspace.thread(card.getTs())).extracting(Post::broadcast).containsExactly(true);
    assertThat(workspace.messages(K_BACK)).hasSize(2);
    assertThat(workspace.latest(K_BACK).orElseThrow().ts()).isEqualTo(reply.getTs());
    assertThat(server.calls("chat.update")).isEqualTo(1);
  }

  @Test
  void text_without_blocks_takes_the_blocks_away() throws Exception {
    var card = post(K_BACK);
    client.chatUpdate(r -> r.channel(K_BACK).ts(card.getTs()).text("plain"));
    assertThat(workspace.find(K_BACK, card.getTs()).orElseThrow().blocks()).isEmpty();
  }

  @Test
  void refuses_what_slack_refuses() throws Exception {
    assertThat(client.chatPostMessage(r -> r.channel("C0NOWHERE").text("a")).getError())
        .isEqualTo("channel_not_found");
    assertThat(client.chatPostMessage(r -> r.channel(K_BACK)).getError()).isEqualTo("no_text");
    assertThat(client.chatPostMessage(r -> r.channel(K_BACK).text("x".repeat(40_001))).getError())
        .isEqualTo("msg_too_long");
    assertThat(
            client
                .chatPostMessage(r -> r.channel(K_BACK).blocksAsString("[{]").text("a"))
                .getError())
        .isEqualTo("invalid_blocks_format");
    assertThat(client.chatUpdate(r -> r.channel(K_BACK).ts("1.0").text("a")).getError())
        .isEqualTo("message_not_found");
    var aikos = workspace.post(Draft.open(K_BACK, AIKO, "hello", List.of()));
    assertThat(client.chatUpdate(r -> r.channel(K_BACK).ts(aikos.ts()).text("a")).getError())
        .isEqualTo("cant_update_message");
    workspace.leave(INCIDENTS, app.botUser());
    assertThat(client.chatPostMessage(r -> r.channel(INCIDENTS).text("a")).getError())
        .isEqualTo("not_in_channel");
    workspace.archive(K_BACK, true);
    assertThat(client.chatPostMessage(r -> r.channel(K_BACK).text("a")).getError())
        .isEqualTo("is_archived");
  }

  @Test
  void says_where_blocks_are_wrong() throws Exception {
    var answer =
        client.chatPostMessage(
            r -> r.channel(K_BACK).text("a").blocksAsString("[{\"type\":\"section\"}]"));
    assertThat(answer.getError()).isEqualTo("invalid_blocks");
    assertThat(answer.getResponseMetadata().getMessages())
        .containsExactly("[ERROR] must define either `text` or `fields` [json-pointer:/blocks/0]");
    assertThat(workspace.messages(K_BACK)).isEmpty();
  }

  @Test
  void shows_an_ephemeral_message_to_one_person() throws Exception {
    var answer = client.chatPostEphemeral(r -> r.channel(K_BACK).user(AIKO).text("for you"));
    assertThat(answer.isOk()).isTrue();
    assertThat(workspace.messages(K_BACK)).isEmpty();
    assertThat(workspace.privateMessages(AIKO)).extracting(Post::text).containsExactly("for you");
    assertThat(
            client
                .chatUpdate(r -> r.channel(K_BACK).ts(answer.getMessageTs()).text("a"))
                .getError())
        .isEqualTo("message_not_found");
    assertThat(client.chatPostEphemeral(r -> r.channel(K_BACK).user(EVE).text("a")).getError())
        .isEqualTo("user_not_in_channel");
  }

  @Test
  void tells_who_may_act() throws Exception {
    var aiko = client.usersInfo(r -> r.user(AIKO).includeLocale(true)).getUser();
    assertThat(aiko.getLocale()).isEqualTo("ja-JP");
    assertThat(aiko.isBot() || aiko.isDeleted() || aiko.isRestricted()).isFalse();
    assertThat(client.usersInfo(r -> r.user(CHIKA)).getUser().isRestricted()).isTrue();
    assertThat(client.usersInfo(r -> r.user(DAN)).getUser().isDeleted()).isTrue();
    assertThat(client.usersInfo(r -> r.user(app.botUser())).getUser().isBot()).isTrue();
    var eve = client.usersInfo(r -> r.user(EVE)).getUser();
    assertThat(eve.isStranger()).isTrue();
    assertThat(eve.getTeamId()).isEqualTo(DemoWorkspace.FOREIGN_TEAM);
    assertThat(client.usersInfo(r -> r.user("U0NOBODY")).getError()).isEqualTo("user_not_found");
    assertThat(client.usergroupsUsersList(r -> r.usergroup(ON_CALL)).getUsers())
        .containsExactly(AIKO, BEN);
  }

  @Test
  void tells_which_channel_is_shared() throws Exception {
    assertThat(client.conversationsInfo(r -> r.channel(K_BACK)).getChannel().isExtShared())
        .isFalse();
    assertThat(client.conversationsInfo(r -> r.channel(WITH_PARTNER)).getChannel().isExtShared())
        .isTrue();
    var direct = client.conversationsOpen(r -> r.users(List.of(AIKO))).getChannel().getId();
    assertThat(client.chatPostMessage(r -> r.channel(direct).text("you approved")).isOk()).isTrue();
    assertThat(client.chatPostMessage(r -> r.channel(AIKO).text("again")).getChannel())
        .isEqualTo(direct);
  }

  @Test
  void links_to_a_message() throws Exception {
    var card = post(K_BACK);
    var link = client.chatGetPermalink(r -> r.channel(K_BACK).messageTs(card.getTs()));
    assertThat(link.getPermalink())
        .endsWith("/archives/" + K_BACK + "/p" + card.getTs().replace(".", ""));
  }

  @Test
  void fails_as_planned_and_no_longer() throws Exception {
    server
        .faults()
        .next("chat.postMessage", 1, new Faults.Fault.RateLimited(Duration.ofSeconds(7)));
    assertThatThrownBy(() -> post(K_BACK))
        .isInstanceOfSatisfying(
            SlackApiException.class,
            e -> {
              assertThat(e.getResponse().code()).isEqualTo(429);
              assertThat(e.getResponse().header("Retry-After")).isEqualTo("7");
            });
    server.faults().next("chat.postMessage", 1, new Faults.Fault.ServerError());
    assertThatThrownBy(() -> post(K_BACK)).isInstanceOf(SlackApiException.class);
    server.faults().next("chat.postMessage", 1, new Faults.Fault.InvalidBlocks());
    assertThat(client.chatPostMessage(r -> r.channel(K_BACK).text("no blocks")).isOk()).isTrue();
    assertThat(post(K_BACK).getError()).isEqualTo("invalid_blocks");
    assertThat(post(K_BACK).isOk()).isTrue();
    server.faults().outage(true);
    assertThatThrownBy(() -> post(K_BACK)).isInstanceOf(SlackApiException.class);
    server.faults().outage(false);
    assertThat(post(K_BACK).isOk()).isTrue();
  }

  private ChatPostMessageResponse post(String channel) throws IOException, SlackApiException {
    return client.chatPostMessage(r -> r.channel(channel).text("card").blocksAsString(CARD));
  }
}
