package dev.rollbackbot.gcp;

import dev.rollbackbot.domain.journal.Journal.ProbeResult;
import dev.rollbackbot.port.HealthProbe;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a service over HTTP/1.1 whether it is well: an answer of 2xx, the path from the
 * configuration, the host from the platform.
 *
 * <p>Follows no redirects, reads at most 64 KiB, and asks only addresses that begin with an allowed
 * prefix.
 */
public final class HttpHealthProbe implements HealthProbe, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpHealthProbe.class);

  /** By which our own requests are told from users'. */
  public static final String USER_AGENT = "rollback-bot-probe";

  private static final long MOST_BYTES = 64 * 1024;
  private static final Duration BETWEEN_WARM_UPS = Duration.ofMillis(250);
  private static final int OK = 200;
  private static final int REDIRECTION = 300;
  // While it starts, or has no instance free, the platform answers with these.
  private static final Set<Integer> NOT_YET = Set.of(429, 502, 503, 504);

  /**
   * How to ask.
   *
   * @param path with which the address is completed; begins with a slash
   * @param allowed prefixes of addresses: {@code https://} in production
   * @param attempts after the warm-up, all of which must be good
   * @param timeout of one attempt
   * @param warmUp how long a cold start may take in all
   */
  public record Settings(
      String path, List<String> allowed, int attempts, Duration timeout, Duration warmUp) {
    public Settings {
      allowed = List.copyOf(allowed);
      if (!path.startsWith("/") || attempts < 1 || !timeout.isPositive() || warmUp.isNegative()) {
        throw new IllegalArgumentException("a probe needs a path with a slash and some attempts");
      }
    }
  }

  /** Gives an ID token for a service that asks for one; empty where it does not. */
  @FunctionalInterface
  public interface IdTokens {
    Optional<String> forAudience(String audience) throws IOException;
  }

  /** One answer: empty {@code problem} when it was good; no status when there was no answer. */
  private record Answer(Optional<Integer> status, Optional<String> problem, long millis) {}

  private final Settings settings;
  private final IdTokens tokens;
  private final HttpClient client;

  public HttpHealthProbe(Settings settings, IdTokens tokens) {
    this.settings = settings;
    this.tokens = tokens;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.timeout())
            .build();
  }

  @Override
  public ProbeResult probe(String baseUrl) {
    URI address = address(baseUrl);
    Optional<String> token = token(baseUrl);
    try {
      warmUp(address, token);
      var answers = new ArrayList<Answer>();
      for (int i = 0; i < settings.attempts(); i++) {
        answers.add(ask(address, token, settings.timeout()));
      }
      return result(answers);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ProbeResult(0, settings.attempts(), 0, "interrupted");
    }
  }

  /** A public service needs none; a private one says 401 or 403, which is then what people see. */
  private Optional<String> token(String audience) {
    try {
      return tokens.forAudience(audience);
    } catch (IOException e) {
      log.warn("no ID token for {}: {}", audience, e.getMessage());
      return Optional.empty();
    }
  }

  private URI address(String baseUrl) {
    String base = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
    if (settings.allowed().stream().noneMatch(base::startsWith)) {
      throw new WorldException(Kind.REFUSED, "not an allowed address: " + baseUrl);
    }
    try {
      URI address = URI.create(base + settings.path());
      // "http://127.0.0.1:1@elsewhere/" begins well and leads elsewhere.
      if (address.getHost() != null && address.getUserInfo() == null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw new WorldException(Kind.REFUSED, "not an address: " + baseUrl, e);
    }
    throw new WorldException(Kind.REFUSED, "not an allowed address: " + baseUrl);
  }

  /** Until it answers for itself, or its time is up; what it says then counts in the attempts. */
  private void warmUp(URI address, Optional<String> token) throws InterruptedException {
    long end = System.nanoTime() + settings.warmUp().toNanos();
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      Answer answer = ask(address, token, Duration.ofNanos(left));
      if (answer.status().filter(status -> !NOT_YET.contains(status)).isPresent()) {
        return;
      }
      Thread.sleep(
          Duration.ofNanos(Math.clamp(end - System.nanoTime(), 0, BETWEEN_WARM_UPS.toNanos())));
    }
  }

  private Answer ask(URI address, Optional<String> token, Duration timeout)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).timeout(timeout).header("User-Agent", USER_AGENT);
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    long start = System.nanoTime();
    // The request's own timeout ends with the headers; this one covers the body.
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(
            request.build(), BodyHandlers.limiting(BodyHandlers.discarding(), MOST_BYTES));
    try {
      int status = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS).statusCode();
      boolean good = status >= OK && status < REDIRECTION;
      return new Answer(
          Optional.of(status),
          good ? Optional.empty() : Optional.of("HTTP " + status),
          Duration.ofNanos(System.nanoTime() - start).toMillis());
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Answer(Optional.empty(), Optional.of(timeoutText(timeout)), 0);
    } catch (ExecutionException e) {
      return new Answer(Optional.empty(), Optional.of(said(e.getCause(), timeout)), 0);
    }
  }

  private static String said(@Nullable Throwable cause, Duration timeout) {
    return switch (cause) {
      case null -> "no answer";
      case HttpTimeoutException _ -> timeoutText(timeout);
      case ConnectException _ -> "no connection";
      default -> "no answer (" + cause.getClass().getSimpleName() + ")";
    };
  }

  private static String timeoutText(Duration timeout) {
    return timeout.toMillis() % 1000 == 0
        ? "timeout after " + timeout.toSeconds() + " s"
        : "timeout after " + timeout.toMillis() + " ms";
  }

  private static ProbeResult result(List<Answer> answers) {
    long[] good =
        answers.stream()
            .filter(a -> a.problem().isEmpty())
            .mapToLong(Answer::millis)
            .sorted()
            .toArray();
    return new ProbeResult(
        good.length,
        answers.size(),
        good.length == 0 ? 0 : Math.toIntExact(good[good.length / 2]),
        answers.stream().flatMap(a -> a.problem().stream()).findFirst().orElse(""));
  }

  /** Ends requests that are under way. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
