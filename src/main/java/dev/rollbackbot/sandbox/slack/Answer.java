package dev.rollbackbot.sandbox.slack;

import java.time.Duration;

/**
 * What the app answered to one signed request.
 *
 * @param status the HTTP status; 0 if there was no answer
 * @param noRetry the app sent {@code X-Slack-No-Retry: 1}
 * @param took from the send to the answer, or to giving up
 */
public record Answer(Result result, int status, String body, boolean noRetry, Duration took) {

  static Answer none(Result result, Duration took) {
    return new Answer(result, 0, "", false, took);
  }

  /** How Slack sees it. */
  public enum Result {
    /** 200 in time. */
    OK(""),
    /** Not within Slack's three seconds. */
    LATE("operation_timeout"),
    /** Another status, or no connection. */
    FAILED("dispatch_failed");

    private final String error;

    Result(String error) {
      this.error = error;
    }

    /** The word that a person reads; empty for none. */
    public String error() {
      return error;
    }
  }
}
