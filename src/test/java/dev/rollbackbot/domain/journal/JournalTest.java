package dev.rollbackbot.domain.journal;

import static dev.rollbackbot.domain.Samples.JOB;
import static dev.rollbackbot.domain.Samples.T0;
import static dev.rollbackbot.domain.Samples.TAG;
import static dev.rollbackbot.domain.Samples.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.journal.Journal.AcceptedOffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalTest {
  private static final AcceptedOffer EARLIER =
      new AcceptedOffer("eeee", T0.minus(Duration.ofMinutes(10)), "U-bob");

  @Test
  void anAcceptedOfferIsRememberedForTwentyFiveMinutes() {
    Journal journal = job().accepted(List.of(EARLIER)).build();

    assertThat(journal.acceptanceOf("eeee")).contains(EARLIER);
    assertThat(journal.fresh(T0.plus(Duration.ofMinutes(14)))).containsExactly(EARLIER);
    assertThat(journal.fresh(T0.plus(Duration.ofMinutes(15)))).isEmpty();
  }

  @Test
  void everyWriteCarriesTheSequenceOnAndForgetsOldOffers() {
    Journal journal = job().seq(7).accepted(List.of(EARLIER)).build();
    Journal next =
        journal.next(JobState.OPEN, Ending.VERIFIED, T0.plus(Duration.ofMinutes(20)), T0, "w2");

    assertThat(next.seq()).isEqualTo(8);
    assertThat(next.driver()).isEqualTo("w2");
    assertThat(next.accepted()).isEmpty();
    assertThat(next.jobId()).isEqualTo(JOB);
  }

  @Test
  void whatNobodyCarriedOnForTwoMinutesIsSeenAsStuck() {
    Journal switching = job().in(JobState.SWITCHING, Duration.ZERO, Duration.ofMinutes(3)).build();

    assertThat(switching.seenAt(T0.plus(Duration.ofMinutes(5)))).isEqualTo(switching);
    assertThat(switching.seenAt(T0.plus(Duration.ofMinutes(5)).plusMillis(1)).state())
        .isEqualTo(JobState.STUCK);
    Journal open = job().rested(Ending.VERIFIED).build();
    assertThat(open.seenAt(T0.plus(Duration.ofDays(9)))).isEqualTo(open);
  }

  @Test
  void itWasAcceptedAtItsFirstWriteWhateverTheClicksClockSaid() {
    AcceptedOffer own = new AcceptedOffer(JOB, T0.plusSeconds(70), "U-ann");

    assertThat(job().accepted(List.of(EARLIER, own)).build().acceptedAt()).isEqualTo(own.at());
    assertThat(job().accepted(List.of()).build().acceptedAt()).isEqualTo(T0);
  }

  @Test
  void theTagComesOfTheJob() {
    assertThat(job().build().tag()).isEqualTo(TAG);
  }
}
