package dev.rollbackbot.text;

import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.Journal;
import java.util.List;
import java.util.Set;

/** State and ending as people tell them apart; the sentences are named {@code phase.<NAME>.…}. */
enum Phase {
  PREPARING,
  HELD,
  SETTLING,
  WATCHING,
  HOLDING,
  SWITCHING,
  VERIFYING,
  VERIFIED,
  UNPROVEN,
  BAD,
  UNKNOWN,
  NEWEST_UNWELL,
  UNDOING,
  RETURN_PREPARING,
  RETURNING,
  STUCK,
  FAILED,
  MOVED,
  TAKEN_OVER,
  STOPPED,
  UNDONE,
  REVERTED,
  RETURNED,
  KEPT;

  private static final Set<Phase> PINNING = Set.of(VERIFIED, UNPROVEN, BAD, NEWEST_UNWELL, KEPT);
  private static final Set<Phase> NEEDING_SOMEBODY = Set.of(HELD, HOLDING, BAD, UNKNOWN, STUCK);
  private static final Set<Phase> BROUGHT_ABOUT_BY_CLOSER =
      Set.of(
          UNDOING, RETURN_PREPARING, RETURNING, MOVED, TAKEN_OVER, STOPPED, UNDONE, RETURNED, KEPT);

  static Phase of(Journal journal) {
    return switch (journal.state()) {
      case PREPARING -> PREPARING;
      case HELD -> HELD;
      case SETTLING -> SETTLING;
      case WATCHING -> WATCHING;
      case HOLDING -> HOLDING;
      case SWITCHING -> SWITCHING;
      case VERIFYING -> VERIFYING;
      case UNDOING -> UNDOING;
      case RETURN_PREPARING -> RETURN_PREPARING;
      case RETURNING -> RETURNING;
      case STUCK -> STUCK;
      case OPEN, CLOSED -> of(journal.ending());
    };
  }

  /** How what rests, or is over, ended. */
  static Phase of(Ending ending) {
    return switch (ending) {
      case VERIFIED -> VERIFIED;
      case UNPROVEN -> UNPROVEN;
      case BAD -> BAD;
      case NONE, UNKNOWN -> UNKNOWN;
      case NEWEST_UNWELL -> NEWEST_UNWELL;
      case FAILED -> FAILED;
      case MOVED -> MOVED;
      case TAKEN_OVER -> TAKEN_OVER;
      case STOPPED -> STOPPED;
      case UNDONE -> UNDONE;
      case REVERTED -> REVERTED;
      case RETURNED -> RETURNED;
      case KEPT -> KEPT;
    };
  }

  String key(String what) {
    return "phase." + name() + "." + what;
  }

  /** The target has all users: deploys get nothing until somebody returns to newest. */
  boolean pins() {
    return PINNING.contains(this);
  }

  /** A person must decide or finish something; waiting will not do it. */
  boolean needsSomebody() {
    return NEEDING_SOMEBODY.contains(this);
  }

  /** The journal's closer is who brought it about. */
  boolean bySomebody() {
    return BROUGHT_ABOUT_BY_CLOSER.contains(this);
  }

  /** Users left the target again; the journal's probe of live was made after that. */
  boolean cameBack() {
    return this == UNDONE || this == REVERTED || this == RETURNED;
  }

  /** What Stop means now: leave users where they are, bring them back, or stay on the target. */
  String stop() {
    if (this == RETURN_PREPARING) {
      return "stop_return";
    }
    if (splits()) {
      return "stop_canary";
    }
    return this == SWITCHING || this == VERIFYING ? "stop_moved" : "stop";
  }

  /** Nothing moves any more, and a canary's looks are old news. */
  boolean rests() {
    return switch (this) {
      case PREPARING, HELD, SETTLING, WATCHING, HOLDING, SWITCHING, UNDOING, REVERTED, STUCK ->
          false;
      case VERIFYING,
          VERIFIED,
          UNPROVEN,
          BAD,
          UNKNOWN,
          NEWEST_UNWELL,
          RETURN_PREPARING,
          RETURNING,
          FAILED,
          MOVED,
          TAKEN_OVER,
          STOPPED,
          UNDONE,
          RETURNED,
          KEPT ->
          true;
    };
  }

  /** Users are on their way to whom they had before, or there. */
  boolean goesBack() {
    return this == UNDOING || this == UNDONE || this == REVERTED;
  }

  /** A share of users is on the target. */
  boolean splits() {
    return this == SETTLING || this == WATCHING || this == HOLDING;
  }

  /** What can be typed now, the most likely first. */
  List<JobAction> words() {
    return switch (this) {
      case PREPARING, HELD, SETTLING, WATCHING, SWITCHING, VERIFYING, RETURN_PREPARING ->
          List.of(JobAction.STOP);
      case HOLDING -> List.of(JobAction.GO_ON, JobAction.WAIT, JobAction.STOP);
      case VERIFIED, UNPROVEN, NEWEST_UNWELL ->
          List.of(JobAction.KEEP, JobAction.UNDO, JobAction.NEWEST);
      case BAD, UNKNOWN, STUCK -> List.of(JobAction.UNDO, JobAction.KEEP, JobAction.NEWEST);
      case KEPT -> List.of(JobAction.NEWEST);
      case UNDOING, RETURNING, FAILED, MOVED, TAKEN_OVER, STOPPED, UNDONE, REVERTED, RETURNED ->
          List.of();
    };
  }
}
