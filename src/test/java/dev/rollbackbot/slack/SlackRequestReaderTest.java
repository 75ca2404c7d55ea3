package dev.rollbackbot.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.command.SignedRequest;
import dev.rollbackbot.port.Incoming;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackRequestReaderTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json; charset=utf-8";
  private static final String COMMAND =
      "team_id=T1&channel_id=C1&user_id=U1&command=%2Frollback&text=6831359+%26lt%3Bx%26gt%3B"
          + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2F1";
  private static final String MENTION =
      """
      {"type":"event_callback","team_id":"T1","event_id":"Ev1","event":{"type":"app_mention",
       "user":"U1","channel":"C1","text":"<@U0BOT> 6831359 &amp; more"}}""";
  private static final String CLICK =
      """
      {"type":"block_actions","team":{"id":"T1"},"user":{"id":"U1","team_id":"T2"},
       "container":{"message_ts":"1700000000.000100","channel_id":"C1"},"channel":{"id":"C1"},
       "response_url":"https://hooks.slack.com/actions/1",
       "actions":[{"action_id":"roll_back#2","value":"sealed","action_ts":"1700000009.25"}]}""";

  private final SlackRequestReader reader =
      new SlackRequestReader(new SlackSignature(List.of("secret")));

  @Test
  void readsACommand() {
    assertThat(read(FORM, COMMAND))
        .isEqualTo(
            new Incoming.Typed(
                "v0=abc", "T1", "C1", "U1", "6831359 <x>", "https://hooks.slack.com/commands/1"));
  }

  @Test
  void readsAMentionByItsEventId() {
    assertThat(read(JSON, MENTION))
        .isEqualTo(new Incoming.Mentioned("Ev1", "T1", "C1", "U1", "6831359 & more"));
  }

  @Test
  void readsAClick() {
    assertThat(read(FORM, payload(CLICK)))
        .isEqualTo(
            new Incoming.Pressed(
                "T1",
                "T2",
                "C1",
                "U1",
                "roll_back",
                "sealed",
                "1700000000.000100",
                Instant.parse("2023-11-14T22:13:29.25Z"),
                "https://hooks.slack.com/actions/1"));
  }

  @Test
  void readsAChoiceOfAMenuLikeAClick() {
    String chosen =
        CLICK.replace(
            "\"roll_back#2\",\"value\":\"sealed\"",
            "\"keep#99\",\"selected_option\":{\"value\":\"sealed\"}");

    assertThat(read(FORM, payload(chosen)))
        .isInstanceOfSatisfying(
            Incoming.Pressed.class,
            click -> {
              assertThat(click.action()).isEqualTo("keep");
              assertThat(click.value()).isEqualTo("sealed");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "command=%2Frollback&text=x",
        "command=%zz&team_id=T",
        "ssl_check=1&token=x",
        "payload=%7B",
        "payload=%5B%5D",
        "payload=%7B%22type%22%3A%22view_submission%22%7D",
        "payload=%7B%22type%22%3A%22block_actions%22%2C%22actions%22%3A%5B%7B%7D%5D%7D"
      })
  void doesNotServeOtherForms(String body) {
    assertThat(read(FORM, body)).isInstanceOf(Incoming.Other.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{\"event\":3}",
        "{\"type\":\"url_verification\",\"challenge\":\"x\"}",
        "{\"event\":{\"type\":\"message\"}}",
        "{\"event_id\":\"E\",\"team_id\":\"T\",\"event\":{\"type\":\"app_mention\",\"bot_id\":\"B\"}}",
        "{\"event_id\":\"E\",\"event\":{\"type\":\"app_mention\"}}"
      })
  void doesNotServeOtherEvents(String body) {
    assertThat(read(JSON, body)).isInstanceOf(Incoming.Other.class);
  }

  @Test
  void neverThrowsOnAnAlteredRequest() {
    var random = new Random(5);
    for (String body : List.of(COMMAND, MENTION, payload(CLICK))) {
      for (int i = 0; i < 2_000; i++) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        for (int n = 1 + random.nextInt(6); n > 0; n--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        assertThat(reader.read(new SignedRequest(bytes, "1", "v0=abc", FORM))).isNotNull();
        assertThat(reader.read(new SignedRequest(bytes, "1", "v0=abc", JSON))).isNotNull();
      }
    }
  }

  private Incoming read(String type, String body) {
    return reader.read(
        new SignedRequest(body.getBytes(StandardCharsets.UTF_8), "1", "v0=abc", type));
  }

  private static String payload(String json) {
    return "payload=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
  }
}
