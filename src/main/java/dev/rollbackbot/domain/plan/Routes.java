package dev.rollbackbot.domain.plan;

import dev.rollbackbot.domain.model.Route;

/**
 * Both ways side by side.
 *
 * @param taken the way that this plan goes
 * @param why why this one
 * @param otherToo whether the other way could be gone as well
 * @param differences from the old revision's configuration to today's; unknown where there is no
 *     revision any more, or it could not be read
 */
public record Routes(Route taken, Why why, boolean otherToo, Known<Differences> differences) {

  /** Why a way is gone. */
  public enum Why {
    /** Somebody named it. */
    ASKED,
    /** The revision is still there, and moving users to it takes seconds. */
    REVISION_THERE,
    /** No revision runs the image, so one must be made. */
    NO_REVISION
  }
}
