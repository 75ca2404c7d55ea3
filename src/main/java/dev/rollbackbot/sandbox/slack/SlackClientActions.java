package dev.rollbackbot.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What people do in their Slack client, and the signed requests that Slack sends the app for it.
 * Each call returns after the app answered or Slack's three seconds are over; only Events are sent
 * again. Payloads: docs.slack.dev/interactivity and docs.slack.dev/apis/events-api.
 */
public final class SlackClientActions implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final SlackServer server;
  private final Workspace workspace;
  private final SlackApp app;
  private final Payloads payloads;
  private final AppCaller caller;
  private final EventSender events;

  /** Acts towards the app's one request URL for commands, actions and events. */
  public SlackClientActions(SlackServer server, URI requestUrl) {
    this(server, requestUrl, PATIENCE, EventSender.RETRIES);
  }

  SlackClientActions(
      SlackServer server, URI requestUrl, Duration patience, List<Duration> eventRetries) {
    this.server = server;
    this.workspace = server.workspace();
    this.app = server.app();
    this.payloads = new Payloads(server);
    this.caller = new AppCaller(app.signingSecret(), requestUrl, patience);
    this.events = new EventSender(caller, eventRetries);
  }

  /** Types a slash command such as {@code /rollback 6831359} in a channel. */
  public Answer command(String user, String channel, String line) {
    return command(user, channel, line, Forgery.NONE);
  }

  /** The same, but not as Slack would send it, so that nobody sees the answer in Slack either. */
  public Answer command(String user, String channel, String line, Forgery forgery) {
    var person = acting(user);
    var space = line.indexOf(' ');
    var command = space < 0 ? line : line.substring(0, space);
    if (!app.commands().contains(command)) {
      tell(user, channel, "`" + command + "` is not a valid command.");
      return Answer.none(Answer.Result.FAILED, Duration.ZERO);
    }
    if (server.faults().outage()) {
      return unreachable(user, channel);
    }
    var form =
        payloads.command(person, channel, command, space < 0 ? "" : line.substring(space + 1));
    var answer = caller.call(SignedCall.FORM, form(form), Map.of(), forgery);
    if (!forgery.equals(Forgery.NONE)) {
      return answer;
    }
    if (answer.result() != Answer.Result.OK) {
      tell(user, channel, command + " failed with the error \"" + answer.result().error() + "\"");
    } else if (!answer.body().isBlank()) {
      show(user, channel, command, answer.body());
    }
    return answer;
  }

  /** Opens a file; empty unless it stands in a message that this person can see. */
  public Optional<byte[]> open(String user, String fileId) {
    return workspace.all().stream()
            .filter(post -> post.files().stream().anyMatch(file -> file.id().equals(fileId)))
            .flatMap(post -> workspace.channel(post.channel()).stream())
            .anyMatch(channel -> channel.members().contains(user))
        ? server.file(fileId)
        : Optional.empty();
  }

  /** Presses a button or chooses from a menu; a confirm dialog counts as confirmed. */
  public Answer click(String user, Post post, Widget widget) {
    return click(user, post, widget, Map.of(), Forgery.NONE);
  }

  /**
   * Presses a button.
   *
   * @param typed what stands in the message's input fields, by action id
   */
  public Answer click(
      String user, Post post, Widget widget, Map<String, String> typed, Forgery forgery) {
    acting(user);
    if (server.faults().outage()) {
      return unreachable(user, post.channel());
    }
    var answer =
        caller.call(
            SignedCall.FORM,
            form(
                Map.of(
                    "payload",
                    payloads.blockActions(acting(user), post, widget, typed).toString())),
            Map.of(),
            forgery);
    if (answer.result() != Answer.Result.OK && forgery.equals(Forgery.NONE)) {
      tell(
          user,
          post.channel(),
          "\"" + widget.label() + "\" failed with the error \"" + answer.result().error() + "\"");
    }
    return answer;
  }

  /**
   * Says something in a channel; who names the bot with an @ also sends it an {@code app_mention}.
   *
   * @return the app's first answer; empty if the bot was not mentioned or is not in the channel
   */
  public Optional<Answer> say(String user, String channel, String text, Optional<String> threadTs) {
    acting(user);
    var bot = workspace.person(app.botUser()).orElseThrow();
    var name =
        Pattern.compile(
            "(?i)@(?:"
                + Pattern.quote(bot.realName())
                + "|"
                + Pattern.quote(bot.name())
                + ")(?![\\p{L}\\p{N}])");
    var mention = name.matcher(escaped(text));
    var mentioned = mention.find();
    var sent = mention.replaceAll(Matcher.quoteReplacement("<@" + bot.id() + ">"));
    var post = workspace.post(Draft.open(channel, user, sent, List.of()).inThread(threadTs, false));
    var present =
        workspace.channel(channel).filter(c -> c.members().contains(bot.id())).isPresent();
    if (!mentioned || !present || server.faults().outage()) {
      return Optional.empty();
    }
    return Optional.of(events.send(payloads.mention(acting(user), post)));
  }

  /** Slack's proof that the request URL is ours; the app must answer the challenge. */
  public Answer verifyUrl(String challenge) {
    var body =
        Json.object()
            .put("token", app.verificationToken())
            .put("challenge", challenge)
            .put("type", "url_verification");
    return caller.call(SignedCall.JSON, body.toString(), Map.of(), Forgery.NONE);
  }

  /** Submits the modal that a person has open; it closes if the app answers 200. */
  public Answer submitView(String user, Map<String, String> typed) {
    var view = openView(user).orElseThrow(() -> new IllegalStateException("No modal is open"));
    var payload = payloads.viewSubmission(acting(user), view, typed);
    var answer =
        caller.call(
            SignedCall.FORM, form(Map.of("payload", payload.toString())), Map.of(), Forgery.NONE);
    if (answer.result() == Answer.Result.OK) {
      server.views().close(user);
    }
    return answer;
  }

  /** The modal that a person has open. */
  public Optional<JsonNode> openView(String user) {
    return server.views().openFor(user);
  }

  /** The request that was sent last. */
  public Optional<SignedCall> lastCall() {
    return caller.last();
  }

  /** Sends an earlier request again, byte for byte. */
  public Answer replay(SignedCall call) {
    return caller.send(call);
  }

  @Override
  public void close() {
    events.close();
    caller.close();
  }

  private void show(String user, String channel, String command, String body) {
    var json = Json.parse(body).filter(JsonNode::isObject);
    try {
      ResponseUrls.respond(
          workspace,
          app,
          channel,
          user,
          Optional.empty(),
          json.orElseGet(() -> Json.object().put("text", body)));
    } catch (Refused e) {
      tell(user, channel, command + " failed with the error \"" + e.code() + "\" " + e.details());
    }
  }

  private Answer unreachable(String user, String channel) {
    tell(user, channel, "Slack is having trouble: the message was not sent.");
    return Answer.none(Answer.Result.FAILED, Duration.ZERO);
  }

  private void tell(String user, String channel, String text) {
    workspace.post(Draft.privately(channel, Workspace.SLACKBOT, user, text, List.of()));
  }

  private Person acting(String user) {
    return workspace
        .person(user)
        .filter(Person::canAct)
        .orElseThrow(() -> new IllegalArgumentException("Nobody can act as " + user));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
