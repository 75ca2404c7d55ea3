package dev.rollbackbot.gcp;

import com.google.auth.ServiceAccountSigner;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whom a command must grant something to: the account that the calls are made as. */
final class BotAccount {
  /** A person's own login does not say who it is, and stand-ins are called by nobody. */
  private static final String UNKNOWN = "serviceAccount:BOT_ACCOUNT";

  private static final Logger log = LoggerFactory.getLogger(BotAccount.class);

  private final Endpoints endpoints;
  private volatile String found = "";

  BotAccount(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  /** As gcloud's {@code --member} takes it; looked up when it is first needed. */
  String member() {
    if (found.isEmpty()) {
      found =
          switch (endpoints) {
            case Endpoints.Google _ -> lookedUp();
            case Endpoints.Sandbox _ -> UNKNOWN;
          };
    }
    return found;
  }

  private static String lookedUp() {
    try {
      return GoogleCredentials.getApplicationDefault() instanceof ServiceAccountSigner account
          ? "serviceAccount:" + account.getAccount()
          : UNKNOWN;
    } catch (IOException | RuntimeException e) {
      // It is only a word in an answer to a failure that is already being told.
      log.debug("the own account is not known", e);
      return UNKNOWN;
    }
  }
}
