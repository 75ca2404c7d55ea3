package dev.rollbackbot.domain.approval;

import static dev.rollbackbot.domain.Samples.OLD;
import static dev.rollbackbot.domain.Samples.OLD_COMMIT;
import static dev.rollbackbot.domain.Samples.OLD_DIGEST;
import static dev.rollbackbot.domain.Samples.T0;
import static dev.rollbackbot.domain.Samples.UID;
import static dev.rollbackbot.domain.Samples.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.AcceptedOffer;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.plan.Plan;
import dev.rollbackbot.domain.plan.PlanSamples;
import dev.rollbackbot.domain.plan.Planned;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The offer is from a minute before {@code T0} and lasts fourteen more; Ann clicks at T0. */
class ApprovalPolicyTest {
  private static final Duration LATENESS = Duration.ofMinutes(5);
  private static final Plan PLAN = PlanSamples.plan();
  private static final Planned SAME = new Planned.Ready(PLAN);
  private static final Planned IMPOSSIBLE =
      new Planned.Impossible(Problem.refusal(Problem.Code.IMAGE_GONE));
  private static final JournalReading NONE = new JournalReading.Absent();
  private static final String OFFER = "0123456789abcdef";
  private static final AcceptedOffer USED = new AcceptedOffer(OFFER, T0, "U-bob");

  @ParameterizedTest(name = "{0}: {6}")
  @MethodSource
  void aClick(
      String name,
      Set<String> approvers,
      String person,
      JournalReading journal,
      Planned fresh,
      Duration judgedAfter,
      String verdict) {
    var policy = new ApprovalPolicy(approvers, LATENESS);
    Verdict judged =
        policy.judge(
            offer(PLAN.fingerprint()),
            new ClickBy(person, T0),
            journal,
            fresh,
            T0.plus(judgedAfter));
    assertThat(text(judged)).isEqualTo(verdict);
  }

  static Stream<Arguments> aClick() {
    Set<String> anybody = Set.of();
    Set<String> bob = Set.of("U-bob");
    Duration soon = Duration.ofSeconds(1);
    Duration late = LATENESS.plusMillis(1);
    Duration expired = Duration.ofMinutes(14);
    Planned moved = new Planned.Ready(PlanSamples.plan("old=50 new=50"));
    return Stream.of(
        arguments("a fresh click", anybody, "U-ann", NONE, SAME, soon, "accepted"),
        arguments("an approver's click", bob, "U-bob", NONE, SAME, soon, "accepted"),
        arguments("judged at five minutes", anybody, "U-ann", NONE, SAME, LATENESS, "accepted"),
        arguments("judged after five", anybody, "U-ann", NONE, SAME, late, "CLICK_TOO_LATE"),
        arguments("not an approver", bob, "U-ann", NONE, SAME, soon, "NOT_AN_APPROVER"),
        arguments("the service moved", anybody, "U-ann", NONE, moved, soon, "moved"),
        arguments("no plan any more", anybody, "U-ann", NONE, IMPOSSIBLE, soon, "IMAGE_GONE"),
        arguments("used already", anybody, "U-ann", used(USED), SAME, soon, "OFFER_USED"),
        arguments(
            "used, late and expired", anybody, "U-ann", used(USED), SAME, expired, "OFFER_USED"),
        arguments("used, by a stranger", bob, "U-ann", used(USED), SAME, soon, "OFFER_USED"),
        arguments("used, and moved since", anybody, "U-ann", used(USED), moved, soon, "OFFER_USED"),
        arguments(
            "used, no plan any more", anybody, "U-ann", used(USED), IMPOSSIBLE, soon, "OFFER_USED"),
        arguments(
            "eight others fill the journal",
            anybody,
            "U-ann",
            used(others(8)),
            SAME,
            soon,
            "OFFERS_FULL"),
        arguments(
            "seven others leave room", anybody, "U-ann", used(others(7)), SAME, soon, "accepted"));
  }

  @Test
  void anOfferThatIsOverIsRefusedHoweverFreshTheClick() {
    Instant end = offer("f").expires();
    var policy = new ApprovalPolicy(Set.of(), LATENESS);

    assertThat(policy.before(offer("f"), new ClickBy("U-ann", end), NONE, end).map(Problem::code))
        .contains(Problem.Code.OFFER_EXPIRED);
    assertThat(policy.before(offer("f"), new ClickBy("U-ann", end), NONE, end.minusMillis(1)))
        .isEmpty();
  }

  private static Offer offer(String fingerprint) {
    return new Offer(
        OFFER,
        "k-back",
        UID,
        Optional.of(OLD_COMMIT),
        OLD_DIGEST,
        Route.SHIFT,
        Optional.of(OLD),
        "U-kim",
        T0.minusSeconds(60),
        T0.plus(Duration.ofMinutes(14)),
        fingerprint,
        Optional.empty());
  }

  private static JournalReading used(AcceptedOffer offer) {
    return used(List.of(offer));
  }

  private static JournalReading used(List<AcceptedOffer> offers) {
    Journal journal = job().accepted(offers).build();
    return new JournalReading.Found(journal);
  }

  private static List<AcceptedOffer> others(int number) {
    return Collections.nCopies(number, new AcceptedOffer("another", T0, "U-bob"));
  }

  private static String text(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted _ -> "accepted";
      case Verdict.Moved _ -> "moved";
      case Verdict.Rejected(Problem problem) -> problem.code().name();
    };
  }
}
