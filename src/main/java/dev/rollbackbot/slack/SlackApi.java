package dev.rollbackbot.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import dev.rollbackbot.port.ChatException;
import dev.rollbackbot.port.WorldException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slack's Web API as the bot: every call is bounded, waits out short rate limits, and says in our
 * own terms what went wrong.
 *
 * <p>A 429 is waited for at most three seconds, at most twice; a longer one is {@code QUOTA}. A
 * call that was not answered is {@code UNAVAILABLE} and may have landed; it is not repeated here.
 */
public final class SlackApi implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlackApi.class);

  private static final Duration CALL = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);
  private static final int MOST_TRIES = 3;

  private static final Set<String> NOT_FOUND =
      Set.of(
          "channel_not_found",
          "message_not_found",
          "user_not_found",
          "thread_not_found",
          "no_such_subteam");
  private static final Set<String> DENIED =
      Set.of(
          "missing_scope",
          "not_in_channel",
          "user_not_in_channel",
          "not_authed",
          "invalid_auth",
          "account_inactive",
          "token_expired",
          "token_revoked",
          "no_permission",
          "access_denied",
          "restricted_action",
          "is_archived",
          "cant_update_message");
  private static final Set<String> UNAVAILABLE =
      Set.of(
          "internal_error",
          "fatal_error",
          "service_unavailable",
          "request_timeout",
          "team_added_to_org");

  private final Slack slack;
  private final MethodsClient methods;

  /**
   * Whom to call, and as whom.
   *
   * @param methodsPrefix {@code https://slack.com/api/} in production
   */
  public record Settings(String botToken, String methodsPrefix) {
    public Settings {
      if (botToken.isBlank()) {
        throw new IllegalArgumentException(
            "the Slack bot token is empty: set SLACK_BOT_TOKEN to the Bot User OAuth Token, such as"
                + " xoxb-1234-5678-abc");
      }
      if (!methodsPrefix.endsWith("/")) {
        throw new IllegalArgumentException("the Web API's address ends in a slash");
      }
    }

    /** The token stays out of logs. */
    @Override
    public String toString() {
      return "Settings[" + methodsPrefix + "]";
    }
  }

  /** Connects with the first call. */
  public SlackApi(Settings settings) {
    var config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(settings.methodsPrefix());
    config.setHttpClientCallTimeoutMillis((int) CALL.toMillis());
    config.setHttpClientReadTimeoutMillis((int) CALL.toMillis());
    config.setHttpClientWriteTimeoutMillis((int) CALL.toMillis());
    // Statistics of the SDK start threads that nobody reads.
    config.setStatsEnabled(false);
    this.slack = Slack.getInstance(config);
    this.methods = slack.methods(settings.botToken());
  }

  /** One method of the Web API. */
  @FunctionalInterface
  interface Call<R extends SlackApiTextResponse> {
    R on(MethodsClient methods) throws IOException, SlackApiException;
  }

  /** Calls a method and gives back an answer that says ok. */
  <R extends SlackApiTextResponse> R call(String name, Call<R> call) {
    R answer = answerOf(name, call);
    if (!answer.isOk()) {
      throw refused(name, answer);
    }
    return answer;
  }

  /** Calls a method and gives back its answer, whatever it says. */
  <R extends SlackApiTextResponse> R answerOf(String name, Call<R> call) {
    for (int tries = 1; ; tries++) {
      try {
        return call.on(methods);
      } catch (IOException e) {
        throw new ChatException(Kind.UNAVAILABLE, name + ": " + e.getMessage(), e);
      } catch (SlackApiException e) {
        int status = e.getResponse().code();
        if (status != 429) {
          throw new ChatException(
              status >= 500 ? Kind.UNAVAILABLE : Kind.REFUSED, name + ": HTTP " + status, e);
        }
        Duration wait = retryAfter(e.getResponse().header("Retry-After"));
        if (tries >= MOST_TRIES || wait.compareTo(LONGEST_WAIT) > 0) {
          throw new ChatException(
              Kind.QUOTA, name + ": Slack asks to wait " + wait.toSeconds() + " s", e);
        }
        LOG.info("{}: Slack asks to wait {} s", name, wait.toSeconds());
        pause(name, wait);
      }
    }
  }

  static ChatException refused(String name, SlackApiTextResponse answer) {
    String error = String.valueOf(answer.getError());
    Kind kind = Kind.REFUSED;
    if (error.equals("ratelimited") || error.equals("rate_limited")) {
      kind = Kind.QUOTA;
    } else if (NOT_FOUND.contains(error)) {
      kind = Kind.NOT_FOUND;
    } else if (DENIED.contains(error)) {
      kind = Kind.DENIED;
    } else if (UNAVAILABLE.contains(error)) {
      kind = Kind.UNAVAILABLE;
    }
    String needed = answer.getNeeded() == null ? "" : ", needs " + answer.getNeeded();
    return new ChatException(kind, name + ": " + error + needed);
  }

  private static Duration retryAfter(@Nullable String header) {
    try {
      return Duration.ofSeconds(header == null ? 1 : Long.parseLong(header.strip()));
    } catch (NumberFormatException e) {
      return Duration.ofSeconds(1);
    }
  }

  private static void pause(String name, Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChatException(Kind.UNAVAILABLE, name + ": stopped while waiting", e);
    }
  }

  @Override
  public void close() {
    try {
      slack.close();
    } catch (Exception e) {
      LOG.warn("the Slack client did not close cleanly", e);
    }
  }
}
