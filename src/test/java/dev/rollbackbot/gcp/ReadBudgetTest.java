package dev.rollbackbot.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.port.WorldException.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How the reads of a minute are shared: six for everybody, of which canaries leave two. */
class ReadBudgetTest {
  private static final Instant T0 = Instant.parse("2026-11-24T03:00:00Z");

  private Instant now = T0;
  private final ReadBudget budget = new ReadBudget(6, 4, () -> now);

  @Test
  void itComesBackAfterAMinute() {
    people(3);
    at(30);
    people(3);
    assertThat(person()).isFalse();
    at(60);
    people(3);
    assertThat(person()).isFalse();
  }

  @Test
  void canariesLeaveAPartToPeople() {
    IntStream.range(0, 4).forEach(i -> assertThat(canary(i)).isTrue());
    assertThat(canary(4)).isFalse();
    people(2);
    assertThat(person()).isFalse();
  }

  @Test
  void canariesTakeNothingThatPeopleHaveRead() {
    people(4);
    assertThat(canary(0)).isFalse();
    people(2);
  }

  @Test
  void whoWasRefusedFirstReadsFirstWhoeverAsksFirst() {
    people(4);
    assertThat(canary(1)).isFalse();
    at(1);
    assertThat(canary(2)).isFalse();
    for (int second : List.of(20, 40)) {
      at(second);
      assertThat(canary(2)).isFalse();
      assertThat(canary(1)).isFalse();
    }
    at(60);
    people(2);
    assertThat(canary(3)).as("there are two, and two have waited").isFalse();
    assertThat(canary(2)).isTrue();
    assertThat(canary(1)).isTrue();
  }

  @Test
  void whoDoesNotAskAnyMoreHoldsNobodyUp() {
    people(4);
    assertThat(canary(1)).isFalse();
    at(61);
    people(3);
    assertThat(canary(2)).isTrue();
  }

  @Test
  void aHundredAreServedInTurn() {
    List<Integer> served = new ArrayList<>();
    for (int second = 0; served.size() < 100; second += 10) {
      at(second);
      // Each time they ask in another order.
      int first = second * 37 % 100;
      for (int i = 0; i < 100; i++) {
        int id = (first + i) % 100;
        if (!served.contains(id) && canary(id)) {
          served.add(id);
        }
      }
    }
    // Four are free at a time, and those four may ask in any order.
    assertThat(IntStream.range(0, 100)).allMatch(i -> served.get(i) / 4 == i / 4);
  }

  @Test
  void aSecondPageIsReadOnlyWhereNobodyWaits() {
    people(1);
    at(40);
    assertThat(canary(1)).isTrue();
    assertThat(budget.canaryMayReadMore()).isTrue();
    people(1);
    assertThat(canary(2)).isFalse();
    at(60);
    assertThat(budget.canaryMayReadMore()).as("what is free is the second one's").isFalse();
    assertThat(canary(2)).isTrue();
  }

  private void at(int second) {
    now = T0.plusSeconds(second);
  }

  private void people(int reads) {
    IntStream.range(0, reads).forEach(_ -> assertThat(person()).isTrue());
  }

  private boolean person() {
    return reads(budget::spend);
  }

  private boolean canary(int id) {
    ServiceId service = new ServiceId("demo", "asia-northeast1", "canary-%04d".formatted(id));
    return reads(() -> budget.spendInTurn(service));
  }

  private static boolean reads(Runnable read) {
    try {
      read.run();
      return true;
    } catch (WorldException e) {
      assertThat(e.kind()).isEqualTo(Kind.QUOTA);
      return false;
    }
  }
}
