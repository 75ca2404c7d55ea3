package dev.rollbackbot.domain.journal;

/** Where a rollback stands. */
public enum JobState {
  /** Our tag is on the target at 0 %; its address is awaited. */
  PREPARING,
  /** The probe failed: users are untouched, a person decides. */
  HELD,
  /** A canary's share of users was told to move; proof is awaited. */
  SETTLING,
  /** A share of users is on the target, and looked at. */
  WATCHING,
  /** A share of users is on the target; a person decides how it goes on. */
  HOLDING,
  /** Users were told to move; proof is awaited. */
  SWITCHING,
  /** Users have moved; evidence is gathered. */
  VERIFYING,
  /** At rest on the target, with a way out. */
  OPEN,
  /** The split before is being put back. */
  UNDOING,
  /** The newest revision carries our tag and is probed before it gets users. */
  RETURN_PREPARING,
  /** Users were told to follow LATEST again. */
  RETURNING,
  /** Past its limit: nobody could carry it on, a person decides. Seen, never written. */
  STUCK,
  /** Over. */
  CLOSED;

  /** A driver has something to do. */
  public boolean moves() {
    return switch (this) {
      case PREPARING,
          HELD,
          SETTLING,
          WATCHING,
          HOLDING,
          SWITCHING,
          VERIFYING,
          UNDOING,
          RETURN_PREPARING,
          RETURNING ->
          true;
      case OPEN, STUCK, CLOSED -> false;
    };
  }

  /** Users are split between target and baseline by a canary. */
  public boolean splits() {
    return this == SETTLING || this == WATCHING || this == HOLDING;
  }

  /** Users may still be on what the rollback set. */
  public boolean atRest() {
    return this == OPEN || this == STUCK;
  }
}
