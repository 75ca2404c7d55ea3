package dev.rollbackbot.sandbox.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Sends events, and sends them again while the app does not answer 200: at once, after one minute
 * and after five, with {@code X-Slack-Retry-Num} and {@code -Reason}
 * (docs.slack.dev/apis/events-api).
 */
final class EventSender implements AutoCloseable {
  static final List<Duration> RETRIES =
      List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(5));

  private final AppCaller caller;
  private final List<Duration> retries;
  private final ScheduledThreadPoolExecutor later =
      new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("slack-event-retries").factory());

  EventSender(AppCaller caller, List<Duration> retries) {
    this.caller = caller;
    this.retries = List.copyOf(retries);
    later.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  Answer send(ObjectNode envelope) {
    var answer = caller.call(SignedCall.JSON, envelope.toString(), Map.of(), Forgery.NONE);
    retryAfter(answer, envelope.toString(), 0);
    return answer;
  }

  private void retryAfter(Answer answer, String body, int done) {
    if (answer.result() == Answer.Result.OK || answer.noRetry() || done >= retries.size()) {
      return;
    }
    Runnable again =
        () -> {
          var headers =
              Map.of(
                  "X-Slack-Retry-Num", Integer.toString(done + 1),
                  "X-Slack-Retry-Reason", reason(answer));
          retryAfter(caller.call(SignedCall.JSON, body, headers, Forgery.NONE), body, done + 1);
        };
    try {
      var _ = later.schedule(again, retries.get(done).toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closed meanwhile: nobody is left to hear the event.
    }
  }

  private static String reason(Answer answer) {
    return switch (answer.result()) {
      case LATE -> "http_timeout";
      case FAILED -> answer.status() == 0 ? "connection_failed" : "http_error";
      case OK -> "unknown_error";
    };
  }

  @Override
  public void close() {
    later.shutdownNow();
  }
}
