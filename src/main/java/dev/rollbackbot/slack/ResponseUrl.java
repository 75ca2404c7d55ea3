package dev.rollbackbot.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollbackbot.port.ChatException;
import dev.rollbackbot.port.WorldException.Kind;
import dev.rollbackbot.text.Message;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one person at the address that came with their request.
 *
 * <p>The address is a secret of its own, so it is never logged, and it comes from outside, so only
 * addresses under one prefix are called: {@code https://hooks.slack.com/} in production. Redirects
 * are not followed. Good for five answers in 30 minutes.
 */
final class ResponseUrl implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ResponseUrl.class);

  private final URI prefix;
  private final Duration patience;
  private final LateHttp http;

  /** Calls only what begins with the prefix, each time for at most {@code patience}. */
  ResponseUrl(String prefix, Duration patience) {
    this.prefix = URI.create(prefix);
    if (!prefix.endsWith("/") || this.prefix.getHost() == null) {
      throw new IllegalArgumentException(
          "the prefix of response URLs needs a host and ends in a slash, such as"
              + " https://hooks.slack.com/, but is "
              + prefix);
    }
    this.patience = patience;
    this.http = new LateHttp(patience);
  }

  /** The body of an answer that only the asking person sees; also of a command's HTTP answer. */
  static ObjectNode ephemeral(Message message) {
    return ephemeral(message, Blocks.of(message));
  }

  private static ObjectNode ephemeral(Message message, ArrayNode blocks) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("response_type", "ephemeral")
            .put("replace_original", false)
            .put("text", Blocks.text(message));
    if (!blocks.isEmpty()) {
      body.set("blocks", blocks);
    }
    return body;
  }

  /** Answers; when Slack does not like the blocks, with simpler ones and then without. */
  void answer(String url, Message message) {
    URI target = checked(url);
    HttpResponse<String> last = null;
    for (ArrayNode blocks :
        List.of(
            Blocks.of(message), Blocks.plainest(message), JsonNodeFactory.instance.arrayNode())) {
      last = post(target, ephemeral(message, blocks).toString());
      if (last.statusCode() / 100 == 2) {
        return;
      }
      if (last.statusCode() != 400) {
        break;
      }
      LOG.error("Slack refused the blocks of an answer: {}", SlackText.cut(last.body(), 500));
    }
    int status = last == null ? 0 : last.statusCode();
    Kind kind =
        switch (status) {
          case 429 -> Kind.QUOTA;
          case 404, 410 -> Kind.NOT_FOUND;
          default -> status >= 500 ? Kind.UNAVAILABLE : Kind.REFUSED;
        };
    throw new ChatException(kind, "Slack answered " + status + " to an answer of ours");
  }

  private HttpResponse<String> post(URI target, String body) {
    try {
      return http.client()
          .send(
              HttpRequest.newBuilder(target)
                  .timeout(patience)
                  .header("Content-Type", "application/json; charset=utf-8")
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
    } catch (IOException e) {
      // The cause may name the address.
      throw new ChatException(
          Kind.UNAVAILABLE, "Slack did not take an answer: " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChatException(Kind.UNAVAILABLE, "stopped while answering");
    }
  }

  private URI checked(String url) {
    try {
      URI target = URI.create(url);
      boolean ours =
          prefix.getScheme().equals(target.getScheme())
              && prefix.getHost().equals(target.getHost())
              && prefix.getPort() == target.getPort()
              && target.getUserInfo() == null
              && url.startsWith(prefix.toString());
      if (ours) {
        return target;
      }
    } catch (IllegalArgumentException e) {
      LOG.debug("an answer's address is no URL");
    }
    throw new ChatException(Kind.REFUSED, "an answer's address is not Slack's");
  }

  @Override
  public void close() {
    http.close();
  }
}
