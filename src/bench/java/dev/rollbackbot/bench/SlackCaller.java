package dev.rollbackbot.bench;

import dev.rollbackbot.slack.SlackSignature;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Sends signed {@code /rollback} commands to a front as Slack does; no two are the same. */
final class SlackCaller {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Duration GLANCE = Duration.ofMillis(1);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int CONNECTIONS = 8;
  private static final int MOST_TRIES = 5;

  /** So many that none of them sends more than a person may. */
  private static final int PEOPLE = 500;

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final int port;

  SlackCaller(int port) {
    this.port = port;
  }

  /**
   * Asks for the port every millisecond, sends a command as soon as it is open, and returns when
   * one was taken; one that the front could not publish in time is sent again.
   *
   * @param running false when the front has ended and waiting is in vain
   */
  void firstCommand(BooleanSupplier running) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String last = "the front opened no port";
    while (running.getAsBoolean() && System.nanoTime() - deadline < 0) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        last = exchange(socket);
        if (taken(last)) {
          return;
        }
      } catch (ConnectException e) {
        LockSupport.parkNanos(GLANCE.toNanos());
      }
    }
    throw new IOException(last);
  }

  private String exchange(Socket socket) throws IOException {
    socket.setSoTimeout((int) PATIENCE.toMillis());
    String body = body();
    String time = Long.toString(Instant.now().getEpochSecond());
    String head =
        """
        POST /slack/events HTTP/1.1\r
        Host: 127.0.0.1:%d\r
        Content-Type: %s\r
        X-Slack-Request-Timestamp: %s\r
        X-Slack-Signature: %s\r
        Content-Length: %d\r
        Connection: close\r
        \r
        """
            .formatted(port, FORM, time, signature(time, body), body.length());
    socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
    try (InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Sends that many commands over eight connections; each must be taken. */
  void commands(int number) throws IOException, InterruptedException {
    var left = new AtomicInteger(number);
    var ends = new ArrayList<Future<?>>();
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService people = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        ends.add(
            people.submit(
                () -> {
                  while (left.getAndDecrement() > 0) {
                    command(http);
                  }
                  return null;
                }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a command was not taken", e.getCause());
    }
  }

  /** A front that is short of time may say that it could not publish; then it is asked again. */
  private void command(HttpClient http) throws IOException, InterruptedException {
    String answer = "";
    for (int i = 0; i < MOST_TRIES && !taken(answer); i++) {
      answer = http.send(request(), BodyHandlers.ofString()).body();
    }
    if (!taken(answer)) {
      throw new IOException(answer);
    }
  }

  private HttpRequest request() {
    String body = body();
    String time = Long.toString(Instant.now().getEpochSecond());
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/slack/events"))
        .timeout(PATIENCE)
        .header("Content-Type", FORM)
        .header("X-Slack-Request-Timestamp", time)
        .header("X-Slack-Signature", signature(time, body))
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static boolean taken(String answer) {
    return answer.contains("Looking at");
  }

  private static String signature(String time, String body) {
    return SlackSignature.sign(
        FrontNeighbours.SIGNING_SECRET, time, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String body() {
    int number = NUMBER.incrementAndGet();
    return String.join(
        "&",
        List.of(
            "token=none",
            "team_id=" + FrontNeighbours.TEAM,
            "team_domain=bench",
            "channel_id=" + FrontNeighbours.CHANNEL,
            "channel_name=k-back",
            "user_id=U0BENCH" + number % PEOPLE,
            "user_name=aiko",
            "command=%2Frollback",
            "text=" + "%07x".formatted(0x1000000 + number),
            "api_app_id=A0BENCH01",
            "is_enterprise_install=false",
            "response_url=http%3A%2F%2F127.0.0.1%3A9%2Fcommands%2F" + number,
            "trigger_id=1." + number));
  }
}
