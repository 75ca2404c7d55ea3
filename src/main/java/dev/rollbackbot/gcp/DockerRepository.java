package dev.rollbackbot.gcp;

import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image's place in Artifact Registry.
 *
 * @param parent {@code projects/P/locations/L/repositories/R}
 * @param image the package's name as the API wants it, slashes escaped
 */
record DockerRepository(String parent, String image) {
  private static final Pattern TEXT =
      Pattern.compile("([a-z0-9-]+)-docker\\.pkg\\.dev/([^/]+)/([^/]+)/(.+)");

  /** Reads {@code LOCATION-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE}. */
  static DockerRepository parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new WorldException(Kind.REFUSED, "not in Artifact Registry: " + text);
    }
    return new DockerRepository(
        "projects/%s/locations/%s/repositories/%s"
            .formatted(matcher.group(2), matcher.group(1), matcher.group(3)),
        matcher.group(4).replace("/", "%2F"));
  }

  String packageName() {
    return parent + "/packages/" + image;
  }

  String tagName(String tag) {
    return packageName() + "/tags/" + tag;
  }

  String versionName(Digest digest) {
    return packageName() + "/versions/" + digest.value();
  }

  /** As {@code GetDockerImage} takes it. */
  String imageName(Digest digest) {
    return imagePrefix() + digest.value();
  }

  /** With what the names of all its images begin. */
  String imagePrefix() {
    return parent + "/dockerImages/" + image + "@";
  }
}
