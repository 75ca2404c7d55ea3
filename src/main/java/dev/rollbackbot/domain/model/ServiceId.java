package dev.rollbackbot.domain.model;

/** A Cloud Run service by project, region and name. */
public record ServiceId(String project, String region, String name) {
  public ServiceId {
    if (project.isBlank() || region.isBlank() || name.isBlank()) {
      throw new IllegalArgumentException("a service needs project, region and name");
    }
  }

  /** As the Admin API v2 names it. */
  public String resourceName() {
    return "projects/%s/locations/%s/services/%s".formatted(project, region, name);
  }
}
