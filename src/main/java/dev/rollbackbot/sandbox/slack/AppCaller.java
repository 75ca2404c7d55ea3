package dev.rollbackbot.sandbox.slack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Signs requests as Slack does, sends them to the app and gives up after Slack's patience. */
final class AppCaller implements AutoCloseable {
  private static final String AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)";

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final String signingSecret;
  private final URI requestUrl;
  private final Duration patience;
  private volatile Optional<SignedCall> last = Optional.empty();

  AppCaller(String signingSecret, URI requestUrl, Duration patience) {
    this.signingSecret = signingSecret;
    this.requestUrl = requestUrl;
    this.patience = patience;
  }

  Answer call(String type, String body, Map<String, String> more, Forgery forgery) {
    var padded = forgery.padding() > 0 ? body + "&padding=" + "x".repeat(forgery.padding()) : body;
    var timestamp = Instant.now().minus(forgery.age()).getEpochSecond();
    var secret = forgery.secret().orElse(signingSecret);
    var headers = new LinkedHashMap<>(more);
    headers.put("Content-Type", type);
    headers.put("User-Agent", AGENT);
    headers.put("X-Slack-Request-Timestamp", Long.toString(timestamp));
    headers.put("X-Slack-Signature", SignedCall.signature(secret, timestamp, padded));
    return send(new SignedCall(requestUrl, headers, padded + forgery.appended()));
  }

  Answer send(SignedCall call) {
    last = Optional.of(call);
    var request =
        HttpRequest.newBuilder(call.target())
            .timeout(patience)
            .POST(HttpRequest.BodyPublishers.ofString(call.body()));
    call.headers().forEach(request::header);
    var began = System.nanoTime();
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      var result = response.statusCode() == 200 ? Answer.Result.OK : Answer.Result.FAILED;
      var noRetry = response.headers().firstValue("X-Slack-No-Retry").equals(Optional.of("1"));
      return new Answer(result, response.statusCode(), response.body(), noRetry, since(began));
    } catch (HttpTimeoutException e) {
      return Answer.none(Answer.Result.LATE, since(began));
    } catch (IOException e) {
      return Answer.none(Answer.Result.FAILED, since(began));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.none(Answer.Result.FAILED, since(began));
    }
  }

  Optional<SignedCall> last() {
    return last;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
