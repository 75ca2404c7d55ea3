package dev.rollbackbot.sandbox.registry;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Docker image's place in Artifact Registry: {@code L-docker.pkg.dev/P/R/PKG}, PKG with slashes
 * escaped in resource names.
 *
 * <p>Source: comments in tag.proto, version.proto and artifact.proto 1.87.0.
 */
record ImageName(String location, String project, String repository, String packageName) {
  private static final Pattern URI =
      Pattern.compile("([a-z0-9-]+)-docker\\.pkg\\.dev/([a-z0-9-]+)/([a-z0-9-]+)/([^:@]+)");

  static ImageName parse(String image) {
    Matcher matcher = URI.matcher(image);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not an Artifact Registry image name: " + image);
    }
    return new ImageName(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4));
  }

  /** Splits {@code NAME:TAG} or {@code NAME@DIGEST}; empty for anything else. */
  static Optional<Reference> parseReference(String reference) {
    int at = reference.indexOf('@');
    int cut = at >= 0 ? at : reference.lastIndexOf(':');
    if (cut < 0) {
      return Optional.empty();
    }
    String name = reference.substring(0, cut);
    return URI.matcher(name).matches()
        ? Optional.of(new Reference(parse(name), reference.substring(cut + 1), at >= 0))
        : Optional.empty();
  }

  record Reference(ImageName name, String tagOrDigest, boolean byDigest) {}

  String uri() {
    return location + "-docker.pkg.dev/" + project + "/" + repository + "/" + packageName;
  }

  String repositoryName() {
    return "projects/" + project + "/locations/" + location + "/repositories/" + repository;
  }

  String packageResource() {
    return repositoryName() + "/packages/" + escaped();
  }

  String tagName(String tag) {
    return packageResource() + "/tags/" + tag;
  }

  String versionName(String digest) {
    return packageResource() + "/versions/" + digest;
  }

  String dockerImageName(String digest) {
    return repositoryName() + "/dockerImages/" + escaped() + "@" + digest;
  }

  private String escaped() {
    return URLEncoder.encode(packageName, StandardCharsets.UTF_8);
  }

  /** The same resource name whether its slashes came escaped as {@code %2F} or {@code %2f}. */
  static String canonical(String resource) {
    int mark = Math.max(resource.indexOf("/packages/"), resource.indexOf("/dockerImages/"));
    if (mark < 0 || resource.indexOf('%') < 0) {
      return resource;
    }
    int from = resource.indexOf('/', mark + 1) + 1;
    int to = from;
    while (to < resource.length() && resource.charAt(to) != '/' && resource.charAt(to) != '@') {
      to++;
    }
    String decoded = URLDecoder.decode(resource.substring(from, to), StandardCharsets.UTF_8);
    return resource.substring(0, from)
        + URLEncoder.encode(decoded, StandardCharsets.UTF_8)
        + resource.substring(to);
  }
}
