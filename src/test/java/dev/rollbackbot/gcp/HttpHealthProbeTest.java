package dev.rollbackbot.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollbackbot.domain.journal.Journal.ProbeResult;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHealthProbeTest {
  private static final List<String> LOOPBACK = List.of("http://127.0.0.1:");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final List<String> headers = new CopyOnWriteArrayList<>();

  HttpHealthProbeTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void close() {
    ended.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aWellServiceAnswersEveryTime() {
    answer("/healthz", _ -> 200);
    ProbeResult result = probe(5, Duration.ofSeconds(5));
    assertThat(result.passed()).isTrue();
    assertThat(result.good()).isEqualTo(5);
    assertThat(result.detail()).isEmpty();
    assertThat(asked).hasValue(6);
  }

  @Test
  void saysWhoItIsAndCarriesTheToken() {
    answer("/healthz", _ -> 204);
    assertThat(probe(1, Duration.ofSeconds(5)).passed()).isTrue();
    assertThat(headers)
        .allMatch(header -> header.equals("rollback-bot-probe Bearer token of " + base()));
  }

  @Test
  void aSickServiceIsToldByItsFirstFailure() {
    answer("/healthz", n -> n % 3 == 0 ? 500 : 200);
    ProbeResult result = probe(5, Duration.ofSeconds(5));
    assertThat(result.passed()).isFalse();
    assertThat(result.good()).isEqualTo(4);
    assertThat(result.detail()).isEqualTo("HTTP 500");
  }

  @Test
  void aRedirectIsNotFollowedAndNotGood() {
    answer("/healthz", _ -> 302);
    assertThat(probe(2, Duration.ofSeconds(5))).isEqualTo(new ProbeResult(0, 2, 0, "HTTP 302"));
  }

  @Test
  void aColdStartIsWaitedForAndDoesNotCount() {
    answer("/healthz", n -> n < 3 ? 503 : 200);
    assertThat(probe(4, Duration.ofSeconds(10)).passed()).isTrue();
    assertThat(asked).hasValue(3 + 1 + 4);
  }

  @Test
  void anAnswerThatDoesNotComeIsATimeout() {
    server.createContext("/healthz", _ -> waitForTheEnd());
    ProbeResult result = probe(1, Duration.ofMillis(100), Duration.ofSeconds(1));
    assertThat(result).isEqualTo(new ProbeResult(0, 1, 0, "timeout after 1 s"));
  }

  @Test
  void aBodyThatDoesNotEndIsATimeout() {
    server.createContext(
        "/healthz",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(1);
          exchange.getResponseBody().flush();
          waitForTheEnd();
        });
    ProbeResult result = probe(1, Duration.ofMillis(100), Duration.ofMillis(300));
    assertThat(result).isEqualTo(new ProbeResult(0, 1, 0, "timeout after 300 ms"));
  }

  @Test
  void aHugeBodyIsNotRead() {
    server.createContext(
        "/healthz",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(new byte[1_000_000]);
          exchange.close();
        });
    assertThat(probe(1, Duration.ofMillis(200)).passed()).isFalse();
  }

  @Test
  void nobodyThereIsNoConnection() {
    String base = base();
    server.stop(0);
    ProbeResult result;
    try (var probe =
        new HttpHealthProbe(settings(1, Duration.ofMillis(1)), _ -> Optional.empty())) {
      result = probe.probe(base);
    }
    assertThat(result).isEqualTo(new ProbeResult(0, 1, 0, "no connection"));
  }

  @Test
  void withoutATokenAPublicServiceIsStillAsked() {
    answer("/healthz", _ -> 200);
    try (var probe =
        new HttpHealthProbe(
            settings(1, Duration.ofSeconds(5)),
            _ -> {
              throw new IOException("no credentials");
            })) {
      assertThat(probe.probe(base()).passed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://k-back.example.app",
        "http://127.0.0.1.evil.example:80",
        "http://127.0.0.1:80@evil.example",
        "http://127.0.0.1:no number",
        "file:///etc/passwd",
        ""
      })
  void anAddressThatIsNotAllowedIsNotAsked(String address) {
    try (var probe = new HttpHealthProbe(settings(1, Duration.ZERO), _ -> Optional.empty())) {
      WorldException refused =
          catchThrowableOfType(WorldException.class, () -> probe.probe(address));
      assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
    }
  }

  private interface Answers {
    int status(int number);
  }

  private void answer(String path, Answers answers) {
    server.createContext(
        path,
        exchange -> {
          headers.add(header(exchange, "User-Agent") + " " + header(exchange, "Authorization"));
          exchange.getResponseHeaders().add("Location", base() + "/elsewhere");
          exchange.sendResponseHeaders(answers.status(asked.getAndIncrement()), -1);
          exchange.close();
        });
  }

  private static String header(HttpExchange exchange, String name) {
    return String.valueOf(exchange.getRequestHeaders().getFirst(name));
  }

  private void waitForTheEnd() {
    try {
      ended.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ProbeResult probe(int attempts, Duration warmUp) {
    return probe(attempts, warmUp, Duration.ofSeconds(5));
  }

  private ProbeResult probe(int attempts, Duration warmUp, Duration timeout) {
    var settings = new HttpHealthProbe.Settings("/healthz", LOOPBACK, attempts, timeout, warmUp);
    try (var probe =
        new HttpHealthProbe(settings, audience -> Optional.of("token of " + audience))) {
      return probe.probe(base());
    }
  }

  private static HttpHealthProbe.Settings settings(int attempts, Duration warmUp) {
    return new HttpHealthProbe.Settings(
        "/healthz", LOOPBACK, attempts, Duration.ofSeconds(5), warmUp);
  }

  private String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }
}
