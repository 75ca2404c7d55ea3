package dev.rollbackbot.sandbox.registry;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One image as a build pushes it.
 *
 * @param image the name without tag, such as {@code
 *     asia-northeast1-docker.pkg.dev/demo/k-back-repo/k-back}
 * @param content what is inside; the digests are made from it, so the same content is the same
 *     image
 * @param tags moved here from wherever they were; may be empty
 * @param uploaded when the push ended
 * @param layout a single image, or what buildx makes
 */
public record Push(
    String image, String content, List<String> tags, Instant uploaded, Layout layout) {
  // OCI distribution spec: at most 128 characters, and the first is not '.' or '-'.
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  public Push {
    tags = List.copyOf(tags);
    for (String tag : tags) {
      if (!TAG.matcher(tag).matches()) {
        throw new IllegalArgumentException("not a tag: " + tag);
      }
    }
  }

  /** How the image is laid out in the registry. */
  public enum Layout {
    /** The tag points to the manifest that a revision records. */
    SINGLE,
    /**
     * The tag points to an index; a revision records the digest of its linux/amd64 child. An
     * attestation manifest lies beside it (FACTS 1.1, the buildx trap).
     */
    BUILDX
  }
}
