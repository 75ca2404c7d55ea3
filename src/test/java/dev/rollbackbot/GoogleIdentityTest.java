package dev.rollbackbot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Google's token server is played by a server on this machine. */
class GoogleIdentityTest {
  /** Far more than any of it takes. */
  private static final Duration LONG = Duration.ofSeconds(30);

  private final CountDownLatch over = new CountDownLatch(1);
  private final List<HttpServer> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    over.countDown();
    servers.forEach(server -> server.stop(0));
  }

  @ParameterizedTest(name = "a person''s login, {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          with openid and e-mail        | {"exp":1795000000,"sub":"1","email":"aiko@example.com","aud":"gcloud"} | aiko@example.com
          with openid but not e-mail    | {"exp":1795000000,"sub":"1","aud":"gcloud"}                           | unknown
          whose e-mail is none          | {"exp":1795000000,"sub":"1","email":"a b\\nc"}                        | unknown
          whose token holds no claims   | []                                                   | unknown
          whose token is no JSON        | x                                                    | unknown
          """)
  void aPersonIsNamedByTheIdTokenOfTheirLogin(String login, String claims, String expected)
      throws IOException {
    String answer = token(",\"id_token\":\"" + jwt(claims) + "\"");

    assertThat(asked(() -> person(200, answer))).as(login).isEqualTo(expected);
  }

  @Test
  void aLoginWithoutIdTokenIsUnknown() {
    assertThat(asked(() -> person(200, token("")))).isEqualTo("unknown");
  }

  @Test
  void aLoginThatWasTakenBackIsUnknown() {
    assertThat(asked(() -> person(400, "{\"error\":\"invalid_grant\"}"))).isEqualTo("unknown");
  }

  @Test
  void aServerThatDoesNotAnswerIsNotWaitedFor() {
    Supplier<String> who = GoogleIdentity.ask(() -> person(0, ""), Duration.ofMillis(200));

    assertTimeoutPreemptively(LONG, () -> assertThat(who.get()).isEqualTo("unknown"));
    assertThat(GoogleIdentity.DEADLINE).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void whereThereAreNoCredentialsItIsUnknown() {
    assertThat(
            asked(
                () -> {
                  throw new IOException("Your default credentials were not found.");
                }))
        .isEqualTo("unknown");
  }

  @Test
  void accountsNameThemselvesWithoutAnyServer() throws Exception {
    ServiceAccountCredentials account =
        ServiceAccountCredentials.newBuilder()
            .setClientEmail("ci@my-project.iam.gserviceaccount.com")
            .setPrivateKey(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate())
            .build();
    GoogleCredentials impersonated =
        ImpersonatedCredentials.create(
            account, "bot@my-project.iam.gserviceaccount.com", null, List.of("openid"), 300);

    assertThat(asked(() -> account)).isEqualTo("ci@my-project.iam.gserviceaccount.com");
    assertThat(asked(() -> impersonated)).isEqualTo("bot@my-project.iam.gserviceaccount.com");
  }

  @Test
  void aBareTokenDoesNotTell() {
    GoogleCredentials bare =
        GoogleCredentials.create(AccessToken.newBuilder().setTokenValue("t").build());

    assertThat(asked(() -> bare)).isEqualTo("unknown");
  }

  private static String asked(GoogleIdentity.Source source) {
    return GoogleIdentity.ask(source, LONG).get();
  }

  /** A login whose token server answers so; status 0 stands for never. */
  private UserCredentials person(int status, String answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    servers.add(server);
    server.createContext(
        "/token",
        exchange -> {
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          if (status == 0) {
            awaitEnd();
          }
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(status == 0 ? 500 : status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return UserCredentials.newBuilder()
        .setClientId("gcloud")
        .setClientSecret("c")
        .setRefreshToken("r")
        .setTokenServerUri(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token"))
        .build();
  }

  private void awaitEnd() {
    try {
      assertThat(over.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String token(String more) {
    return "{\"access_token\":\"ya29.x\",\"expires_in\":3599,\"token_type\":\"Bearer\""
        + more
        + "}";
  }

  private static String jwt(String claims) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8))
        + "."
        + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + "."
        + base64.encodeToString(new byte[] {1});
  }
}
