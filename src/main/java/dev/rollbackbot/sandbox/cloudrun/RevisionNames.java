package dev.rollbackbot.sandbox.cloudrun;

import java.util.regex.Pattern;

/**
 * Names of revisions: {@code <service>-<suffix>}, at most 63 characters; automatic ones look like
 * {@code k-back-00042-abc}. Source: gcloud 528.0.0 and "Managing revisions".
 */
final class RevisionNames {

  private static final int MAX_LENGTH = 63;
  private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern AUTOMATIC = Pattern.compile(".*-(\\d{5})-[a-z0-9]{3}");

  private RevisionNames() {}

  static void check(String service, String name) {
    if (!name.startsWith(service + "-")) {
      throw Problems.invalid(
          "template.revision: '%s' must be prefixed by the service's name '%s-'"
              .formatted(name, service));
    }
    if (name.length() > MAX_LENGTH || !NAME.matcher(name).matches()) {
      throw Problems.invalid(
          "template.revision: '%s' must be at most 63 lowercase letters, digits and hyphens"
              .formatted(name));
    }
  }

  static String automatic(String service, int number, String letters) {
    String suffix = "-%05d-%s".formatted(number, letters);
    int room = MAX_LENGTH - suffix.length();
    return service.substring(0, Math.min(room, service.length())) + suffix;
  }

  /** The number in an automatic name, or zero. */
  static int numberOf(String name) {
    var matcher = AUTOMATIC.matcher(name);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }
}
