package dev.rollbackbot.gcp;

import static dev.rollbackbot.domain.Samples.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollbackbot.domain.Samples;
import dev.rollbackbot.domain.health.ErrorChanges;
import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.health.LogGap;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.ProbeResult;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.journal.JournalReading.Absent;
import dev.rollbackbot.domain.journal.JournalReading.Foreign;
import dev.rollbackbot.domain.journal.JournalReading.Found;
import dev.rollbackbot.domain.journal.JournalReading.Unreadable;
import dev.rollbackbot.port.JournalFullException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalJsonTest {
  private static final Journal SAMPLE = Journals.any(1, 20);

  @Test
  void anyJournalIsReadAsItWasWritten() {
    for (long seed = 0; seed < 500; seed++) {
      Journal journal = Journals.any(seed, 20);
      assertThat(read(JournalJson.write(journal)))
          .as("seed %d", seed)
          .isEqualTo(new Found(journal));
    }
  }

  @Test
  void theSchemaVersionStandsFirst() {
    assertThat(JournalJson.write(SAMPLE)).matches("(?s)\\{\"v\":[12],.*");
  }

  @Test
  void noAnnotationIsNoJournal() {
    assertThat(JournalJson.read(Optional.empty(), Journals.BOT, Journals.UID))
        .isEqualTo(new Absent());
  }

  @Test
  void longTextsAreShortenedUntilTheJournalFits() {
    for (long seed = 0; seed < 300; seed++) {
      Journal journal = Journals.any(seed, 900);
      String text = JournalJson.write(journal);
      assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(4096);
      assertThat(read(text))
          .isInstanceOfSatisfying(
              Found.class,
              found -> {
                assertThat(found.journal().live()).isEqualTo(journal.live());
                assertThat(found.journal().before()).isEqualTo(journal.before());
                assertThat(found.journal().accepted()).isEqualTo(journal.accepted());
                assertThat(found.journal().times()).isEqualTo(journal.times());
              });
    }
  }

  @Test
  void whatCannotBeShortenedEnoughIsRefused() {
    String huge = "U".repeat(5_000);
    Journal journal = SAMPLE.closedBy(huge);
    assertThatExceptionOfType(JournalFullException.class)
        .isThrownBy(() -> JournalJson.write(journal));
  }

  @Test
  void aRollbackThatCouldBeAcceptedIsNeverTooLongLater() {
    Journal longest =
        IntStream.rangeClosed(1, 40)
            .mapToObj(Journals::firstWriteOverRevisions)
            .takeWhile(JournalJsonTest::fits)
            .reduce((_, last) -> last)
            .orElseThrow();
    assertThat(longest.before().percents()).hasSizeBetween(8, 30);
    assertThat(fits(Journals.firstWriteOverRevisions(40))).isFalse();

    assertThat(JournalJson.write(Journals.allOf(longest)))
        .satisfies(
            text -> assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThan(4096));
  }

  @Test
  void aCanaryThatCouldBeAcceptedIsLookedAtForANightAndStillFits() {
    Journal longest =
        IntStream.rangeClosed(1, 40)
            .mapToObj(Journals::firstWriteOverRevisions)
            .map(journal -> journal.withCanary(Journals.longCanary()))
            .takeWhile(JournalJsonTest::fits)
            .reduce((_, last) -> last)
            .orElseThrow();

    Journal night =
        Journals.allOf(longest).withCanary(Journals.looked(longest.canary().orElseThrow()));

    assertThat(JournalJson.write(night))
        .satisfies(
            text -> assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThan(4096));
  }

  private static boolean fits(Journal journal) {
    try {
      return !JournalJson.write(journal).isEmpty();
    } catch (JournalFullException e) {
      return false;
    }
  }

  @Test
  void aNewerSchemaIsForeign() {
    assertThat(read("{\"v\":4,\"anything\":true}")).isInstanceOf(Foreign.class);
  }

  @Test
  void onlyARedeployNeedsTheNewerSchema() {
    Journal shift = job().build();
    Journal redeploy = job().redeploys().build();

    assertThat(JournalJson.write(shift)).startsWith("{\"v\":1,").doesNotContain("\"rd\"");
    assertThat(JournalJson.write(redeploy)).startsWith("{\"v\":2,");
    assertThat(JournalJson.read(Optional.of(JournalJson.write(shift)), "bot", Samples.UID))
        .isEqualTo(new Found(shift));
    assertThat(JournalJson.read(Optional.of(JournalJson.write(redeploy)), "bot", Samples.UID))
        .isEqualTo(new Found(redeploy));
  }

  @Test
  void anotherBotsJournalIsForeign() {
    assertThat(JournalJson.read(Optional.of(JournalJson.write(SAMPLE)), "staging", Journals.UID))
        .isEqualTo(new Foreign("of the bot prod"));
  }

  @Test
  void aJournalCopiedFromAnotherServiceIsForeign() {
    assertThat(JournalJson.read(Optional.of(JournalJson.write(SAMPLE)), Journals.BOT, "other"))
        .isInstanceOf(Foreign.class);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          shares that do not add up to 100 | `"lv":{`         | `"lv":{"k-back-x":1,`
          a share of nothing               | `"lv":{`         | `"lv":{"k-back-x":0,`
          an impossible revision           | `"lv":{"k-back-` | `"lv":{"K_back-`
          an unknown state                 | `"st":"`         | `"st":"X`
          an unknown ending                | `"en":"`         | `"en":"X`
          a damaged digest                 | `sha256:`        | `sha257:`
          an instant as text               | `"si":`          | `"si":"x","sj":`
          a negative instant               | `"si":`          | `"si":-`
          a sequence below one             | `"s":`           | `"s":0,"t":`
          an older schema than any         | `"v":2`          | `"v":0`
          a schema version that is a text  | `"v":2`          | `"v":"1"`
          a job that no tag could name     | `"j":"`          | `"j":"<!channel>`
          a name twice                     | `"b":"prod"`     | `"b":"prod","b":"prod"`
          something behind the journal     | `{"v"`           | `{} {"v"`
          a missing driver                 | `"dr":`          | `"dq":`
          """)
  void damageIsUnreadableAndNeverGuessed(String damage, String part, String instead) {
    String text = JournalJson.write(SAMPLE);
    assertThat(text).as(damage).contains(part);
    assertThat(read(text.replace(part, instead))).isInstanceOf(Unreadable.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      textBlock =
          """
          ``
          `null`
          `7`
          `[]`
          `{`
          `{}`
          `{"v":2}`
          `rollback`
          """)
  void whatIsNoJournalIsUnreadable(String text) {
    assertThat(read(text)).isInstanceOf(Unreadable.class);
  }

  @Test
  void anOverlongTextIsNotEvenParsed() {
    assertThat(read("[".repeat(5_000))).isEqualTo(new Unreadable("longer than 4 KiB"));
  }

  @Test
  void aRevisionNamedByAForgerIsNotRepeated() {
    String text = JournalJson.write(SAMPLE).replace("sha256:", "<!channel>");
    assertThat(read(text)).isEqualTo(new Unreadable("field d"));
  }

  @Test
  void whateverIsDoneToAJournalReadingItNeverThrows() {
    Random random = new Random(20261124);
    List<String> whole =
        LongStream.range(0, 50).mapToObj(s -> JournalJson.write(Journals.any(s, 20))).toList();
    for (int i = 0; i < 5_000; i++) {
      var text = new StringBuilder(whole.get(i % whole.size()));
      for (int change = random.nextInt(4); change >= 0 && !text.isEmpty(); change--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, (char) random.nextInt(0x250));
          case 2 -> text.setCharAt(at, "{}[]\",:0-9e.xn".charAt(random.nextInt(14)));
          default -> text.setLength(at + 1);
        }
      }
      assertThat(read(text.toString())).isNotNull();
    }
  }

  @Test
  void aProbesDetailSurvives() {
    Journal journal =
        SAMPLE.withEvidence(
            new Journal.Evidence(
                Optional.of(new ProbeResult(3, 5, 180, "HTTP 500")),
                Optional.empty(),
                Optional.empty()));
    assertThat(read(JournalJson.write(journal))).isEqualTo(new Found(journal));
  }

  @Test
  void figuresOfAnEarlierProgramAreReadAsTheyWere() {
    String earlier =
        """
        {"v":1,"b":"prod","j":"0123456789abcdef","s":5,"u":"%s","st":"OPEN","en":"VERIFIED",\
        "si":1790000000000,"un":1790000000000,"dr":"w1","ac":{"r":"U1","a":"U2"},"of":[],\
        "bf":{"k-back-one":100},"lv":{"k-back-two":100},\
        "am":{"t":"k-back-two","d":"sha256:%s","p":true},"ti":{"a":1790000000000,"y":1790000000000},\
        "ev":{"f":{"b":[12,4,80,90],"a":[10,0,70,80],"g":["KeyError app/plans.py:41 read_plan"],\
        "s":[],"n":[],"c":true}},"cd":{"l":"ja"}}"""
            .formatted(Journals.UID, "ab".repeat(32));

    assertThat(read(earlier))
        .isInstanceOfSatisfying(
            Found.class,
            found ->
                assertThat(found.journal().evidence().figures())
                    .contains(
                        new Figures(
                            new Figures.Load(12, 4, 80, 90),
                            new Figures.Load(10, 0, 70, 80),
                            new ErrorChanges(
                                List.of("KeyError app/plans.py:41 read_plan"),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of()),
                            true,
                            Optional.empty())));
  }

  @Test
  void anEarlierProgramFindsTheListsThatItNeeds() {
    Journal journal =
        SAMPLE.withEvidence(
            new Journal.Evidence(
                Optional.empty(),
                Optional.empty(),
                Optional.of(Figures.unread(LogGap.Reason.QUOTA))));
    assertThat(JournalJson.write(journal)).contains("\"g\":[],\"s\":[],\"n\":[],\"c\":false");
    assertThat(read(JournalJson.write(journal))).isEqualTo(new Found(journal));
  }

  private static JournalReading read(String text) {
    return JournalJson.read(Optional.of(text), Journals.BOT, Journals.UID);
  }
}
