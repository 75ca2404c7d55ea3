package dev.rollbackbot;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;

/** Who the Google credentials say they are; a person's own login does not say. */
final class GoogleIdentity {
  private GoogleIdentity() {}

  static String of(GoogleCredentials credentials) {
    return switch (credentials) {
      case ServiceAccountCredentials account -> account.getClientEmail();
      case ImpersonatedCredentials account -> account.getAccount();
      default -> TerminalApproval.UNKNOWN;
    };
  }
}
