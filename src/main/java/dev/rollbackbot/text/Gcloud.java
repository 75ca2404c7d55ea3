package dev.rollbackbot.text;

import dev.rollbackbot.domain.model.ServiceId;

/** The command that shows what is real when the bot cannot say. */
final class Gcloud {
  private Gcloud() {}

  /** What users get now. */
  static String look(ServiceId service) {
    return "gcloud run services describe %s --format='yaml(status.traffic)' --region=%s --project=%s"
        .formatted(service.name(), service.region(), service.project());
  }
}
