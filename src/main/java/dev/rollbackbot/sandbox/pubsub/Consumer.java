package dev.rollbackbot.sandbox.pubsub;

/** Who holds leases: an open stream or one unary pull. Guarded by the server's lock. */
interface Consumer {
  /** Counts a message that is now outstanding at this consumer. */
  void took(int bytes);

  /** Counts a message that is no longer outstanding: acknowledged, given back or expired. */
  void gaveBack(int bytes);
}
