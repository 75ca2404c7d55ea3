package dev.rollbackbot.domain.model;

import java.util.Optional;

/**
 * A container image as a revision or template names it: a repository with a tag, a digest, or both.
 *
 * <p>Revisions of the v2 API have no digest field of their own; it is read from here, and is absent
 * where the image was kept by tag.
 */
public record ImageRef(String repository, Optional<String> tag, Optional<Digest> digest) {

  /** The image by its content, whatever its tags point to by then. */
  public static String pinned(String repository, Digest digest) {
    return repository + "@" + digest.value();
  }

  /** Reads {@code host/path/name[:tag][@sha256:…]}; never fails, an odd text is all repository. */
  public static ImageRef parse(String text) {
    int at = text.indexOf('@');
    String head = at < 0 ? text : text.substring(0, at);
    String tail = at < 0 ? "" : text.substring(at + 1);
    int colon = head.lastIndexOf(':');
    // A colon before the last slash belongs to the registry's port.
    boolean tagged = colon > head.lastIndexOf('/');
    return new ImageRef(
        tagged ? head.substring(0, colon) : head,
        tagged ? Optional.of(head.substring(colon + 1)) : Optional.empty(),
        Digest.isDigest(tail) ? Optional.of(new Digest(tail)) : Optional.empty());
  }
}
