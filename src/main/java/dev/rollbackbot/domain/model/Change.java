package dev.rollbackbot.domain.model;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One write to a service, as the platform's own record has it.
 *
 * @param wanted the traffic from then on
 * @param by who wrote: a person's or a service account's e-mail
 * @param client what the writer called itself on the service; empty when it did not
 * @param agent the user agent of the call
 */
public record Change(Instant at, TrafficSplit wanted, String by, String client, String agent) {
  private static final Pattern GCLOUD = Pattern.compile("command/gcloud\\.([a-z.-]+)");

  /**
   * The tool that wrote: by the call's own user agent first, since a writer that names no client
   * leaves the name of the one before.
   */
  public Hand hand() {
    Hand byAgent = Hand.ofAgent(agent);
    return byAgent == Hand.OTHER ? Hand.ofClient(client) : byAgent;
  }

  /**
   * With what: {@code gcloud run services update-traffic} where gcloud says it, else the client.
   */
  public String with() {
    Matcher found = GCLOUD.matcher(agent);
    if (found.find()) {
      return "gcloud " + found.group(1).replace('.', ' ');
    }
    return client.isBlank() ? "API" : client;
  }

  /** A service account, so probably a script that will run again. */
  public boolean byMachine() {
    return by.endsWith(".gserviceaccount.com");
  }
}
