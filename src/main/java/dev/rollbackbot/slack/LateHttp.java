package dev.rollbackbot.slack;

import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's client for addresses that Slack gives, made when first needed: a front's first answer
 * to a command needs none. Redirects are not followed.
 */
final class LateHttp implements AutoCloseable {
  private final Duration patience;
  private @Nullable HttpClient http;

  /** Waits so long for a connection. */
  LateHttp(Duration patience) {
    this.patience = patience;
  }

  synchronized HttpClient client() {
    if (http == null) {
      http =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(patience)
              .build();
    }
    return http;
  }

  @Override
  public synchronized void close() {
    if (http != null) {
      http.shutdownNow();
    }
  }
}
