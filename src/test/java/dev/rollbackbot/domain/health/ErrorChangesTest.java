package dev.rollbackbot.domain.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rollbackbot.domain.health.ErrorChanges.Window;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorChangesTest {
  private static final String ERROR = "KeyError app/plans.py read_plan";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # what                                         | requests, errors before | after    | said
          often before, never in as many requests        | 1000 | 400              | 1000 | 0   | gone
          three before, none in as many                  | 1000 | 3                | 1000 | 0   | gone
          two before, none in as many                    | 1000 | 2                | 1000 | 0   | unseen
          once before, none in as many                   | 1000 | 1                | 1000 | 0   | unseen
          once before, none in three times as many       | 1000 | 1                | 3000 | 0   | gone
          thirty before, none in a tenth of the requests | 1000 | 30               | 100  | 0   | gone
          twenty before, none in a tenth                 | 1000 | 20               | 100  | 0   | unseen
          every request before, none in two              | 1000 | 1000             | 2    | 0   | unseen
          every request before, none in three            | 1000 | 1000             | 3    | 0   | gone
          often before, and nobody came                  | 1000 | 400              | 0    | 0   | unseen
          before without any user                        | 0    | 50               | 1000 | 0   | unseen
          once before and once after                     | 1000 | 1                | 1000 | 1   | still
          often before and once after                    | 1000 | 400              | 1000 | 1   | still
          after without any user, but it was there       | 1000 | 1                | 0    | 1   | still
          often after, never in as many before           | 1000 | 0                | 1000 | 30  | fresh
          twice after, never in as many before           | 1000 | 0                | 1000 | 2   | unsure
          often after, and nobody came before            | 0    | 0                | 1000 | 30  | unsure
          often after, few came before                   | 10   | 0                | 1000 | 30  | unsure
          nothing at all                                 | 1000 | 0                | 1000 | 0   | nothing
          """)
  void saysOnlyWhatTheRequestsAllow(
      String what, int requestsBefore, int before, int requestsAfter, int after, String said) {
    ErrorChanges changes =
        ErrorChanges.between(window(requestsBefore, before, 1), window(requestsAfter, after, 1));

    assertThat(said(changes)).isEqualTo(said);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          six in half of the entries are twelve in all   | 6  | 0.5 | 0  | 1   | 300  | gone
          six in all are not                             | 6  | 1   | 0  | 1   | 300  | unseen
          it may stand in the part that was not read     | 6  | 1   | 0  | 0.4 | 1000 | unseen
          it would stand in the part that was read       | 60 | 1   | 0  | 0.4 | 1000 | gone
          nothing was read afterwards                    | 60 | 1   | 0  | 0   | 1000 | unseen
          it may have stood in the part before           | 0  | 0.1 | 12 | 1   | 1000 | unsure
          it would have stood in the part before         | 0  | 0.1 | 60 | 1   | 1000 | fresh
          nothing was read before                        | 0  | 0   | 60 | 1   | 1000 | unsure
          """)
  void aPartOfTheEntriesSaysOnlySoMuch(
      String what,
      int before,
      double readBefore,
      int after,
      double readAfter,
      int requests,
      String said) {
    ErrorChanges changes =
        ErrorChanges.between(window(1_000, before, readBefore), window(requests, after, readAfter));

    assertThat(said(changes)).isEqualTo(said);
  }

  @Test
  void theMostFrequentThreeAreNamed() {
    var before = new Window(1_000, Map.of("a", 10, "b", 40, "c", 30, "d", 20, "e", 40), 1);

    assertThat(ErrorChanges.between(before, window(1_000, 0, 1)).gone())
        .containsExactly("b", "e", "c");
  }

  @Test
  void windowsThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Window(-1, Map.of(), 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Window(1, Map.of(), 1.1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Window(1, Map.of(), Double.NaN));
  }

  private static Window window(int requests, int errors, double share) {
    return new Window(requests, errors == 0 ? Map.of() : Map.of(ERROR, errors), share);
  }

  private static String said(ErrorChanges changes) {
    Map<String, List<String>> lists =
        Map.of(
            "gone", changes.gone(),
            "unseen", changes.unseen(),
            "still", changes.still(),
            "fresh", changes.fresh(),
            "unsure", changes.unsure());
    List<String> where =
        lists.entrySet().stream()
            .filter(list -> list.getValue().equals(List.of(ERROR)))
            .map(Map.Entry::getKey)
            .toList();
    assertThat(where).hasSizeLessThanOrEqualTo(1);
    return where.isEmpty() ? "nothing" : where.getFirst();
  }
}
