package dev.rollbackbot.domain.model;

/**
 * The short name of a Cloud Run revision, such as {@code k-back-00042-abc}.
 *
 * <p>It says nothing about commits. The API gives the short form in traffic and the full resource
 * name elsewhere; {@link #of} takes both.
 */
public record RevisionName(String value) implements Comparable<RevisionName> {
  public RevisionName {
    if (value.isBlank() || value.indexOf('/') >= 0) {
      throw new IllegalArgumentException("not a short revision name: " + value);
    }
  }

  /** Takes a short name or a full resource name. */
  public static RevisionName of(String name) {
    return new RevisionName(name.substring(name.lastIndexOf('/') + 1));
  }

  @Override
  public int compareTo(RevisionName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
