package dev.rollbackbot.sandbox.cloudrun;

import java.util.Optional;

/**
 * What Cloud Run asks a registry for when it deploys.
 *
 * <p>"If you deploy from a container image tag, it will be resolved to a digest and the revision
 * will always serve this particular digest" (Cloud Run, Deploying container images). For an image
 * index the digest is the one of its linux/amd64 child.
 */
@FunctionalInterface
public interface ImageResolver {

  /**
   * The digest that a revision of this image runs.
   *
   * @param imageReference {@code host/path:tag} or {@code host/path@sha256:...}
   * @return {@code sha256:...}, or empty if the registry no longer holds the image
   */
  Optional<String> digestOf(String imageReference);
}
