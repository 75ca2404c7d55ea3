package dev.rollbackbot.engine;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.plan.Facts;
import dev.rollbackbot.port.CloudRun;
import dev.rollbackbot.port.ImageRegistry;
import dev.rollbackbot.port.WorldException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commit of a revision, by its image, else by its build's label; a detail of a message. */
public final class CommitNames {
  private static final Logger LOG = LoggerFactory.getLogger(CommitNames.class);
  private static final int RECENT_IMAGES = 60;

  private final CloudRun cloudRun;
  private final ImageRegistry registry;

  public CommitNames(CloudRun cloudRun, ImageRegistry registry) {
    this.cloudRun = cloudRun;
    this.registry = registry;
  }

  /** Empty when nobody knows, or nobody answers. */
  public Optional<CommitSha> of(ServiceSettings settings, RevisionName name) {
    try {
      Optional<Revision> revision = cloudRun.revision(settings.id(), name);
      return revision.flatMap(found -> Facts.commitOf(found, byDigest(settings)));
    } catch (WorldException e) {
      LOG.warn("{}: cannot read {}: {}", settings.id().name(), name, e.detail());
      return Optional.empty();
    }
  }

  private Map<Digest, CommitSha> byDigest(ServiceSettings settings) {
    try {
      return FactsCollector.commitsByDigest(registry.recent(settings.repository(), RECENT_IMAGES));
    } catch (WorldException e) {
      LOG.warn("{}: cannot read the registry: {}", settings.id().name(), e.detail());
      return Map.of();
    }
  }
}
