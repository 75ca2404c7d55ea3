package dev.rollbackbot.text;

import dev.rollbackbot.domain.job.Journal;
import dev.rollbackbot.domain.report.JobAction;
import java.util.List;

/** State and ending as people tell them apart; the sentences are named {@code phase.<NAME>.…}. */
enum Phase {
  PREPARING,
  HELD,
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
  RETURNED,
  KEPT,
  SUPERSEDED;

  static Phase of(Journal journal) {
    return switch (journal.state()) {
      case PREPARING -> PREPARING;
      case HELD -> HELD;
      case SWITCHING -> SWITCHING;
      case VERIFYING -> VERIFYING;
      case UNDOING -> UNDOING;
      case RETURN_PREPARING -> RETURN_PREPARING;
      case RETURNING -> RETURNING;
      case STUCK -> STUCK;
      case OPEN, CLOSED ->
          switch (journal.ending()) {
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
            case RETURNED -> RETURNED;
            case KEPT -> KEPT;
            case SUPERSEDED -> SUPERSEDED;
          };
    };
  }

  String key(String what) {
    return "phase." + name() + "." + what;
  }

  /** What can be typed now, the most likely first. */
  List<JobAction> words() {
    return switch (this) {
      case PREPARING, HELD, SWITCHING, VERIFYING -> List.of(JobAction.STOP);
      case VERIFIED, UNPROVEN, NEWEST_UNWELL -> List.of(JobAction.KEEP, JobAction.UNDO, JobAction.NEWEST);
      case BAD, UNKNOWN -> List.of(JobAction.UNDO, JobAction.KEEP, JobAction.NEWEST);
      case STUCK -> List.of(JobAction.UNDO, JobAction.NEWEST);
      case KEPT -> List.of(JobAction.NEWEST);
      case UNDOING,
          RETURN_PREPARING,
          RETURNING,
          FAILED,
          MOVED,
          TAKEN_OVER,
          STOPPED,
          UNDONE,
          RETURNED,
          SUPERSEDED ->
          List.of();
    };
  }

  /** The target is at rest with all users: deploys get nothing until somebody returns to newest. */
  boolean pins() {
    return switch (this) {
      case VERIFIED, UNPROVEN, BAD, NEWEST_UNWELL, KEPT -> true;
      case PREPARING,
          HELD,
          SWITCHING,
          VERIFYING,
          UNKNOWN,
          UNDOING,
          RETURN_PREPARING,
          RETURNING,
          STUCK,
          FAILED,
          MOVED,
          TAKEN_OVER,
          STOPPED,
          UNDONE,
          RETURNED,
          SUPERSEDED ->
          false;
    };
  }

  /** A person must decide or finish something; waiting will not do it. */
  boolean needsSomebody() {
    return switch (this) {
      case HELD, BAD, UNKNOWN, NEWEST_UNWELL, STUCK -> true;
      case PREPARING,
          SWITCHING,
          VERIFYING,
          VERIFIED,
          UNPROVEN,
          UNDOING,
          RETURN_PREPARING,
          RETURNING,
          FAILED,
          MOVED,
          TAKEN_OVER,
          STOPPED,
          UNDONE,
          RETURNED,
          KEPT,
          SUPERSEDED ->
          false;
    };
  }
}
