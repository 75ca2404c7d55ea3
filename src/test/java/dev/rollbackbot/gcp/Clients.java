package dev.rollbackbot.gcp;

import java.time.Duration;

/** Clients of one stand-in; the other addresses lead nowhere. */
final class Clients {
  private static final String NOWHERE = "127.0.0.1:1";
  private static final Deadlines SHORT =
      new Deadlines(Duration.ofSeconds(3), Duration.ofSeconds(3));

  private Clients() {}

  static GcpClients ofRun(String endpoint) {
    return of(new Endpoints.Sandbox(endpoint, NOWHERE, NOWHERE, NOWHERE, NOWHERE));
  }

  static GcpClients ofRegistry(String endpoint) {
    return of(new Endpoints.Sandbox(NOWHERE, endpoint, NOWHERE, NOWHERE, NOWHERE));
  }

  static GcpClients ofLogging(String endpoint) {
    return of(new Endpoints.Sandbox(NOWHERE, NOWHERE, NOWHERE, endpoint, NOWHERE));
  }

  static GcpClients ofBuilds(String endpoint) {
    return of(new Endpoints.Sandbox(NOWHERE, NOWHERE, NOWHERE, NOWHERE, endpoint));
  }

  static Endpoints.Sandbox ofPubSub(String endpoint) {
    return new Endpoints.Sandbox(NOWHERE, NOWHERE, endpoint, NOWHERE, NOWHERE);
  }

  private static GcpClients of(Endpoints endpoints) {
    return new GcpClients(endpoints, SHORT);
  }
}
