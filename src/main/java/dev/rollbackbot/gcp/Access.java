package dev.rollbackbot.gcp;

import dev.rollbackbot.domain.model.Grant;
import dev.rollbackbot.domain.model.ServiceId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The permission that a call takes, and the gcloud command that grants it, up to {@code --member}.
 *
 * <p>Roles as the rollback page of Cloud Run names them (run.developer, iam.serviceAccountUser,
 * artifactregistry.reader) and as Logging's and Pub/Sub's lists of roles do; the smallest one that
 * holds the permission, on the smallest thing that takes a binding. Listing services is asked of
 * the project: no binding on a service allows it.
 *
 * @param permission as the API's refusals name it
 * @param binding the command without its member
 */
record Access(String permission, String binding) {
  private static final Pattern NAMED = Pattern.compile("[Pp]ermission '?([a-z]+(?:\\.[A-Za-z]+)+)");
  private static final Pattern ACCOUNT =
      Pattern.compile("service account '?([^\\s'()]+@[^\\s'()]+)");
  private static final String ACT_AS = "iam.serviceaccounts.actas";

  /** On one service. */
  static Access service(String permission, ServiceId id) {
    return new Access(
        permission,
        "gcloud run services add-iam-policy-binding %s --region=%s --project=%s"
                .formatted(id.name(), id.region(), id.project())
            + " --role=roles/run.developer");
  }

  /** On all services of a project. */
  static Access services(String permission, String project) {
    return project(permission, project, "roles/run.viewer");
  }

  /** On a repository of images. */
  static Access repository(String permission, DockerRepository place) {
    String[] names = place.parent().split("/", -1);
    return new Access(
        permission,
        "gcloud artifacts repositories add-iam-policy-binding %s --location=%s --project=%s"
                .formatted(names[5], names[3], names[1])
            + " --role=roles/artifactregistry.reader");
  }

  /** To read a project's logs. */
  static Access readLogs(String project) {
    return project("logging.logEntries.list", project, "roles/logging.viewer");
  }

  /** To write to a project's logs. */
  static Access writeLogs(String project) {
    return project("logging.logEntries.create", project, "roles/logging.logWriter");
  }

  /** To list a project's builds. */
  static Access builds(String project) {
    return project("cloudbuild.builds.list", project, "roles/cloudbuild.builds.viewer");
  }

  /** To publish on a topic. */
  static Access publish(String project, String topic) {
    return new Access(
        "pubsub.topics.publish",
        "gcloud pubsub topics add-iam-policy-binding %s --project=%s --role=roles/pubsub.publisher"
            .formatted(topic, project));
  }

  /** To take deliveries of a subscription. */
  static Access consume(String project, String subscription) {
    return new Access(
        "pubsub.subscriptions.consume",
        "gcloud pubsub subscriptions add-iam-policy-binding %s --project=%s"
                .formatted(subscription, project)
            + " --role=roles/pubsub.subscriber");
  }

  private static Access project(String permission, String project, String role) {
    return new Access(
        permission, "gcloud projects add-iam-policy-binding %s --role=%s".formatted(project, role));
  }

  /**
   * What to grant after a refusal in these words: an update of a service also takes the right to
   * act as the account that the service runs as, and only the words tell which one was missing.
   */
  Grant grant(String refusal, String member) {
    Matcher named = NAMED.matcher(refusal);
    String missing = named.find() ? named.group(1) : permission;
    Matcher account = ACCOUNT.matcher(refusal);
    String command =
        missing.equalsIgnoreCase(ACT_AS)
            ? "gcloud iam service-accounts add-iam-policy-binding "
                + (account.find() ? account.group(1) : "RUNTIME_ACCOUNT")
                + " --role=roles/iam.serviceAccountUser"
            : binding;
    return new Grant(missing, command + " --member=" + member);
  }
}
