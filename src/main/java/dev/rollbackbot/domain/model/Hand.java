package dev.rollbackbot.domain.model;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Who else writes a service, told by the marks that each tool leaves.
 *
 * <p>Sources, read 2026-11-24: gcloud names itself as client and in its user agent (requests of
 * gcloud 528.0.0); {@code cloud-console}, {@code cli-firebase}, {@code goog-managed-by:
 * cloudfunctions} and {@code managed-by: gcp-cloud-build-deploy-cloud-run} stand in many posted
 * services; {@code managed-by: github-actions} in the deploy-cloudrun action's own README; {@code
 * goog-terraform-provisioned} is Terraform's attribution label, while the client of Terraform is
 * whatever the file says. What Cloud Deploy leaves on a Cloud Run service is not documented: its
 * Kubernetes labels are taken. A tool that leaves no mark is not recognised.
 */
public enum Hand {
  TERRAFORM,
  CONFIG_CONNECTOR,
  CLOUD_DEPLOY,
  FIREBASE,
  CLOUD_FUNCTIONS,
  CLOUD_BUILD,
  GITHUB_ACTIONS,
  CONSOLE,
  GCLOUD,
  /** This bot, or another of its kind. */
  BOT,
  /** Nothing is known of it. */
  OTHER;

  private static final String MANAGED_BY = "managed-by";

  /** The tools that keep a service, gravest first; none for a service that people deploy. */
  public static Set<Hand> keepers(Map<String, String> marks, String client) {
    Set<Hand> found = EnumSet.noneOf(Hand.class);
    marks.forEach((key, value) -> found.add(ofMark(key, value)));
    Hand writer = ofClient(client);
    if (writer.keeps()) {
      found.add(writer);
    }
    found.removeIf(hand -> !hand.keeps());
    if (found.contains(FIREBASE)) {
      // Its functions are Cloud Functions, and what it does next is what counts.
      found.remove(CLOUD_FUNCTIONS);
    }
    return found;
  }

  /** The tool behind the name that it gives itself as client of the API. */
  public static Hand ofClient(String client) {
    String name = client.toLowerCase(Locale.ROOT);
    if (name.equals("gcloud")) {
      return GCLOUD;
    }
    if (name.equals(ServiceState.OWN_CLIENT)) {
      return BOT;
    }
    if (name.contains("console")) {
      return CONSOLE;
    }
    if (name.contains("firebase") || name.contains("apphosting")) {
      return FIREBASE;
    }
    if (name.contains("terraform") || name.contains("opentofu")) {
      return TERRAFORM;
    }
    if (name.contains("cloud-deploy") || name.contains("clouddeploy")) {
      return CLOUD_DEPLOY;
    }
    return name.contains("functions") ? CLOUD_FUNCTIONS : OTHER;
  }

  /**
   * The tool behind a call, from the user agent in the platform's record of it; a browser is the
   * console.
   */
  public static Hand ofAgent(String agent) {
    String name = agent.toLowerCase(Locale.ROOT);
    if (name.contains("terraform") || name.contains("opentofu")) {
      return TERRAFORM;
    }
    if (name.startsWith("kcc/") || name.contains("cnrm")) {
      return CONFIG_CONNECTOR;
    }
    if (name.contains("cloud-deploy") || name.contains("clouddeploy")) {
      return CLOUD_DEPLOY;
    }
    if (name.contains("google-cloud-sdk") && name.contains("gcloud/")) {
      return GCLOUD;
    }
    if (name.contains("firebase")) {
      return FIREBASE;
    }
    return name.startsWith("mozilla/") ? CONSOLE : OTHER;
  }

  /**
   * Whether it applies a whole service from files, so that a revision's name that is not in them is
   * a difference to undo.
   */
  public boolean appliesAll() {
    return this == TERRAFORM || this == CONFIG_CONNECTOR;
  }

  private static Hand ofMark(String key, String value) {
    if (key.equals("goog-terraform-provisioned")) {
      return TERRAFORM;
    }
    if (key.startsWith("cnrm.cloud.google.com/") || key.equals("managed-by-cnrm")) {
      return CONFIG_CONNECTOR;
    }
    if (key.startsWith("deploy.cloud.google.com/") || value.equals("google-cloud-deploy")) {
      return CLOUD_DEPLOY;
    }
    if (key.startsWith("firebase-") || value.startsWith("cli-firebase")) {
      return FIREBASE;
    }
    if (key.startsWith("cloudfunctions.googleapis.com/")
        || key.startsWith("goog-cloudfunctions")
        || value.equals("cloudfunctions")) {
      return CLOUD_FUNCTIONS;
    }
    if (key.equals("gcb-trigger-id")
        || (key.equals(MANAGED_BY) && value.startsWith("gcp-cloud-build"))) {
      return CLOUD_BUILD;
    }
    return key.equals(MANAGED_BY) && value.equals("github-actions") ? GITHUB_ACTIONS : OTHER;
  }

  /** Whether it comes back by itself, or at the next push, and writes again. */
  private boolean keeps() {
    return switch (this) {
      case TERRAFORM,
          CONFIG_CONNECTOR,
          CLOUD_DEPLOY,
          FIREBASE,
          CLOUD_FUNCTIONS,
          CLOUD_BUILD,
          GITHUB_ACTIONS ->
          true;
      case CONSOLE, GCLOUD, BOT, OTHER -> false;
    };
  }
}
