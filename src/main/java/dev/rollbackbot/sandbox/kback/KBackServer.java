package dev.rollbackbot.sandbox.kback;

import com.google.cloud.run.v2.ServiceName;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollbackbot.sandbox.cloudrun.CloudRunModel;
import dev.rollbackbot.sandbox.cloudrun.Routing;
import dev.rollbackbot.sandbox.cloudrun.UrlScheme;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The demo service: real HTTP on one loopback port for the service's URL and one for each tag's
 * URL.
 *
 * <p>A port each and not a host name each, because {@code *.localhost} does not resolve everywhere.
 * Requests go where the model's routing says at that moment, chosen by the seeded generator. At
 * most 500 ports; one stays open when its tag is taken off (404 from then on). Paths: {@code /},
 * {@code /health}, {@code /health/ready}, {@code /plans/...}.
 */
public final class KBackServer implements UrlScheme, AutoCloseable {

  private static final int MAX_PORTS = 500;
  private static final String SERVICE_DOOR = "";

  private record Door(String service, String tag) {}

  private record Answer(int status, String body, Optional<String> exceptionText) {
    static Answer of(int status, String body) {
      return new Answer(status, body, Optional.empty());
    }
  }

  private final InstantSource clock;
  private final RequestListener listener;
  private final Random random;
  private final Instances instances;
  private final Map<Door, HttpServer> doors = new ConcurrentHashMap<>();
  private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private volatile @Nullable CloudRunModel model;

  /** Ports open when their URL is first asked for; nothing is served before {@link #serve}. */
  public KBackServer(InstantSource clock, long seed, RequestListener listener) {
    this.clock = clock;
    this.listener = listener;
    this.random = new Random(seed);
    this.instances = new Instances(clock);
  }

  /** From now on requests go where this model, which was made with this URL scheme, says. */
  public void serve(CloudRunModel routedBy) {
    model = routedBy;
  }

  /** How the code of an image behaves from now on; one that was never named is healthy. */
  public void behave(String digest, Behaviour behaviour) {
    behaviours.put(digest, behaviour);
  }

  @Override
  public String serviceUrl(String service) {
    return url(new Door(service, SERVICE_DOOR));
  }

  @Override
  public String tagUrl(String service, String tag) {
    return url(new Door(service, tag));
  }

  private String url(Door door) {
    return "http://127.0.0.1:" + doors.computeIfAbsent(door, this::open).getAddress().getPort();
  }

  private HttpServer open(Door door) {
    if (doors.size() >= MAX_PORTS) {
      throw new IllegalStateException("more than " + MAX_PORTS + " URLs in one sandbox");
    }
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(executor);
      server.createContext("/", exchange -> handle(door, exchange));
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("no port for " + door, e);
    }
  }

  private void handle(Door door, HttpExchange exchange) throws IOException {
    try (exchange) {
      Instant when = clock.instant();
      long start = System.nanoTime();
      Optional<String> revision = revisionFor(door);
      String path = exchange.getRequestURI().getPath();
      Answer answer =
          revision
              .map(name -> answer(door, name, path))
              .orElseGet(() -> Answer.of(404, "Page not found\n"));
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
      exchange.getRequestBody().readAllBytes();
      // Told first: whoever has read the answer finds it in the logs.
      revision.ifPresent(
          name ->
              listener.served(
                  new ServedRequest(
                      when,
                      door.service(),
                      name,
                      exchange.getRequestMethod(),
                      url(door) + exchange.getRequestURI(),
                      path,
                      Optional.ofNullable(exchange.getRequestHeaders().getFirst("User-Agent"))
                          .orElse(""),
                      caller(exchange),
                      answer.status(),
                      Duration.ofNanos(System.nanoTime() - start),
                      answer.exceptionText())));
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  /**
   * Callers are all on loopback, so each may name its address in {@code X-Forwarded-For}. The real
   * front end believes no such header: it logs the address of the connection.
   */
  private static String caller(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Forwarded-For"))
        .orElseGet(() -> exchange.getRemoteAddress().getAddress().getHostAddress());
  }

  private Optional<String> revisionFor(Door door) {
    CloudRunModel current = model;
    if (current == null) {
      return Optional.empty();
    }
    try {
      Routing routing = current.routing(door.service());
      return door.tag().equals(SERVICE_DOOR)
          ? Optional.of(drawn(routing))
          : Optional.ofNullable(routing.tags().get(door.tag()));
    } catch (StatusRuntimeException unknownService) {
      return Optional.empty();
    }
  }

  /** In the order of the names, so that the same seed draws the same revisions. */
  private String drawn(Routing routing) {
    int left;
    synchronized (random) {
      left = random.nextInt(100);
    }
    TreeMap<String, Integer> byName = new TreeMap<>(routing.percents());
    for (var entry : byName.entrySet()) {
      left -= entry.getValue();
      if (left < 0) {
        return entry.getKey();
      }
    }
    return byName.lastKey();
  }

  private Answer answer(Door door, String revision, String path) {
    CloudRunModel current = model;
    Optional<Behaviour> behaviour =
        current == null
            ? Optional.empty()
            : current.runningDigest(door.service(), revision).map(this::behaviourOf);
    if (behaviour.isEmpty() || !behaviour.get().starts()) {
      return Answer.of(
          503, "The request failed because the instance could not start successfully.\n");
    }
    pause(instances.untilWarm(revision, behaviour.get()).plus(behaviour.get().latency()));
    if (instances.fails(revision, behaviour.get(), path)) {
      return new Answer(
          500,
          "{\"detail\":\"Internal Server Error\"}\n",
          Optional.of(traceback(path, behaviour.get().exception())));
    }
    String service = ServiceName.parse(door.service()).getService();
    return page(service, revision, path);
  }

  private static Answer page(String service, String revision, String path) {
    if (path.equals("/") || path.equals("/health") || path.equals("/health/ready")) {
      return Answer.of(
          200,
          "{\"service\":\"%s\",\"revision\":\"%s\",\"status\":\"ok\"}\n"
              .formatted(service, revision));
    }
    String plans = "/plans/";
    if (path.startsWith(plans) && path.substring(plans.length()).matches("[A-Za-z0-9-]{1,40}")) {
      return Answer.of(200, "{\"plan_id\":\"%s\"}\n".formatted(path.substring(plans.length())));
    }
    return Answer.of(404, "{\"detail\":\"Not Found\"}\n");
  }

  private Behaviour behaviourOf(String digest) {
    return behaviours.getOrDefault(digest, Behaviour.healthy());
  }

  private static String traceback(String path, String exception) {
    return """
        Traceback (most recent call last):
          File "/usr/local/lib/python3.12/site-packages/starlette/routing.py", line 73, in app
            response = await f(request)
          File "/app/k_back/%s.py", line 84, in read
            return Plan(id=row["plan_id"], person=row["person"])
        %s"""
        .formatted(path.startsWith("/health") ? "health" : "plans", exception);
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes every port at once. */
  @Override
  public void close() {
    doors.values().forEach(server -> server.stop(0));
    executor.shutdownNow();
  }
}
