package dev.rollbackbot.domain.model;

import static dev.rollbackbot.domain.Samples.live;
import static dev.rollbackbot.domain.Samples.split;
import static dev.rollbackbot.domain.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.Samples;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficSplitTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LATEST is read as the newest ready one      | LATEST=100              | new=100
          an empty list means LATEST                  | ''                      | new=100
          LATEST and its own name are one revision    | LATEST=40 new=60        | new=100
          a revision named twice has both shares      | old=30 old=20 new=50    | new=50 old=50
          a tag with a share serves users             | old#canary=10 new=90    | new=90 old=10
          a tag at 0 % first serves nobody            | old#preview=0 new=100   | new=100
          a canary is two shares                      | new=10 old=90           | new=10 old=90
          """)
  void whoServes(String name, String wanted, String byName) {
    assertThat(split(wanted).resolve(Optional.of(Samples.NEW))).isEqualTo(live(byName));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          added at the end, at 0 %               | LATEST=100              | LATEST=100 old#rb-1=0
          an empty list is written out           | ''                      | LATEST=100 old#rb-1=0
          somebody's tag stays first             | old#preview=0 new=100   | old#preview=0 new=100 old#rb-1=0
          somebody's tag on LATEST stays         | LATEST#next=0 new=100   | LATEST#next=0 new=100 old#rb-1=0
          our tag moves from another revision    | new=100 mid#rb-1=0      | new=100 old#rb-1=0
          our tag is not doubled                 | new=100 old#rb-1=0      | new=100 old#rb-1=0
          users given to our tag elsewhere stay  | new=90 mid#rb-1=10      | new=90 mid=10 old#rb-1=0
          """)
  void ourTagIsAdded(String name, String before, String after) {
    assertThat(text(split(before).withTag("rb-1", Samples.OLD))).isEqualTo(after);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          our entry goes                         | LATEST=100 old#rb-1=0           | LATEST=100
          nothing goes where there is none       | LATEST=100                      | LATEST=100
          somebody's tags stay as they were      | old#preview=0 new=100 old#rb-1=0 | old#preview=0 new=100
          another rollback's tag stays           | new=100 old#rb-2=0              | new=100 old#rb-2=0
          users somebody gave it stay with it    | new=90 old#rb-1=10              | new=90 old=10
          users on our tagged LATEST stay there  | LATEST#rb-1=100                 | LATEST=100
          """)
  void ourTagIsTakenAway(String name, String before, String after) {
    assertThat(text(split(before).withoutTag("rb-1"))).isEqualTo(after);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          from LATEST to a name           | LATEST=100                     | old=100          | old=100
          from an empty list              | ''                             | old=100          | old=100
          tags stay at 0 %                | old#preview=0 LATEST=100       | old=100          | old=100 old#preview=0
          a tag with users keeps its tag  | new#canary=10 old=90           | old=100          | old=100 new#canary=0
          a tag on LATEST stays floating  | LATEST#next=100                | old=100          | old=100 LATEST#next=0
          back to a canary                | old=100 old#rb-1=0             | new=10 old=90    | new=10 old=90 old#rb-1=0
          """)
  void usersMoveByName(String name, String before, String shares, String after) {
    assertThat(text(split(before).withShares(live(shares)))).isEqualTo(after);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          from a pin                      | old=100                     | LATEST=100
          tags stay at 0 %                | old#preview=50 new=50       | LATEST=100 old#preview=0
          already there                   | LATEST=100                  | LATEST=100
          """)
  void usersFollowLatest(String name, String before, String after) {
    assertThat(text(split(before).withLatest100())).isEqualTo(after);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          an empty list               | ''                     | true  | true
          LATEST with everything      | LATEST=100             | true  | true
          LATEST with everything in two entries | LATEST=60 LATEST#next=40 | true | true
          LATEST with a share         | LATEST=10 old=90       | true  | false
          LATEST with a tag at 0 %    | LATEST#next=0 old=100  | false | false
          a name                      | old=100                | false | false
          """)
  void whetherItFloats(String name, String wanted, boolean floats, boolean latest100) {
    assertThat(split(wanted).floats()).isEqualTo(floats);
    assertThat(split(wanted).isLatest100()).isEqualTo(latest100);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a name            | old#rb-1=0 new=100    | old
          LATEST names none | LATEST#rb-1=0 new=100 | ''
          no such tag       | old#rb-2=0 new=100    | ''
          """)
  void whereATagIs(String name, String wanted, String revision) {
    assertThat(split(wanted).tagged("rb-1").map(RevisionName::value).orElse(""))
        .isEqualTo(revision);
  }
}
