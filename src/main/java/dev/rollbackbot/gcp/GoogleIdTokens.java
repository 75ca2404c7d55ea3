package dev.rollbackbot.gcp;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.IdTokenCredentials;
import com.google.auth.oauth2.IdTokenProvider;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** ID tokens of the application default credentials, kept per audience while they are good. */
public final class GoogleIdTokens implements HttpHealthProbe.IdTokens {
  private final Map<String, IdTokenCredentials> byAudience = new ConcurrentHashMap<>();

  /**
   * Fails where the credentials are a person's: those give no ID tokens for an audience.
   *
   * @throws IOException when there are no credentials, or they give no token
   */
  @Override
  public Optional<String> forAudience(String audience) throws IOException {
    IdTokenCredentials credentials = byAudience.get(audience);
    if (credentials == null) {
      if (!(GoogleCredentials.getApplicationDefault() instanceof IdTokenProvider provider)) {
        throw new IOException("these credentials give no ID tokens");
      }
      credentials =
          IdTokenCredentials.newBuilder()
              .setIdTokenProvider(provider)
              .setTargetAudience(audience)
              .build();
      byAudience.put(audience, credentials);
    }
    credentials.refreshIfExpired();
    return Optional.ofNullable(credentials.getIdToken()).map(AccessToken::getTokenValue);
  }
}
