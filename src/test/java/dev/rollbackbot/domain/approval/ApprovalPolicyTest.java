package dev.rollbackbot.domain.approval;

import static dev.rollbackbot.domain.Samples.OLD;
import static dev.rollbackbot.domain.Samples.OLD_COMMIT;
import static dev.rollbackbot.domain.Samples.OLD_DIGEST;
import static dev.rollbackbot.domain.Samples.T0;
import static dev.rollbackbot.domain.Samples.UID;
import static dev.rollbackbot.domain.Samples.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rollbackbot.domain.approval.ApprovalPolicy.Rule;
import dev.rollbackbot.domain.command.Reason;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.AcceptedOffer;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.Ladder.Advance;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The offer is from a minute before {@code T0} and lasts fourteen more; Ann clicks at T0. */
class ApprovalPolicyTest {
  private static final Pattern SPACE = Pattern.compile(" ");
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
    var policy = new ApprovalPolicy(Rule.CONFIRM, approvers, Set.of(), LATENESS);
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
    var policy = new ApprovalPolicy(Rule.CONFIRM, Set.of(), Set.of(), LATENESS);

    assertThat(policy.before(offer("f"), new ClickBy("U-ann", end), NONE, end).map(Problem::code))
        .contains(Problem.Code.OFFER_EXPIRED);
    assertThat(policy.before(offer("f"), new ClickBy("U-ann", end), NONE, end.minusMillis(1)))
        .isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1} presses, approvers {2}, {3}: {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FOUR_EYES | U-bob |             |       | accepted
          FOUR_EYES | U-kim |             |       | SECOND_PERSON_NEEDED * 6831359
          FOUR_EYES | U-kim |             | alone | accepted
          FOUR_EYES | U-bob |             | alone | accepted
          FOUR_EYES | U-kim | U-bob U-kim |       | SECOND_PERSON_NEEDED U-bob 6831359
          FOUR_EYES | U-kim | U-bob U-kim | alone | accepted
          FOUR_EYES | U-kim | U-kim       |       | SECOND_PERSON_NEEDED ! 6831359
          FOUR_EYES | U-kim | U-bob       |       | NOT_AN_APPROVER U-bob
          FOUR_EYES | U-kim | U-bob       | alone | NOT_AN_APPROVER U-bob
          FOUR_EYES | U-ann | U-bob       |       | NOT_AN_APPROVER U-bob
          FOUR_EYES | U-bob | U-bob       |       | accepted
          CONFIRM   | U-kim |             |       | accepted
          CONFIRM   | U-kim |             | alone | accepted
          CONFIRM   | U-kim | U-bob       | alone | NOT_AN_APPROVER U-bob
          """)
  void kimAskedAndSomebodyPresses(
      Rule rule, String person, String approvers, String alone, String verdict) {
    var policy =
        new ApprovalPolicy(
            rule,
            approvers == null ? Set.of() : Set.of(SPACE.split(approvers, -1)),
            Set.of(),
            LATENESS);
    var asked = offer(PLAN.fingerprint(), Optional.of(new Reason("KeyError", alone != null)));

    assertThat(text(policy.judge(asked, new ClickBy(person, T0), NONE, SAME, T0)))
        .isEqualTo(SPACE.split(verdict, -1)[0]);
    assertThat(
            policy.before(asked, new ClickBy(person, T0), NONE, T0).map(ApprovalPolicyTest::words))
        .isEqualTo(verdict.equals("accepted") ? Optional.empty() : Optional.of(verdict));
  }

  private static String words(Problem problem) {
    return Stream.of(
            Optional.of(problem.code().name()),
            Optional.ofNullable(problem.details().get("approvers")),
            Optional.ofNullable(problem.details().get("typed")))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" "));
  }

  @Test
  void aGroupLetsItsMembersIn() {
    var policy = new ApprovalPolicy(Rule.CONFIRM, Set.of("U-ann"), Set.of("S-ops"), LATENESS);

    assertThat(policy.withMembers(Set.of("U-bob")).permits("U-bob")).isTrue();
    assertThat(policy.withMembers(Set.of("U-bob")).permits("U-ann")).isTrue();
    assertThat(policy.withMembers(Set.of("U-bob")).permits("U-kim")).isFalse();
  }

  @Test
  void anEmptyGroupLetsNobodyIn() {
    var policy = new ApprovalPolicy(Rule.CONFIRM, Set.of(), Set.of("S-ops"), LATENESS);

    assertThat(policy.withMembers(Set.of()).permits("U-kim")).isFalse();
  }

  @ParameterizedTest(name = "{0}, {1} presses a button of what {2} asked and {3} approved: {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CONFIRM   | U-kim | U-kim | U-ann | acts
          FOUR_EYES | U-kim | U-kim | U-ann | asks
          FOUR_EYES | U-ann | U-kim | U-ann | asks
          FOUR_EYES | U-bob | U-kim | U-ann | asks
          FOUR_EYES | U-kim | U-kim | U-kim | acts
          FOUR_EYES | U-bob | U-kim | U-kim | asks
          """)
  void whatAPressOfARollbacksOwnButtonIs(
      Rule rule, String person, String requester, String approver, String expected) {
    Journal job = job().actors(requester, approver).build();

    assertThat(
            new ApprovalPolicy(rule, Set.of(), Set.of(), LATENESS).onlyAsks(person, job)
                ? "asks"
                : "acts")
        .isEqualTo(expected);
  }

  @Test
  void anOfferedActionIsHeldToTheSame() {
    var policy = new ApprovalPolicy(Rule.FOUR_EYES, Set.of(), Set.of(), LATENESS);
    var undo =
        new ActionOffer(
            OFFER,
            JobAction.UNDO,
            "k-back",
            "U-kim",
            T0,
            T0.plusSeconds(900),
            "f",
            Optional.empty());

    assertThat(
            policy.before(undo, new ClickBy("U-kim", T0), NONE, T0).map(ApprovalPolicyTest::words))
        .contains("SECOND_PERSON_NEEDED * undo");
    assertThat(policy.before(undo, new ClickBy("U-bob", T0), NONE, T0)).isEmpty();
    assertThat(policy.before(undo, new ClickBy("U-bob", T0), used(USED), T0).map(Problem::code))
        .contains(Problem.Code.OFFER_USED);
  }

  @Test
  void whoAskedForACanaryIsToldToTypeTheSameCanary() {
    var policy = new ApprovalPolicy(Rule.FOUR_EYES, Set.of(), Set.of(), LATENESS);
    var slow = new Ladder(List.of(5, 100), Duration.ofSeconds(90), Advance.AUTO);
    var kim = new ClickBy("U-kim", T0);

    assertThat(
            policy
                .before(offer("f", Optional.empty(), Optional.of(slow)), kim, NONE, T0)
                .map(ApprovalPolicyTest::words))
        .contains("SECOND_PERSON_NEEDED * canary 6831359 --steps 5,100 --hold 90s --auto");
  }

  private static Offer offer(String fingerprint) {
    return offer(fingerprint, Optional.empty());
  }

  private static Offer offer(String fingerprint, Optional<Reason> reason) {
    return offer(fingerprint, reason, Optional.empty());
  }

  private static Offer offer(String fingerprint, Optional<Reason> reason, Optional<Ladder> ladder) {
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
        reason,
        ladder);
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
