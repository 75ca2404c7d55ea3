package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A revision that is to be made of the service's template: all of it is kept but what is named
 * here.
 *
 * @param name what it shall be called; it is labelled with it as well
 * @param named whether the template may carry the name; else the platform chooses one, and the
 *     label alone tells which revision it is
 */
public record NewRevision(RevisionName name, boolean named, Source source) {

  /** What its image, and the labels that speak of the image, become. */
  public sealed interface Source {
    /** This image; {@code reference} is by digest, {@code commit} becomes its label. */
    record Image(String reference, Optional<CommitSha> commit) implements Source {}

    /** As this revision has them. */
    record Of(RevisionName revision) implements Source {}
  }

  /**
   * A name that no revision has: a job writes each of its journals once.
   *
   * <p>At most 12 characters longer than the service's name, which has at most 49; a revision's
   * name has at most 63 (gcloud 528.0.0, name_generator).
   */
  public static RevisionName freshName(ServiceId service, String jobId, int seq) {
    byte[] what = (jobId + "/" + seq).getBytes(StandardCharsets.UTF_8);
    return new RevisionName(service.name() + "-rb-" + Hashes.hex(what, 4));
  }
}
