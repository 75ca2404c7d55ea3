package dev.rollbackbot.domain.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** So many requests of one person within a minute. */
class RateLimitTest {
  private static final Instant T0 = Instant.parse("2026-11-24T03:00:00Z");

  private final RateLimit limit = new RateLimit(2);

  @Test
  void theThirdWithinAMinuteIsNotTakenAndDoesNotCount() {
    assertThat(limit.takes("ann", T0)).isTrue();
    assertThat(limit.takes("ann", T0.plusSeconds(30))).isTrue();
    assertThat(limit.takes("ann", T0.plusSeconds(59))).isFalse();
    assertThat(limit.takes("ann", T0.plusSeconds(60))).isTrue();
    assertThat(limit.takes("ann", T0.plusSeconds(61))).isFalse();
  }

  @Test
  void everybodyHasTheirOwn() {
    limit.takes("ann", T0);
    limit.takes("ann", T0);

    assertThat(limit.takes("bob", T0)).isTrue();
  }

  @Test
  void onlyTheLatestPeopleAreRemembered() {
    limit.takes("ann", T0);
    limit.takes("ann", T0);
    for (int i = 0; i < 1_000; i++) {
      limit.takes("person " + i, T0);
    }

    assertThat(limit.takes("ann", T0)).isTrue();
  }
}
