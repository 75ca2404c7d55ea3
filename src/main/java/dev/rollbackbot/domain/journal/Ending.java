package dev.rollbackbot.domain.journal;

/** How a rollback came to rest, or ended. */
public enum Ending {
  /** Still moving. */
  NONE,
  /** Open: evidence says it is well. */
  VERIFIED,
  /** Open: probes pass, users gave no evidence. */
  UNPROVEN,
  /** Open: evidence says it did not help. */
  BAD,
  /** Open: what users get could not be proved. */
  UNKNOWN,
  /** Open: the newest revision did not pass its probe, so users stayed. */
  NEWEST_UNWELL,
  /** Closed: the target could not start; no user met it. */
  FAILED,
  /** Closed: somebody changed the service before users moved. */
  MOVED,
  /** Closed: somebody changed traffic afterwards. */
  TAKEN_OVER,
  /** Closed: the canary was worse, so the split before is back. */
  REVERTED,
  /** Closed by Stop, before users moved. */
  STOPPED,
  /** Closed: the split before is back. */
  UNDONE,
  /** Closed: users follow LATEST again. */
  RETURNED,
  /** Closed: it stays, the pin too. */
  KEPT
}
