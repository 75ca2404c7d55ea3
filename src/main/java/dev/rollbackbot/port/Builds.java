package dev.rollbackbot.port;

import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.plan.RunningBuild;
import java.util.List;

/** The builds that deploy. Throws {@link WorldException}. */
@FunctionalInterface
public interface Builds {
  /**
   * Builds under way that push the service's images or name it; oldest first, at most 20. A project
   * that does not use the build service has none.
   *
   * @param repository of the service's images, without tag
   */
  List<RunningBuild> running(ServiceId service, String repository);
}
