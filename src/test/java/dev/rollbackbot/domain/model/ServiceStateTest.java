package dev.rollbackbot.domain.model;

import static dev.rollbackbot.domain.Samples.NEW;
import static dev.rollbackbot.domain.Samples.OLD;
import static dev.rollbackbot.domain.Samples.live;
import static dev.rollbackbot.domain.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceStateTest {

  @Test
  void wantedAndObservedAreReadByNameEachForItself() {
    ServiceState state =
        service().wanted("old=100 old#rb-1=0").observed("LATEST=100 old#rb-1=0").build();

    assertThat(state.live()).isEqualTo(live("old=100"));
    assertThat(state.observedLive()).isEqualTo(live("new=100"));
  }

  @Test
  void aTagsAddressCountsOnlyOnItsRevision() {
    ServiceState state = service().wanted("LATEST=100 old#rb-1=0").build();

    assertThat(state.tagUrl("rb-1", OLD)).contains("https://rb-1---k-back");
    assertThat(state.tagUrl("rb-1", NEW)).isEmpty();
    assertThat(state.tagUrl("rb-2", OLD)).isEmpty();
  }

  @Test
  void aWantedTagWithoutAnObservedOneHasNoAddressYet() {
    ServiceState state = service().wanted("LATEST=100 old#rb-1=0").observed("LATEST=100").build();

    assertThat(state.tagUrl("rb-1", OLD)).isEmpty();
  }

  @Test
  void itIsPinnedWhereNoShareFollowsTheNewest() {
    assertThat(service().wanted("new=100").build().pinned()).isTrue();
    assertThat(service().wanted("old=90 LATEST=10").build().pinned()).isFalse();
  }

  @Test
  void theBotIsNoStrangerToItself() {
    assertThat(service().writtenBy("gcloud").build().lastStranger()).contains("ken@example.com");
    assertThat(service().writtenBy(ServiceState.OWN_CLIENT).build().lastStranger()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          one revision           | old=100        | old | old | old=100
          the larger share leads | new=10 old=90  |     | old | new=10,old=90
          nobody serves          | ''             |     |     | ''
          """)
  void whoLeads(String name, String split, String sole, String main, String argument) {
    LiveSplit live = live(split);

    assertThat(live.sole().map(RevisionName::value).orElse(null)).isEqualTo(sole);
    assertThat(live.main().map(RevisionName::value).orElse(null)).isEqualTo(main);
    assertThat(live.asArgument()).isEqualTo(argument);
  }

  @Test
  void sharesOfNothingAreNotKept() {
    assertThat(live("old=0 new=100")).isEqualTo(live("new=100"));
    assertThat(live("old=100").isAll(OLD)).isTrue();
    assertThat(live("old=100").isAll(NEW)).isFalse();
  }
}
