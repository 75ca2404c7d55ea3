package dev.rollbackbot.sandbox.kback;

/** Hears of every request that reached a revision, after it was answered. */
@FunctionalInterface
public interface RequestListener {

  /** Called on the request's own thread; it may be called by many at once. */
  void served(ServedRequest request);
}
