package dev.rollbackbot.sandbox.cloudrun;

import java.util.Map;

/**
 * Where requests really go at one moment, whatever {@code traffic_statuses} shows.
 *
 * @param percents short revision name to percent, only those above zero; they add up to 100
 * @param tags traffic tag to short revision name
 */
public record Routing(Map<String, Integer> percents, Map<String, String> tags) {

  public Routing {
    percents = Map.copyOf(percents);
    tags = Map.copyOf(tags);
  }

  /** Whether the revision gets users' requests or has a URL of its own. */
  boolean reaches(String revision) {
    return percents.containsKey(revision) || tags.containsValue(revision);
  }
}
