package dev.rollbackbot.domain.model;

import java.util.Map;

/**
 * Why something was not done: a stable code with the words that belong into its text.
 *
 * <p>Every code has three sentences in each language: what was being done, why it stopped, and what
 * to do next.
 */
public sealed interface Problem {
  Code code();

  /** The values that the text of the code names. */
  Map<String, String> details();

  /** The person can act. */
  record Refusal(Code code, Map<String, String> details) implements Problem {
    public Refusal {
      details = Map.copyOf(details);
    }
  }

  /** The world is in the way. */
  record Failure(Code code, Map<String, String> details) implements Problem {
    public Failure {
      details = Map.copyOf(details);
    }
  }

  static Problem refusal(Code code, Map<String, String> details) {
    return new Refusal(code, details);
  }

  static Problem refusal(Code code) {
    return new Refusal(code, Map.of());
  }

  static Problem failure(Code code, Map<String, String> details) {
    return new Failure(code, details);
  }

  /** The closed list of reasons, with the details that each text may name. */
  enum Code {
    /** word, suggestion. */
    UNKNOWN_WORD,
    /** word. */
    NOT_A_TARGET,
    /** word, usage. */
    MISSING_TARGET,
    /** word. */
    TOO_MANY_WORDS,
    /** option. */
    UNKNOWN_OPTION,
    /** option. */
    OPTION_NEEDS_VALUE,
    /** word. */
    ROUTE_UNKNOWN,
    /** word. */
    STEPS_WRONG,
    /** word. */
    HOLD_WRONG,
    /** hold, least. */
    HOLD_TOO_SHORT,
    /** service, known. */
    SERVICE_NOT_CONFIGURED,
    /** services. */
    SERVICE_NEEDED,
    TEAM_NOT_LISTED,
    CHANNEL_NOT_LISTED,
    SHARED_CHANNEL,
    /** commit. */
    COMMIT_UNKNOWN,
    /** commit, candidates. */
    COMMIT_AMBIGUOUS,
    /** commit, branch. */
    COMMIT_NOT_ON_BRANCH,
    /** ref. */
    REF_UNKNOWN,
    /** commit, nearest. */
    NO_IMAGE,
    /** commit: no image of the repository is tagged with any commit. */
    ONLY_LATEST,
    /** commit, digest, nearest. */
    IMAGE_GONE,
    /** commit, nearest: has an image but no revision to shift to. */
    NO_REVISION,
    /** revision. */
    REVISION_UNKNOWN,
    /** revision, reason. */
    REVISION_NOT_READY,
    /** target. */
    ALREADY_LIVE,
    NO_PREVIOUS,
    /** revision. */
    DIGEST_UNKNOWN,
    /** state, requester. */
    JOB_RUNNING,
    NO_OPEN_JOB,
    NO_CANARY,
    /** state. */
    JOB_NOT_STOPPABLE,
    /** state. */
    ALREADY_ON_THE_WAY_BACK,
    /** approver, at. */
    OFFER_USED,
    OFFER_EXPIRED,
    CLICK_TOO_LATE,
    OFFER_FOREIGN,
    BUTTON_OUTDATED,
    /** was, now, by. */
    SERVICE_MOVED,
    /** approvers. */
    NOT_AN_APPROVER,
    /** approvers, typed. */
    SECOND_PERSON_NEEDED,
    /** typed. */
    ALONE_NEEDED,
    /** kind. */
    PERSON_NOT_ALLOWED,
    /** most: so many requests a minute are taken. */
    TOO_MANY_REQUESTS,
    APPROVALS_OFF,
    OFFERS_FULL,
    NOTHING_NEWER,
    /** revision. */
    BEFORE_GONE,
    JOURNAL_UNREADABLE,
    JOURNAL_FULL,
    /** detail. */
    JOURNAL_FOREIGN,
    /** detail. */
    CLOUD_RUN_UNAVAILABLE,
    /** detail, permission, command. */
    CLOUD_RUN_DENIED,
    /** detail. */
    CLOUD_RUN_REFUSED,
    /** service. */
    SERVICE_MISSING,
    /** by. */
    WRITE_CONFLICT,
    /** detail. */
    REGISTRY_UNAVAILABLE,
    /** permission, command. */
    REGISTRY_DENIED,
    /** detail. */
    CHAT_UNAVAILABLE,
    /** detail. */
    CHAT_REFUSED,
    QUEUE_REFUSED,
    /** permission, command. */
    QUEUE_DENIED,
    QUEUE_UNCONFIRMED,
    /** incident: a short id that stands in the log too. */
    INTERNAL
  }
}
