package dev.rollbackbot.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.desk.Handled.Turn;
import org.junit.jupiter.api.Test;

/** What a delivery finds that comes again. */
class HandledTest {
  private final Handled handled = new Handled();

  @Test
  void twoAtOnceAreNotAnsweredTwice() {
    assertThat(handled.take("a")).isEqualTo(Turn.FIRST);
    assertThat(handled.take("a")).isEqualTo(Turn.IN_HAND);
    assertThat(handled.take("b")).isEqualTo(Turn.FIRST);
  }

  @Test
  void whatWasAnsweredIsDone() {
    handled.take("a");
    handled.leave("a", true);

    assertThat(handled.take("a")).isEqualTo(Turn.ANSWERED);
  }

  @Test
  void whatCouldNotBeAnsweredMayBeTriedAgain() {
    handled.take("a");
    handled.leave("a", false);

    assertThat(handled.take("a")).isEqualTo(Turn.AGAIN);
    assertThat(handled.take("a")).isEqualTo(Turn.IN_HAND);
  }

  @Test
  void onlyTheNewestAreRemembered() {
    handled.take("first");
    handled.leave("first", true);
    for (int i = 0; i < 2_000; i++) {
      handled.take("more" + i);
    }

    assertThat(handled.take("first")).isEqualTo(Turn.FIRST);
  }
}
