package dev.rollbackbot.sandbox.slack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollbackbot.sandbox.slack.Faults.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Slack's servers on a loopback port: Web API, response URLs and file uploads, as
 * docs.slack.dev/reference/methods describes them. {@link SlackClientActions} is the other
 * direction.
 */
public final class SlackServer implements AutoCloseable {
  private static final int MAX_BODY = 1 << 20;
  private static final int MAX_UPLOAD = 10 << 20;
  private static final int MAX_CALLS = 10_000;
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(60);

  private final Workspace workspace;
  private final SlackApp app;
  private final Faults faults = new Faults();
  private final Deque<String> calls = new ArrayDeque<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer http;
  private final WebApi api;
  private final Uploads uploads;
  private final Views views;
  private final ResponseUrls responseUrls;

  private SlackServer(Workspace workspace, SlackApp app, InstantSource clock) throws IOException {
    this.workspace = workspace;
    this.app = app;
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    this.uploads = new Uploads(workspace, app, base());
    this.views = new Views(workspace, app, clock);
    this.responseUrls = new ResponseUrls(workspace, app, base(), clock);
    this.api = new WebApi(workspace, app, uploads, views);
    http.setExecutor(threads);
    http.createContext("/", exchange -> reply(exchange, plain(404, "Not found")));
    http.createContext("/api/", exchange -> reply(exchange, apiCall(exchange)));
    http.createContext("/commands/", exchange -> reply(exchange, responseUrl(exchange)));
    http.createContext("/actions/", exchange -> reply(exchange, responseUrl(exchange)));
    http.createContext("/upload/v1/", exchange -> reply(exchange, upload(exchange)));
  }

  /** Starts on a free loopback port. */
  public static SlackServer start(Workspace workspace, SlackApp app) throws IOException {
    return start(workspace, app, InstantSource.system());
  }

  static SlackServer start(Workspace workspace, SlackApp app, InstantSource clock)
      throws IOException {
    var server = new SlackServer(workspace, app, clock);
    server.http.start();
    return server;
  }

  /** For {@code SlackConfig.setMethodsEndpointUrlPrefix}; ends in a slash. */
  public String methodsEndpointUrlPrefix() {
    return base().resolve("/api/").toString();
  }

  /** Scheme, host and port of every URL that this server gives out. */
  public URI base() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  public Workspace workspace() {
    return workspace;
  }

  public SlackApp app() {
    return app;
  }

  public Faults faults() {
    return faults;
  }

  /** The bytes of a file that stands in a message; the newest 100 are kept. */
  public Optional<byte[]> file(String id) {
    return uploads.bytes(id);
  }

  /** How often a method was called and answered "ok", of the last {@value #MAX_CALLS} calls. */
  public long calls(String method) {
    synchronized (calls) {
      return calls.stream().filter(method::equals).count();
    }
  }

  ResponseUrls responseUrls() {
    return responseUrls;
  }

  Views views() {
    return views;
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  private record Reply(int status, String type, String body, Optional<Duration> retryAfter) {}

  private Reply apiCall(HttpExchange exchange) throws IOException {
    var method = exchange.getRequestURI().getPath().substring("/api/".length());
    var body = body(exchange, MAX_BODY);
    if (body.isEmpty()) {
      return refusal(200, new Refused("request_too_large"));
    }
    if (faults.outage()) {
      return unavailable();
    }
    try {
      var args = args(exchange, body.get());
      var fault = faults.take(method, args.get("blocks").isPresent());
      if (fault.isPresent()) {
        var planned = planned(fault.get());
        if (planned.isPresent()) {
          return planned.get();
        }
      }
      var answer = api.call(method, token(exchange, args), args);
      count(method);
      return json(200, answer.put("ok", true).toString());
    } catch (Refused e) {
      return refusal(200, e);
    }
  }

  private Reply responseUrl(HttpExchange exchange) throws IOException {
    var body = body(exchange, MAX_BODY);
    if (faults.outage()) {
      return unavailable();
    }
    try {
      var json = body.flatMap(Json::parse).filter(n -> n.isObject());
      responseUrls.use(
          exchange.getRequestURI().getPath(),
          json.orElseThrow(() -> new Refused("invalid_payload")));
      return plain(200, "ok");
    } catch (Refused e) {
      return refusal(e.code().endsWith("_url") ? 404 : 400, e);
    }
  }

  private Reply upload(HttpExchange exchange) throws IOException {
    var id = exchange.getRequestURI().getPath().substring("/upload/v1/".length());
    var bytes = exchange.getRequestBody().readNBytes(MAX_UPLOAD + 1);
    if (faults.outage()) {
      return unavailable();
    }
    var planned = faults.take(Faults.UPLOAD, false).flatMap(SlackServer::planned);
    if (planned.isPresent()) {
      return planned.get();
    }
    if (bytes.length > MAX_UPLOAD
        || !uploads.receive(id, header(exchange, "Content-Type"), bytes)) {
      return plain(400, "upload refused");
    }
    return plain(200, "OK - " + bytes.length);
  }

  private static Optional<Reply> planned(Fault fault) {
    return switch (fault) {
      case Fault.RateLimited(Duration wait) ->
          Optional.of(
              new Reply(
                  429,
                  "application/json; charset=utf-8",
                  "{\"ok\":false,\"error\":\"ratelimited\"}",
                  Optional.of(wait)));
      case Fault.ServerError _ ->
          Optional.of(new Reply(500, "text/html", "<html>Oops</html>", Optional.empty()));
      case Fault.InvalidBlocks _ ->
          Optional.of(
              refusal(
                  200,
                  new Refused(
                      "invalid_blocks",
                      "unsupported type: section [json-pointer:/blocks/0/type]")));
      case Fault.Slow(Duration by) -> {
        pause(by);
        yield Optional.empty();
      }
    };
  }

  private static void pause(Duration by) {
    try {
      Thread.sleep(by.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : by);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Reply unavailable() {
    return new Reply(503, "text/html", "<html>Slack is having trouble</html>", Optional.empty());
  }

  private static Reply refusal(int status, Refused refused) {
    var json = Json.object().put("ok", false).put("error", refused.code());
    if (!refused.details().isEmpty()) {
      var errors = json.putArray("errors");
      var messages = json.putObject("response_metadata").putArray("messages");
      for (var detail : refused.details()) {
        errors.add(detail);
        messages.add("[ERROR] " + detail);
      }
    }
    return json(status, json.toString());
  }

  private static Reply json(int status, String body) {
    return new Reply(status, "application/json; charset=utf-8", body, Optional.empty());
  }

  private static Reply plain(int status, String body) {
    return new Reply(status, "text/plain; charset=utf-8", body, Optional.empty());
  }

  private static void reply(HttpExchange exchange, Reply reply) throws IOException {
    try (exchange) {
      var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", reply.type());
      reply
          .retryAfter()
          .ifPresent(
              wait -> exchange.getResponseHeaders().set("Retry-After", "" + wait.toSeconds()));
      exchange.sendResponseHeaders(reply.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static Optional<String> body(HttpExchange exchange, int most) throws IOException {
    var bytes = exchange.getRequestBody().readNBytes(most + 1);
    return bytes.length > most
        ? Optional.empty()
        : Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  private static Args args(HttpExchange exchange, String body) {
    var type = header(exchange, "Content-Type");
    return type.startsWith("application/json") ? Args.ofJson(body) : Args.ofForm(body);
  }

  private static String token(HttpExchange exchange, Args args) {
    var header = header(exchange, "Authorization");
    return header.startsWith("Bearer ")
        ? header.substring("Bearer ".length())
        : args.get("token").orElse("");
  }

  private static String header(HttpExchange exchange, String name) {
    return List.copyOf(exchange.getRequestHeaders().getOrDefault(name, List.of())).stream()
        .findFirst()
        .orElse("");
  }

  private void count(String method) {
    synchronized (calls) {
      calls.addLast(method);
      if (calls.size() > MAX_CALLS) {
        calls.removeFirst();
      }
    }
  }
}
