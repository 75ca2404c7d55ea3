package dev.rollbackbot.bench;

import com.sun.net.httpserver.HttpServer;
import dev.rollbackbot.sandbox.pubsub.PubSubServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What a front needs around it, on loopback: Pub/Sub with a topic that keeps nothing, and of Slack
 * the one method that Bolt calls at its start.
 */
public final class FrontNeighbours implements AutoCloseable {
  static final String SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  static final String TEAM = "T0BENCH01";
  static final String CHANNEL = "C0BENCH01";

  private static final String PROJECT = "bench-project";
  private static final String TOPIC = "rollback-requests";
  private static final String NOBODY = "127.0.0.1:9";
  private static final byte[] AUTH_TEST =
      """
      {"ok":true,"url":"http://127.0.0.1/","team":"bench","user":"bot","team_id":"%s",\
      "user_id":"U0BENCH01","bot_id":"B0BENCH01","is_enterprise_install":false}"""
          .formatted(TEAM)
          .getBytes(StandardCharsets.UTF_8);

  private final PubSubServer pubsub;
  private final HttpServer slack;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private FrontNeighbours(PubSubServer pubsub, HttpServer slack) {
    this.pubsub = pubsub;
    this.slack = slack;
  }

  static FrontNeighbours start() throws IOException {
    HttpServer slack =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var neighbours = new FrontNeighbours(PubSubServer.start(), slack);
    neighbours.pubsub.createTopic(topic());
    slack.setExecutor(neighbours.threads);
    slack.createContext(
        "/api/auth.test",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
          exchange.sendResponseHeaders(200, AUTH_TEST.length);
          exchange.getResponseBody().write(AUTH_TEST);
          exchange.close();
        });
    slack.start();
    return neighbours;
  }

  /** How many requests were published. */
  long published() {
    return pubsub.published(topic());
  }

  /** A port that is free now. */
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** What the Node variants read, and the Java front's secret. */
  Map<String, String> environment(int port) {
    return Map.of(
        "SLACK_SIGNING_SECRET",
        SIGNING_SECRET,
        "SLACK_BOT_TOKEN",
        "xoxb-bench",
        "SLACK_API",
        "http://127.0.0.1:" + slack.getAddress().getPort() + "/api/",
        "PUBSUB_EMULATOR_HOST",
        pubsub.endpoint(),
        "PROJECT",
        PROJECT,
        "TOPIC",
        TOPIC,
        "PORT",
        Integer.toString(port),
        "NODE_ENV",
        "production");
  }

  /** Writes the Java front's configuration. */
  Path configuration(Path folder, int port) throws IOException {
    String slackAddress = "http://127.0.0.1:" + slack.getAddress().getPort();
    String yaml =
        """
        bot: bench
        language: en
        slack:
          teams: [%s]
          channels:
            - {id: %s, services: [k-back]}
        services:
          - name: k-back
            project: %s
            region: asia-northeast1
            image: asia-northeast1-docker.pkg.dev/%3$s/repo/k-back
            git: {url: "https://example.com/k-back.git", branch: main}
            probe: {path: /health}
        pubsub: {project: %3$s, topic: %s, subscription: rollback-worker}
        endpoints:
          slackApi: %s/api/
          responseUrls: %5$s/
          google:
            {run: "%s", registry: "%6$s", pubsub: "%s", logging: "%6$s", builds: "%6$s"}
        front: {host: 127.0.0.1, port: %d}
        worker: {gitDirectory: clones}
        """
            .formatted(
                TEAM, CHANNEL, PROJECT, TOPIC, slackAddress, NOBODY, pubsub.endpoint(), port);
    return Files.writeString(folder.resolve("front.yaml"), yaml);
  }

  private static String topic() {
    return "projects/" + PROJECT + "/topics/" + TOPIC;
  }

  @Override
  public void close() {
    slack.stop(0);
    threads.shutdownNow();
    pubsub.close();
  }
}
