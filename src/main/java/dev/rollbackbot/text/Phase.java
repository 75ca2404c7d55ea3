package dev.rollbackbot.text;

import dev.rollbackbot.domain.job.Journal;
import dev.rollbackbot.domain.report.JobAction;
import java.util.List;
import java.util.Set;

/** State and ending as people tell them apart; the sentences are named {@code phase.<NAME>.…}. */
enum Phase {
  PREPARING,
  HELD(Trait.NEEDS_SOMEBODY),
  SWITCHING(Trait.USERS_MOVED),
  VERIFYING(Trait.USERS_MOVED),
  VERIFIED(Trait.PINS),
  UNPROVEN(Trait.PINS),
  BAD(Trait.PINS, Trait.NEEDS_SOMEBODY),
  UNKNOWN(Trait.NEEDS_SOMEBODY),
  NEWEST_UNWELL(Trait.PINS),
  UNDOING(Trait.BY_SOMEBODY),
  RETURN_PREPARING(Trait.BY_SOMEBODY),
  RETURNING(Trait.BY_SOMEBODY),
  STUCK(Trait.NEEDS_SOMEBODY),
  FAILED,
  MOVED(Trait.BY_SOMEBODY),
  TAKEN_OVER(Trait.BY_SOMEBODY),
  STOPPED(Trait.BY_SOMEBODY),
  UNDONE(Trait.BY_SOMEBODY, Trait.CAME_BACK),
  RETURNED(Trait.BY_SOMEBODY, Trait.CAME_BACK),
  KEPT(Trait.PINS, Trait.BY_SOMEBODY),
  SUPERSEDED;

  private enum Trait {
    /** The target has all users: deploys get nothing until somebody returns to newest. */
    PINS,
    /** A person must decide or finish something; waiting will not do it. */
    NEEDS_SOMEBODY,
    /** The journal's closer is who brought it about. */
    BY_SOMEBODY,
    /** Users were told to move and may be brought back. */
    USERS_MOVED,
    /** Users left the target again; the probe of live was made after that. */
    CAME_BACK
  }

  @SuppressWarnings("ImmutableEnumChecker") // Set.of never changes.
  private final Set<Trait> traits;

  Phase(Trait... traits) {
    this.traits = Set.of(traits);
  }

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

  boolean pins() {
    return traits.contains(Trait.PINS);
  }

  boolean needsSomebody() {
    return traits.contains(Trait.NEEDS_SOMEBODY);
  }

  boolean bySomebody() {
    return traits.contains(Trait.BY_SOMEBODY);
  }

  boolean cameBack() {
    return traits.contains(Trait.CAME_BACK);
  }

  /** What Stop means now: leave users where they are, bring them back, or stay on the target. */
  String stop() {
    if (this == RETURN_PREPARING) {
      return "stop_return";
    }
    return traits.contains(Trait.USERS_MOVED) ? "stop_moved" : "stop";
  }

  /** What can be typed now, the most likely first. */
  List<JobAction> words() {
    return switch (this) {
      case PREPARING, HELD, SWITCHING, VERIFYING, RETURN_PREPARING -> List.of(JobAction.STOP);
      case VERIFIED, UNPROVEN, NEWEST_UNWELL ->
          List.of(JobAction.KEEP, JobAction.UNDO, JobAction.NEWEST);
      case BAD, UNKNOWN, STUCK -> List.of(JobAction.UNDO, JobAction.KEEP, JobAction.NEWEST);
      case KEPT -> List.of(JobAction.NEWEST);
      case UNDOING, RETURNING, FAILED, MOVED, TAKEN_OVER, STOPPED, UNDONE, RETURNED, SUPERSEDED ->
          List.of();
    };
  }
}
