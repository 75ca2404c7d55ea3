package dev.rollbackbot.engine;

import static dev.rollbackbot.domain.Samples.OLD_COMMIT;
import static dev.rollbackbot.domain.Samples.OLD_DIGEST;
import static dev.rollbackbot.domain.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rollbackbot.domain.approval.ActionOffer;
import dev.rollbackbot.domain.approval.Offer;
import dev.rollbackbot.domain.command.Reason;
import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.engine.Seal.JobClick;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {
  /** What Slack allows a button's value. */
  private static final int MOST_CHARACTERS = 2_000;

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=";

  private static final Seal SEAL = new Seal(key("one"));
  private static final JobClick CLICK =
      new JobClick(JobAction.UNDO, "k-back", "0123456789abcdef", 4);

  @Test
  void anOfferComesBackAsItWas() {
    Offer offer = offer("k-back", because("KeyError in /plans"));

    assertThat(SEAL.openOffer(SEAL.seal(offer))).contains(offer);
  }

  @Test
  void anOfferWithoutCommitAndReasonComesBackAsItWas() {
    Offer full = offer("k-back", Optional.empty());
    Offer offer =
        new Offer(
            full.id(),
            full.service(),
            full.serviceUid(),
            Optional.empty(),
            full.digest(),
            full.route(),
            full.revision(),
            full.requester(),
            full.issued(),
            full.expires(),
            full.fingerprint(),
            Optional.empty(),
            Optional.of(Ladder.standard()));

    assertThat(SEAL.openOffer(SEAL.seal(offer))).contains(offer);
  }

  @Test
  void aReasonOfSeveralLinesCannotBringFieldsOfItsOwn() {
    Offer offer = offer("k-back", because("one\ntwo\nthree"));

    assertThat(SEAL.openOffer(SEAL.seal(offer)).flatMap(Offer::reason).map(Reason::text))
        .contains("one two three");
  }

  @ParameterizedTest
  @EnumSource(JobAction.class)
  void anOfferedActionComesBackAsItWas(JobAction action) {
    for (Optional<Reason> reason :
        List.of(
            Optional.<Reason>empty(), because("night"), Optional.of(new Reason("night", false)))) {
      ActionOffer offer = action(action, reason);

      assertThat(SEAL.openActionOffer(SEAL.seal(offer))).contains(offer);
      assertThat(SEAL.openOffer(SEAL.seal(offer))).isEmpty();
      assertThat(SEAL.openJobClick(SEAL.seal(offer))).isEmpty();
      assertThat(new Seal(key("other")).openActionOffer(SEAL.seal(offer))).isEmpty();
    }
  }

  private static ActionOffer action(JobAction action, Optional<Reason> reason) {
    return new ActionOffer(
        "0123456789abcdef",
        action,
        "k-back",
        "U0123456789",
        T0,
        T0.plus(Duration.ofMinutes(15)),
        "fedcba9876543210",
        reason);
  }

  @ParameterizedTest
  @EnumSource(JobAction.class)
  void aJobsButtonComesBackAsItWas(JobAction action) {
    JobClick click = new JobClick(action, "k-back", "0123456789abcdef", 4);

    assertThat(SEAL.openJobClick(SEAL.seal(click))).contains(click);
  }

  @Test
  void noCharacterOfAnOfferMayBeAnother() {
    String sealed = SEAL.seal(offer("k-back", because("KeyError")));

    assertThat(forgeries(sealed).filter(value -> SEAL.openOffer(value).isPresent())).isEmpty();
  }

  @Test
  void noCharacterOfAJobsButtonMayBeAnother() {
    String sealed = SEAL.seal(CLICK);

    assertThat(forgeries(sealed).filter(value -> SEAL.openJobClick(value).isPresent())).isEmpty();
  }

  /** Each character in turn as each other one. */
  private static Stream<String> forgeries(String sealed) {
    return IntStream.range(0, sealed.length())
        .boxed()
        .flatMap(
            at ->
                ALPHABET
                    .chars()
                    .filter(other -> other != sealed.charAt(at))
                    .mapToObj(
                        other ->
                            sealed.substring(0, at) + (char) other + sealed.substring(at + 1)));
  }

  @Test
  void anotherKeysSealIsNone() {
    Seal other = new Seal(key("other"));

    assertThat(other.openOffer(SEAL.seal(offer("k-back", Optional.empty())))).isEmpty();
    assertThat(other.openJobClick(SEAL.seal(CLICK))).isEmpty();
  }

  @Test
  void anOfferIsNoJobsButtonAndTheOtherWayRound() {
    assertThat(SEAL.openJobClick(SEAL.seal(offer("k-back", Optional.empty())))).isEmpty();
    assertThat(SEAL.openOffer(SEAL.seal(CLICK))).isEmpty();
  }

  @ParameterizedTest(name = "<{0}>")
  @ValueSource(strings = {"", ".", "a", "a.b", "..", "roll_back", "###.###", "b2ZmZXIx."})
  void whatIsNoSealIsNothing(String value) {
    assertThat(SEAL.openOffer(value)).isEmpty();
    assertThat(SEAL.openJobClick(value)).isEmpty();
  }

  @Test
  void theLongestOfferFitsAButton() {
    // The longest name of a service is 49 characters, of a revision 63 (Cloud Run); a reason has at
    // most 200 code points, here of four bytes each.
    Offer offer = offer("k".repeat(49), because("\uD83D\uDE31".repeat(200)));

    assertThat(SEAL.seal(offer)).hasSizeLessThanOrEqualTo(MOST_CHARACTERS);
    assertThat(SEAL.openOffer(SEAL.seal(offer))).contains(offer);
  }

  @Test
  void aCommandThatComesAgainMakesTheSameOffer() {
    assertThat(SEAL.offerId("v0=abc")).isEqualTo(SEAL.offerId("v0=abc")).matches("[0-9a-f]{16}");
    assertThat(SEAL.offerId("v0=abd")).isNotEqualTo(SEAL.offerId("v0=abc"));
    assertThat(new Seal(key("other")).offerId("v0=abc")).isNotEqualTo(SEAL.offerId("v0=abc"));
  }

  @Test
  void aShortKeyIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Seal(new byte[31]));
  }

  private static Offer offer(String service, Optional<Reason> reason) {
    return new Offer(
        "0123456789abcdef",
        service,
        "9a0b3a3e-93f5-4c6b-bb0e-7d2cbfb0ddc4",
        Optional.of(OLD_COMMIT),
        OLD_DIGEST,
        Route.REDEPLOY,
        Optional.of(new RevisionName("r".repeat(63))),
        "U0123456789",
        T0,
        T0.plus(Duration.ofMinutes(15)),
        "fedcba9876543210",
        reason,
        Optional.of(
            new Ladder(List.of(1, 2, 3, 5, 80, 100), Ladder.LONGEST_HOLD, Ladder.Advance.AUTO)));
  }

  private static Optional<Reason> because(String text) {
    return Optional.of(new Reason(text, true));
  }

  private static byte[] key(String name) {
    byte[] key = new byte[32];
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(text, 0, key, 0, text.length);
    return key;
  }

  @Test
  void whatIsSealedIsNotHidden() {
    String plain = SEAL.seal(CLICK);
    byte[] fields = Base64.getUrlDecoder().decode(plain.substring(0, plain.indexOf('.')));

    assertThat(new String(fields, StandardCharsets.UTF_8)).startsWith("job1\nUNDO\nk-back\n");
  }
}
