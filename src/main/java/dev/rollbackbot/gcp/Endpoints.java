package dev.rollbackbot.gcp;

/** Where the Google APIs are, and as whom they are called. */
public sealed interface Endpoints {

  /** The real ones, with the application default credentials. */
  record Google() implements Endpoints {}

  /** Stand-ins on this machine, each as {@code host:port}, in plaintext and without credentials. */
  record Sandbox(String run, String registry, String pubsub, String logging, String builds)
      implements Endpoints {}
}
