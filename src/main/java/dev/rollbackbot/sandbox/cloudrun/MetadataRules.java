package dev.rollbackbot.sandbox.cloudrun;

import com.google.cloud.run.v2.Service;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What labels and annotations may be.
 *
 * <p>Sources: comments on {@code Service.labels}, {@code Service.annotations} and the same of
 * {@code RevisionTemplate} (rejected namespaces; "Kubernetes annotations' namespacing, limits, and
 * rules"), and the Kubernetes reference for the limits. That Cloud Run enforces the limits is
 * unproved.
 */
final class MetadataRules {

  private static final List<String> REJECTED_NAMESPACES =
      List.of(
          "run.googleapis.com",
          "cloud.googleapis.com",
          "serving.knative.dev",
          "autoscaling.knative.dev");
  private static final int MAX_ANNOTATIONS_BYTES = 256 * 1024;
  private static final int MAX_PREFIX = 253;
  private static final Pattern PREFIX = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private MetadataRules() {}

  static void check(Service service) {
    checkLabels("service.labels", service.getLabelsMap());
    checkAnnotations("service.annotations", service.getAnnotationsMap());
    checkLabels("service.template.labels", service.getTemplate().getLabelsMap());
    checkAnnotations("service.template.annotations", service.getTemplate().getAnnotationsMap());
  }

  private static void checkLabels(String where, Map<String, String> labels) {
    labels.forEach(
        (key, value) -> {
          checkKey(where, key);
          if (!value.isEmpty() && !NAME.matcher(value).matches()) {
            throw Problems.invalid(
                "%s: the value of '%s' must be at most 63 letters, digits, '-', '_' or '.'"
                    .formatted(where, key));
          }
        });
  }

  private static void checkAnnotations(String where, Map<String, String> annotations) {
    long bytes = 0;
    for (var entry : annotations.entrySet()) {
      checkKey(where, entry.getKey());
      bytes += utf8(entry.getKey()) + utf8(entry.getValue());
    }
    if (bytes > MAX_ANNOTATIONS_BYTES) {
      throw Problems.invalid("%s: must have at most 262144 bytes in all".formatted(where));
    }
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void checkKey(String where, String key) {
    int slash = key.indexOf('/');
    String prefix = slash < 0 ? "" : key.substring(0, slash);
    if (REJECTED_NAMESPACES.contains(prefix)) {
      throw Problems.invalid(
          "%s: '%s' is in the namespace '%s', which is not supported in v2"
              .formatted(where, key, prefix));
    }
    boolean prefixFits =
        slash < 0 || (prefix.length() <= MAX_PREFIX && PREFIX.matcher(prefix).matches());
    if (!prefixFits || !NAME.matcher(key.substring(slash + 1)).matches()) {
      throw Problems.invalid("%s: '%s' is not a valid key".formatted(where, key));
    }
  }
}
