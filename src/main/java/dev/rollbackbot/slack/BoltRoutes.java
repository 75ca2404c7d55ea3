package dev.rollbackbot.slack;

import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.request.builtin.EventRequest;
import com.slack.api.bolt.response.Response;
import com.slack.api.model.event.AppMentionEvent;
import dev.rollbackbot.domain.command.SignedRequest;
import dev.rollbackbot.port.Inbox;
import dev.rollbackbot.port.Incoming;
import dev.rollbackbot.port.SlackRequests;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.text.Message;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bolt's handlers: each hands the signed request to the {@link Inbox} and brings its answer back
 * the way that kind of request allows.
 *
 * <p>A command is answered in its HTTP answer, a click at its response URL. A mention cannot be
 * answered without a bot token: where the inbox had something to say it was not taken, and a 503
 * makes Slack send it again. Everything else that Slack sends is acknowledged, because a 404 would
 * make it retry and in the end switch events off.
 */
final class BoltRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(BoltRoutes.class);
  private static final Pattern ANYTHING = Pattern.compile(".*", Pattern.DOTALL);

  private final Inbox inbox;
  private final SlackRequests requests;
  private final ResponseUrl responseUrl;

  BoltRoutes(Inbox inbox, SlackRequests requests, ResponseUrl responseUrl) {
    this.inbox = inbox;
    this.requests = requests;
    this.responseUrl = responseUrl;
  }

  /** Without a token Bolt never calls Slack; without middleware it checks nothing again. */
  App app() {
    AppConfig config =
        AppConfig.builder()
            .singleTeamBotToken(null)
            .clientId(null)
            .requestVerificationEnabled(false)
            .sslCheckEnabled(false)
            .unmatchedRequestHandler(BoltRoutes::acknowledge)
            .build();
    return new App(config, List.of())
        .command(ANYTHING, (_, _) -> command(SignatureFilter.REQUEST.get()))
        .blockAction(ANYTHING, (_, _) -> click(SignatureFilter.REQUEST.get()))
        .event(AppMentionEvent.class, (_, _) -> mention(SignatureFilter.REQUEST.get()));
  }

  private Response command(SignedRequest request) {
    Optional<Message> answer = inbox.accept(request).message();
    return answer
        .map(message -> Response.json(200, ResponseUrl.ephemeral(message).toString()))
        .orElseGet(Response::ok);
  }

  private Response click(SignedRequest request) {
    Optional<Message> answer = inbox.accept(request).message();
    if (answer.isPresent() && requests.read(request) instanceof Incoming.Pressed pressed) {
      try {
        responseUrl.answer(pressed.responseUrl(), answer.get());
      } catch (WorldException e) {
        LOG.error("a click by {} stays unanswered: {}", pressed.user(), e.detail());
      }
    }
    return Response.ok();
  }

  private Response mention(SignedRequest request) {
    return inbox.accept(request).message().isEmpty() ? Response.ok() : Response.error(503);
  }

  /** Bolt also comes here with a mention whose handler did not answer 200. */
  private static Response acknowledge(Request<?> request) {
    boolean mention =
        request instanceof EventRequest event
            && AppMentionEvent.TYPE_NAME.equals(event.getEventType());
    return mention ? Response.error(503) : Response.ok();
  }
}
