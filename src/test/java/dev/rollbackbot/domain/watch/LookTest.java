package dev.rollbackbot.domain.watch;

import static dev.rollbackbot.domain.Samples.job;
import static dev.rollbackbot.domain.Samples.live;
import static dev.rollbackbot.domain.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rollbackbot.domain.Samples.AJournal;
import dev.rollbackbot.domain.Samples.AService;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.RevisionName;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What two looks at a service tell of others, and what is left to a rollback's own driver. */
class LookTest {
  private static final String MOVED = "Moved to old=100";
  private static final String PIN = "PinMoved to new=100";

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource
  void since(String name, Look before, Look now, String sighting) {
    assertThat(now.since(before).map(LookTest::text).orElse("nothing")).isEqualTo(sighting);
  }

  static Stream<Arguments> since() {
    AJournal kept = kept();
    return Stream.of(
        arguments("nothing moved", none("LATEST=100"), none("LATEST=100"), "nothing"),
        arguments("somebody pins an older one", none("LATEST=100"), none("old=100"), MOVED),
        arguments(
            "a canary by others leaves most users where they are",
            none("LATEST=100"),
            none("old=10 new=90"),
            "nothing"),
        arguments(
            "the service was made anew",
            none("LATEST=100"),
            new Look(service().uid("2").wanted("old=100").build(), new JournalReading.Absent()),
            "nothing"),
        arguments(
            "our rollback begins",
            none("LATEST=100"),
            look("LATEST=100 old#rb-01234567=0", job()),
            "nothing"),
        arguments(
            "our rollback switches",
            look("LATEST=100", job()),
            look("old=100", job().seq(2).live("old=100")),
            "nothing"),
        arguments(
            "an open rollback is moved: its driver tells",
            look("old=100", job().rested(Ending.VERIFIED)),
            look("LATEST=100", job().rested(Ending.VERIFIED)),
            "nothing"),
        arguments(
            "its driver told",
            look("old=100", job().rested(Ending.VERIFIED)),
            look("LATEST=100", job().closed(Ending.TAKEN_OVER).seq(2)),
            "nothing"),
        arguments(
            "an open rollback's journal is thrown away: its driver tells",
            look("old=100", job().rested(Ending.VERIFIED)),
            none("LATEST=100"),
            "nothing"),
        arguments("a kept one is moved", look("old=100", kept), look("LATEST=100", kept), PIN),
        arguments(
            "after that it is as any other",
            look("LATEST=100", kept),
            look("mid=100", kept),
            "Moved to mid=100"),
        arguments(
            "an ended one is not concerned",
            look("LATEST=100", job().closed(Ending.UNDONE)),
            look("old=100", job().closed(Ending.UNDONE)),
            MOVED),
        arguments(
            "services replace throws an ended journal away and moves users",
            look("LATEST=100", job().closed(Ending.UNDONE)),
            none("old=100"),
            MOVED),
        arguments(
            "beside another bot's record",
            new Look(service().build(), new JournalReading.Foreign("of the bot other")),
            new Look(service().wanted("old=100").build(), new JournalReading.Foreign("of another")),
            MOVED));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource
  void alone(String name, Look now, String sightings) {
    assertThat(now.alone().stream().map(LookTest::text).toList().toString()).isEqualTo(sightings);
  }

  static Stream<Arguments> alone() {
    return Stream.of(
        arguments("all is well", none("LATEST=100"), "[]"),
        arguments("a tag of ours", none("LATEST=100 old#rb-01234567=0"), "[Orphan rb-01234567]"),
        arguments("tags of others", none("LATEST=100 old#preview=0 old#rb-staging=0"), "[]"),
        arguments("a tag that a rollback uses", look("LATEST=100 old#rb-01234567=0", job()), "[]"),
        arguments(
            "a tag that a rollback forgot",
            look("old=100 old#rb-01234567=0", job().rested(Ending.VERIFIED)),
            "[Orphan rb-01234567]"),
        arguments(
            "another bot's record, whose tags are its own",
            new Look(
                service().wanted("LATEST=100 old#rb-01234567=0").build(),
                new JournalReading.Foreign("of the bot other")),
            "[StrangeRecord of the bot other]"),
        arguments(
            "a damaged record",
            new Look(
                service().wanted("LATEST=100 old#rb-01234567=0").build(),
                new JournalReading.Unreadable("no JSON")),
            "[StrangeRecord no JSON, Orphan rb-01234567]"),
        arguments("a kept rollback, nothing deployed", look("old=100", kept()), "[]"),
        arguments(
            "a deploy that gets nothing because of a kept one",
            new Look(
                service().wanted("old=100").latest("newer").build(),
                new JournalReading.Found(kept().build())),
            "[Starved newer]"),
        arguments(
            "a deploy after the pin was cleared",
            new Look(
                service().wanted("LATEST=100").latest("newer").build(),
                new JournalReading.Found(kept().build())),
            "[]"),
        arguments(
            "a deploy under an open one, which its driver tells",
            new Look(
                service().wanted("old=100").latest("newer").build(),
                new JournalReading.Found(job().rested(Ending.VERIFIED).build())),
            "[]"));
  }

  @Test
  void aKeyIsTheSameForEveryWorkerAndAnotherForTheNextTime() {
    var moved = new Sighting.Moved(live("new=100"), live("old=100"));
    var fromElsewhere = new Sighting.Moved(live("mid=100"), live("old=100"));
    AService service = service().wanted("old=100");
    assertThat(moved.key(service.build())).isEqualTo(fromElsewhere.key(service.etag("9").build()));
    assertThat(moved.key(service.build())).isNotEqualTo(moved.key(service.uid("2").build()));
  }

  private static AJournal kept() {
    return job().closed(Ending.KEPT).live("old=100");
  }

  private static Look none(String wanted) {
    return new Look(service().wanted(wanted).build(), new JournalReading.Absent());
  }

  private static Look look(String wanted, AJournal journal) {
    return new Look(service().wanted(wanted).build(), new JournalReading.Found(journal.build()));
  }

  private static String text(Sighting sighting) {
    return sighting.getClass().getSimpleName()
        + switch (sighting) {
          case Sighting.Moved(var _, var to) -> " to " + to;
          case Sighting.PinMoved(var _, var to) -> " to " + to;
          case Sighting.Starved(var _, RevisionName newest) -> " " + newest;
          case Sighting.Orphan(String tag) -> " " + tag;
          case Sighting.StrangeRecord(String why, boolean _) -> " " + why;
        };
  }
}
