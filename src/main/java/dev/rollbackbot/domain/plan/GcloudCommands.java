package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;

/** The commands by which a person does the same without the bot. */
public final class GcloudCommands {
  private GcloudCommands() {}

  /** Gives users to these revisions by name. */
  public static String toRevision(ServiceId service, LiveSplit split) {
    return command(service, "--to-revisions=" + split.asArgument());
  }

  /** Lets users follow the newest revision. */
  public static String toLatest(ServiceId service) {
    return command(service, "--to-latest");
  }

  /** Takes a traffic tag away. */
  public static String withoutTag(ServiceId service, String tag) {
    return command(service, "--remove-tags=" + tag);
  }

  /**
   * Makes a revision of this image, today's configuration kept, and gives it all users once it has
   * started: {@code --no-traffic} first names whoever serves now, so that a revision that cannot
   * start meets nobody.
   */
  public static String redeploy(ServiceId service, String image) {
    return "gcloud run deploy %s --image=%s --no-traffic --region=%s --project=%s && %s"
        .formatted(service.name(), image, service.region(), service.project(), toLatest(service));
  }

  /**
   * Makes a revision of the image that another one runs, by digest, and lets users follow it:
   * {@code status.imageDigest} is what gcloud's own API shows of a revision (gcloud 528.0.0).
   */
  public static String restore(ServiceId service, RevisionName held) {
    String image =
        "$(gcloud run revisions describe %s --format='value(status.imageDigest)' --region=%s --project=%s)"
            .formatted(held, service.region(), service.project());
    return redeploy(service, "\"" + image + "\"");
  }

  private static String command(ServiceId service, String traffic) {
    return "gcloud run services update-traffic %s %s --region=%s --project=%s"
        .formatted(service.name(), traffic, service.region(), service.project());
  }
}
