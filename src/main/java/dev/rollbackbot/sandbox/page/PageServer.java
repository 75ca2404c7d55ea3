package dev.rollbackbot.sandbox.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollbackbot.sandbox.slack.SlackClientActions;
import dev.rollbackbot.sandbox.slack.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Serves the page and its JSON on loopback. Bodies are at most 64 KiB; at most {@value
 * #MAX_STREAMS} pages are kept up to date at once, each for ten minutes until its browser asks
 * again.
 */
public final class PageServer implements AutoCloseable {
  private static final int MAX_BODY = 64 << 10;
  private static final int MAX_STREAMS = 16;
  private static final Duration STREAM_LIFE = Duration.ofMinutes(10);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> FILES =
      Map.of(
          "page.html", "text/html",
          "page.css", "text/css",
          "page.js", "text/javascript",
          "render.js", "text/javascript",
          "words.js", "text/javascript");

  private final Semaphore streams = new Semaphore(MAX_STREAMS);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer http;
  private final Workspace workspace;
  private final PageState state;
  private final PageActions actions;
  private volatile boolean closed;

  private PageServer(
      int port, Workspace workspace, SlackClientActions slack, Controls controls, Hints hints)
      throws IOException {
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    this.workspace = workspace;
    this.state = new PageState(workspace, controls);
    this.actions = new PageActions(workspace, slack, controls, state);
    http.setExecutor(threads);
    get("/", this::file);
    get("/api/state", e -> state.of(state.viewer(query(e, "as")), locale(query(e, "language"))));
    get(
        "/api/hints",
        e -> {
          var lines = JSON.createArrayNode();
          hints.complete(query(e, "typed")).stream().limit(10).forEach(lines::add);
          return lines;
        });
    get("/api/file", e -> new Picture(actions.file(query(e, "as"), query(e, "id"))));
    http.createContext("/api/events", this::events);
    post("/api/command", actions::command);
    post("/api/mention", actions::mention);
    post("/api/click", actions::click);
    post("/api/control", actions::control);
    post("/api/choose", actions::choose);
  }

  /**
   * Starts.
   *
   * @param port 0 for a free one
   * @throws IOException if the port is taken
   */
  public static PageServer start(
      int port, Workspace workspace, SlackClientActions slack, Controls controls, Hints hints)
      throws IOException {
    var server = new PageServer(port, workspace, slack, controls, hints);
    server.http.start();
    return server;
  }

  /** Where to point a browser. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/");
  }

  @Override
  public void close() {
    closed = true;
    http.stop(0);
    threads.shutdownNow();
  }

  /** An answer with a status that is not 200. */
  static final class Rejected extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    Rejected(int status, String why) {
      super(why, null, false, false);
      this.status = status;
    }
  }

  private interface Read {
    Object of(HttpExchange exchange) throws IOException;
  }

  interface Act {
    JsonNode of(JsonNode body);
  }

  private void get(String path, Read read) {
    http.createContext(path, exchange -> answer(exchange, "GET", () -> read.of(exchange)));
  }

  private void post(String path, Act act) {
    http.createContext(path, exchange -> answer(exchange, "POST", () -> act.of(body(exchange))));
  }

  private interface Work {
    Object run() throws IOException;
  }

  private static void answer(HttpExchange exchange, String method, Work work) throws IOException {
    try (exchange) {
      var refusal = Door.refusal(exchange, method);
      if (refusal.isPresent()) {
        send(exchange, refusal.get(), "text/plain", "Not from here");
        return;
      }
      try {
        switch (work.run()) {
          case Resource(String type, String text) -> send(exchange, 200, type, text);
          case Picture picture -> send(exchange, 200, "image/png", picture.png);
          case Object json -> send(exchange, 200, "application/json", json.toString());
        }
      } catch (Rejected e) {
        var json = JSON.createObjectNode().put("error", e.getMessage());
        send(exchange, e.status, "application/json", json.toString());
      } catch (IllegalStateException | IllegalArgumentException e) {
        var json = JSON.createObjectNode().put("error", String.valueOf(e.getMessage()));
        send(exchange, 500, "application/json", json.toString());
      }
    }
  }

  private record Resource(String type, String text) {}

  private static final class Picture {
    private final byte[] png;

    Picture(byte[] png) {
      this.png = png;
    }
  }

  private Object file(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var name = path.equals("/") ? "page.html" : path.substring(1);
    var type = FILES.get(name);
    if (type == null) {
      throw new Rejected(404, "No such page");
    }
    try (var in = PageServer.class.getResourceAsStream("/sandbox/" + name)) {
      if (in == null) {
        throw new IOException("Missing from the jar: " + name);
      }
      return new Resource(type, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private void events(HttpExchange exchange) throws IOException {
    try (exchange) {
      var refusal = Door.refusal(exchange, "GET");
      if (refusal.isPresent() || !streams.tryAcquire()) {
        send(exchange, refusal.orElse(503), "text/plain", "Not now");
        return;
      }
      try {
        stream(exchange, locale(query(exchange, "language")));
      } finally {
        streams.release();
      }
    }
  }

  private void stream(HttpExchange exchange, Locale locale) throws IOException {
    head(exchange, "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    var out = exchange.getResponseBody();
    var end = System.nanoTime() + STREAM_LIFE.toNanos();
    var told = "";
    while (!closed && System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      var version = workspace.version();
      var now = state.signature(locale);
      var line = now.equals(told) ? ":\n\n" : "data: " + now + "\n\n";
      out.write(line.getBytes(StandardCharsets.UTF_8));
      out.flush();
      told = now;
      var _ = workspace.awaitChange(version, BEAT);
    }
  }

  private static JsonNode body(HttpExchange exchange) {
    try {
      var bytes = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
      if (bytes.length > MAX_BODY) {
        throw new Rejected(413, "Too long");
      }
      var json = JSON.readTree(bytes);
      if (!json.isObject()) {
        throw new Rejected(400, "Not a JSON object");
      }
      return json;
    } catch (JsonProcessingException e) {
      throw new Rejected(400, "Not JSON");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    send(exchange, status, type + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] bytes)
      throws IOException {
    head(exchange, type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void head(HttpExchange exchange, String type) {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; form-action 'none'; base-uri 'none';"
            + " frame-ancestors 'none'");
  }

  static Locale locale(String language) {
    return language.equals("ja") ? Locale.JAPANESE : Locale.ENGLISH;
  }

  private static String query(HttpExchange exchange, String name) {
    var values = new HashMap<String, String>();
    var raw = exchange.getRequestURI().getRawQuery();
    for (var pair : (raw == null ? "" : raw).split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return values.getOrDefault(name, "");
  }
}
