package dev.rollbackbot.sandbox.slack;

import com.slack.api.app_backend.SlackSignature;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An app of a few lines: verifies with Slack's own code, answers what the test says. */
final class TestEndpoint implements AutoCloseable {

  record Received(Map<String, String> form, String body, String retryNum, String retryReason) {
    String field(String name) {
      return form.getOrDefault(name, "");
    }
  }

  final BlockingQueue<Received> received = new ArrayBlockingQueue<>(100);
  final AtomicInteger status = new AtomicInteger(200);
  final CountDownLatch silence = new CountDownLatch(1);
  volatile boolean silent;
  volatile String answer = "";
  private final SlackSignature.Verifier verifier;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer http;

  TestEndpoint(String signingSecret) throws IOException {
    verifier = new SlackSignature.Verifier(new SlackSignature.Generator(signingSecret));
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/slack/events", this::handle);
    http.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/slack/events");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var headers = exchange.getRequestHeaders();
      var genuine =
          verifier.isValid(
              headers.getFirst("X-Slack-Request-Timestamp"),
              body,
              headers.getFirst("X-Slack-Signature"));
      if (genuine) {
        received.add(
            new Received(
                Args.ofForm(body).values(),
                body,
                String.valueOf(headers.getFirst("X-Slack-Retry-Num")),
                String.valueOf(headers.getFirst("X-Slack-Retry-Reason"))));
      }
      if (silent) {
        silence.await(20, TimeUnit.SECONDS);
      }
      var bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(
          genuine ? status.get() : 401, bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    silence.countDown();
    http.stop(0);
    threads.shutdownNow();
  }
}
