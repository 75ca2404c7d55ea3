package dev.rollbackbot.text;

import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.ServiceId;

/** The commands that finish by hand what the bot began, right without the bot. */
final class Gcloud {
  private Gcloud() {}

  /** Users to these revisions. By name, so that it means the same after another deploy. */
  static String toSplit(ServiceId service, LiveSplit split) {
    return traffic(service, "--to-revisions=" + split.asArgument());
  }

  /** Users follow the newest revision again. */
  static String toLatest(ServiceId service) {
    return traffic(service, "--to-latest");
  }

  /** What users get now. */
  static String look(ServiceId service) {
    return "gcloud run services describe %s --region=%s --project=%s --format='yaml(status.traffic)'"
        .formatted(service.name(), service.region(), service.project());
  }

  private static String traffic(ServiceId service, String what) {
    return "gcloud run services update-traffic %s %s --region=%s --project=%s"
        .formatted(service.name(), what, service.region(), service.project());
  }
}
