package dev.rollbackbot.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollbackbot.domain.model.Change;
import dev.rollbackbot.domain.model.ImageRef;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.TrafficSplit;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServedSpellsTest {
  private static final List<Revision> REVISIONS =
      List.of(
          revision("c", 300, true),
          revision("bad", 200, false),
          revision("b", 100, true),
          revision("a", 0, true));

  record Case(String what, List<Change> changes, String spells) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("nothing is known", List.of(), ""),
        new Case("one revision by name", List.of(change(10, "a=100")), "a 10-1000"),
        new Case(
            "LATEST moves with every revision that got ready",
            List.of(change(10, "LATEST")),
            "a 10-100, b 100-300, c 300-1000"),
        new Case(
            "a deploy onto LATEST is no new spell of the old one",
            List.of(change(10, "LATEST"), change(99, "LATEST")),
            "a 10-100, b 100-300, c 300-1000"),
        new Case(
            "a pin holds against deploys",
            List.of(change(10, "LATEST"), change(150, "a=100")),
            "a 10-100, b 100-150, a 150-1000"),
        new Case(
            "the largest share tells",
            List.of(change(10, "a=90,b=10"), change(400, "a=40,b=60")),
            "a 10-400, b 400-1000"),
        new Case(
            "the order of the entries does not matter",
            List.of(change(400, "b=100"), change(10, "a=100")),
            "a 10-400, b 400-1000"),
        new Case(
            "back to LATEST",
            List.of(change(10, "a=100"), change(500, "LATEST")),
            "a 10-500, c 500-1000"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void tellsWhoServedWhen(Case given) {
    assertThat(
            new ServedSpells(given.changes(), REVISIONS)
                .until(at(1000)).stream()
                    .map(
                        s ->
                            "%s %d-%d"
                                .formatted(
                                    s.revision(),
                                    s.from().getEpochSecond(),
                                    s.to().getEpochSecond()))
                    .toList())
        .isEqualTo(given.spells().isEmpty() ? List.of() : List.of(given.spells().split(", ", -1)));
  }

  private static Change change(int second, String traffic) {
    var none = new TrafficSplit(List.of());
    return new Change(
        at(second),
        traffic.equals("LATEST") ? none : none.withShares(split(traffic)),
        "ken",
        "gcloud",
        "");
  }

  private static LiveSplit split(String text) {
    var percents = new HashMap<RevisionName, Integer>();
    for (String share : text.split(",", -1)) {
      int equals = share.indexOf('=');
      percents.put(
          new RevisionName(share.substring(0, equals)),
          Integer.parseInt(share.substring(equals + 1)));
    }
    return LiveSplit.of(percents);
  }

  private static Revision revision(String name, int second, boolean ready) {
    return new Revision(
        new RevisionName(name), ImageRef.parse("x"), Map.of(), at(second), ready, Optional.empty());
  }

  private static Instant at(int second) {
    return Instant.ofEpochSecond(second);
  }
}
