package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.LiveSplit;
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

  private static String command(ServiceId service, String traffic) {
    return "gcloud run services update-traffic %s %s --region=%s --project=%s"
        .formatted(service.name(), traffic, service.region(), service.project());
  }
}
