package dev.rollbackbot.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.Samples;
import dev.rollbackbot.port.AuditLog;
import dev.rollbackbot.port.LogReader;
import dev.rollbackbot.port.LogReader.Note;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.watch.Turns.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** Several workers say a thing once, whoever dies or comes late. */
class TurnsTest {
  private static final String KEY = "moved/1";

  private Instant now = Samples.T0;
  private boolean readable = true;
  private final List<Note> book = new ArrayList<>();
  private final Turns one = turns("w1");
  private final Turns two = turns("w2");

  private Turns turns(String worker) {
    LogReader logs = Mockito.mock(LogReader.class);
    Mockito.when(logs.notes(Mockito.any(), Mockito.anyString(), Mockito.any()))
        .thenAnswer(
            asked -> {
              if (!readable) {
                throw new WorldException(WorldException.Kind.UNAVAILABLE, "no logs");
              }
              return List.copyOf(book);
            });
    AuditLog audit = entry -> book.add(new Note(entry.at(), entry.what(), entry.who()));
    return new Turns(logs, audit, () -> now, pause -> now = now.plus(pause), worker);
  }

  @Test
  void whoeverIsFirstSpeaksAndNobodyElse() {
    assertThat(one.of(Samples.K_BACK, KEY, true)).isEqualTo(Turn.SPEAK);
    assertThat(two.of(Samples.K_BACK, KEY, true)).isEqualTo(Turn.LATER);
    one.said(Samples.K_BACK, KEY);
    assertThat(two.of(Samples.K_BACK, KEY, true)).isEqualTo(Turn.SAID);
  }

  @Test
  void aWorkerThatStartsLaterKnowsThatItWasSaid() {
    assertThat(one.of(Samples.K_BACK, KEY, true)).isEqualTo(Turn.SPEAK);
    one.said(Samples.K_BACK, KEY);
    now = now.plus(Duration.ofDays(3));
    assertThat(turns("w3").of(Samples.K_BACK, KEY, false)).isEqualTo(Turn.SAID);
  }

  @Test
  void ofTwoWhoNoteAtTheSameMomentOneSpeaks() {
    book.add(new Note(now, AuditLog.ANNOUNCING, "w2"));
    book.add(new Note(now, AuditLog.ANNOUNCING, "w1"));
    assertThat(two.of(Samples.K_BACK, KEY, true)).isEqualTo(Turn.LATER);
  }

  @Test
  void whoDiesBeforeSpeakingIsReplacedAfterAMinute() {
    assertThat(one.of(Samples.K_BACK, KEY, true)).isEqualTo(Turn.SPEAK);
    now = now.plus(Turns.GOOD_FOR).plusSeconds(1);
    assertThat(two.of(Samples.K_BACK, KEY, true)).isEqualTo(Turn.SPEAK);
  }

  @Test
  void withoutTheLogWhatWasSeenIsSaidAndTheRestAfterSomeMinutes() {
    readable = false;
    assertThat(one.of(Samples.K_BACK, KEY, true)).isEqualTo(Turn.SPEAK);
    assertThat(one.of(Samples.K_BACK, "tag/1", false)).isEqualTo(Turn.LATER);
    now = now.plus(Duration.ofMinutes(6));
    assertThat(one.of(Samples.K_BACK, "tag/1", false)).isEqualTo(Turn.SPEAK);
  }
}
