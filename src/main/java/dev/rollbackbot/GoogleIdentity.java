package dev.rollbackbot;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.ExternalAccountCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.IdToken;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who the Google credentials at a terminal say they are, by e-mail.
 *
 * <p>It names who acted, on cards and in history; what may be done is decided by Google, whose own
 * audit log names the same account. Asked in the background and waited for at most {@link
 * #DEADLINE}; then, and wherever credentials do not tell, it is {@link TerminalApproval#UNKNOWN}.
 *
 * <p>A person's own login ({@code gcloud auth application-default login}) tells by the ID token
 * that comes with each refresh; its default scopes hold openid and e-mail (UserCredentials of
 * google-auth-library 1.57.0). Service accounts name themselves, on Google's machines by the
 * metadata server. A workforce login has no e-mail to tell.
 */
final class GoogleIdentity {
  static final Duration DEADLINE = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(GoogleIdentity.class);
  private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,255}");
  private static final Pattern TOKEN = Pattern.compile("[^.]*\\.([^.]*)\\.[^.]*");

  private GoogleIdentity() {}

  /** Finds the credentials; even that may ask a server. */
  interface Source {
    GoogleCredentials find() throws IOException;
  }

  /** Begins to ask; what is returned waits for the answer, until this long after the question. */
  static Supplier<String> ask(Source source, Duration deadline) {
    var told = new CompletableFuture<String>();
    Thread.ofVirtual().name("identity").start(() -> told.complete(read(source)));
    return told.completeOnTimeout(
            TerminalApproval.UNKNOWN, deadline.toMillis(), TimeUnit.MILLISECONDS)
        ::join;
  }

  private static String read(Source source) {
    try {
      return email(source.find())
          .filter(e -> EMAIL.matcher(e).matches())
          .orElse(TerminalApproval.UNKNOWN);
    } catch (IOException | RuntimeException e) {
      // The library throws either where a server does not answer or refuses.
      LOG.debug("the Google credentials do not tell who they are", e);
      return TerminalApproval.UNKNOWN;
    }
  }

  private static Optional<String> email(GoogleCredentials credentials) throws IOException {
    return switch (credentials) {
      case UserCredentials person -> claimed(person.idTokenWithAudience("", List.of()));
      case ServiceAccountCredentials account -> named(account.getClientEmail());
      case ImpersonatedCredentials account -> named(account.getAccount());
      case ComputeEngineCredentials machine -> named(machine.getAccount());
      case ExternalAccountCredentials federated -> named(federated.getServiceAccountEmail());
      default -> Optional.empty();
    };
  }

  private static Optional<String> named(@Nullable String email) {
    return Optional.ofNullable(email);
  }

  /** Its signature is not looked at: it came from Google's own address a moment ago. */
  private static Optional<String> claimed(IdToken token) throws IOException {
    Matcher parts = TOKEN.matcher(token.getTokenValue());
    return parts.matches()
        ? Optional.ofNullable(
            new ObjectMapper()
                .readTree(Base64.getUrlDecoder().decode(parts.group(1)))
                .path("email")
                .textValue())
        : Optional.empty();
  }
}
