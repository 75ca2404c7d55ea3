package dev.rollbackbot.domain.plan;

/** How a revision was tied to a commit. */
public enum Proof {
  /** The commit's tag points to the image that the revision runs. */
  IMAGE,
  /** The build's label on the revision names the commit. */
  LABEL,
  /** The revision was named; its commit is unknown. */
  NAMED
}
