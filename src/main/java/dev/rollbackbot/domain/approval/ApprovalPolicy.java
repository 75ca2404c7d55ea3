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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a click on an offer may act: judged once, against a plan made anew at the click.
 *
 * @param approvers who may approve; empty means everybody in the service's channel
 * @param lateness older clicks never act, by the chat product's clock
 */
public record ApprovalPolicy(Set<String> approvers, Duration lateness) {
  public ApprovalPolicy {
    approvers = Set.copyOf(approvers);
  }

  /** Whether this person may approve, stop, keep and undo. */
  public boolean permits(String person) {
    return approvers.isEmpty() || approvers.contains(person);
  }

  /** Judges what needs no plan: the offer used, the click late, the person. */
  public Optional<Problem> before(Offer offer, ClickBy click, JournalReading journal, Instant now) {
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
    if (click.at().plus(lateness).isBefore(now)) {
      return refuse(Code.CLICK_TOO_LATE, Map.of());
    }
    if (!now.isBefore(offer.expires())) {
      return refuse(Code.OFFER_EXPIRED, Map.of());
    }
    return permits(click.person())
        ? Optional.empty()
        : refuse(Code.NOT_AN_APPROVER, Map.of("approvers", String.join(", ", approvers)));
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
