package dev.rollbackbot.domain.approval;

import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.AcceptedOffer;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Problem.Code;
import dev.rollbackbot.domain.plan.Plan;
import dev.rollbackbot.domain.plan.Planned;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a click on an offer may act: judged once, against what would be done at the click.
 *
 * @param rule what an approval takes
 * @param approvers who may approve
 * @param groups user groups whose members may approve as well; where neither is named, everybody in
 *     the service's channel may
 * @param lateness older clicks never act, by the chat product's clock
 */
public record ApprovalPolicy(
    Rule rule, Set<String> approvers, Set<String> groups, Duration lateness) {

  /** Stands for "anybody else" where a problem names who could act. */
  public static final String ANYBODY = "*";

  /** Stands for "nobody else". */
  public static final String NOBODY = "!";

  /** What an approval takes. */
  public enum Rule {
    /** Who asked may say yes, in a confirm dialog. */
    CONFIRM,
    /** Somebody else must, unless who asked goes alone and says why. */
    FOUR_EYES
  }

  public ApprovalPolicy {
    approvers = Set.copyOf(approvers);
    groups = Set.copyOf(groups);
  }

  /** The same with the members of its groups, as they are now. */
  public ApprovalPolicy withMembers(Set<String> members) {
    var all = new HashSet<>(approvers);
    all.addAll(members);
    return new ApprovalPolicy(rule, all, groups, lateness);
  }

  /** Whether this person may approve, stop, keep and undo. */
  public boolean permits(String person) {
    return everybody() || approvers.contains(person);
  }

  /** An empty group lets nobody in; only where nothing is named everybody may. */
  private boolean everybody() {
    return approvers.isEmpty() && groups.isEmpty();
  }

  /** The refusal of somebody who is not an approver; empty for an approver. */
  public Optional<Problem> stranger(String person) {
    return permits(person)
        ? Optional.empty()
        : refuse(Code.NOT_AN_APPROVER, Map.of("approvers", others(person)));
  }

  /**
   * Whether this person's press of a rollback's own button only asks for what it says. Who went
   * alone, and said why, may also come back alone.
   */
  public boolean onlyAsks(String person, Journal job) {
    boolean alone =
        job.actors().requester().equals(person) && job.actors().approver().equals(person);
    return rule == Rule.FOUR_EYES && !alone;
  }

  /** Whether a click may act no more, however right it is. */
  public boolean late(Instant pressed, Instant now) {
    return pressed.plus(lateness).isBefore(now);
  }

  /** Judges what needs no plan: the offer used, the click late, the person. */
  public Optional<Problem> before(
      Proposal offer, ClickBy click, JournalReading journal, Instant now) {
    // First of all, so that a delivery that comes again is never judged twice.
    if (journal instanceof JournalReading.Found(Journal found)) {
      Optional<AcceptedOffer> used = found.acceptanceOf(offer.id());
      if (used.isPresent()) {
        return refuse(
            Code.OFFER_USED, Map.of("approver", used.get().by(), "at", used.get().at().toString()));
      }
      if (found.fresh(now).size() >= Journal.MOST_OFFERS) {
        return refuse(Code.OFFERS_FULL, Map.of());
      }
    }
    if (late(click.at(), now)) {
      return refuse(Code.CLICK_TOO_LATE, Map.of());
    }
    if (!now.isBefore(offer.expires())) {
      return refuse(Code.OFFER_EXPIRED, Map.of());
    }
    return stranger(click.person()).or(() -> secondPerson(offer, click.person()));
  }

  private Optional<Problem> secondPerson(Proposal offer, String person) {
    boolean missing = rule == Rule.FOUR_EYES && offer.requester().equals(person) && !offer.alone();
    return missing
        ? refuse(
            Code.SECOND_PERSON_NEEDED, Map.of("approvers", others(person), "typed", offer.typed()))
        : Optional.empty();
  }

  private String others(String person) {
    if (everybody()) {
      return ANYBODY;
    }
    var others = new TreeSet<>(approvers);
    others.remove(person);
    return others.isEmpty() ? NOBODY : String.join(", ", others);
  }

  /** Judges the offer against the plan as it would be made now. */
  public Verdict judge(
      Offer offer, ClickBy click, JournalReading journal, Planned fresh, Instant now) {
    Optional<Problem> problem = before(offer, click, journal, now);
    if (problem.isPresent()) {
      return new Verdict.Rejected(problem.get());
    }
    return switch (fresh) {
      case Planned.Impossible(Problem why) -> new Verdict.Rejected(why);
      case Planned.Ready(Plan plan) when plan.fingerprint().equals(offer.fingerprint()) ->
          new Verdict.Accepted(plan);
      case Planned.Ready(Plan plan) -> new Verdict.Moved(plan);
    };
  }

  private static Optional<Problem> refuse(Code code, Map<String, String> details) {
    return Optional.of(Problem.refusal(code, details));
  }
}
