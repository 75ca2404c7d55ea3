package dev.rollbackbot.sandbox.pubsub;

import dev.rollbackbot.sandbox.grpc.Refusals;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The syntax of topic and subscription names.
 *
 * <p>Source: the comments on {@code Topic.name} and {@code Subscription.name} in pubsub.proto
 * (proto-google-cloud-pubsub-v1 1.160.0): 3 to 255 characters, a letter first, not "goog" first.
 */
final class Names {
  private static final Pattern NAME =
      Pattern.compile(
          "projects/([^/]+)/(topics|subscriptions)/([A-Za-z][A-Za-z0-9\\-_.~+%]{2,254})");

  private Names() {}

  static void requireTopic(String name) {
    require(name, "topics");
  }

  static void requireSubscription(String name) {
    require(name, "subscriptions");
  }

  /** The project of a name that was already accepted. */
  static String project(String name) {
    return name.substring("projects/".length(), name.indexOf('/', "projects/".length()));
  }

  /** The last part of a name that was already accepted. */
  static String id(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static void require(String name, String collection) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()
        || !matcher.group(2).equals(collection)
        || matcher.group(3).startsWith("goog")) {
      throw Refusals.invalid(
          "Invalid ["
              + collection
              + "] name: (name="
              + name
              + "); want projects/P/"
              + collection
              + "/ID");
    }
  }
}
