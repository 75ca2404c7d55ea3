package dev.rollbackbot.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollbackbot.domain.health.Direction;
import dev.rollbackbot.domain.health.Look;
import dev.rollbackbot.domain.health.Side;
import dev.rollbackbot.domain.health.SlowLine;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.Canary.Doubt;
import dev.rollbackbot.domain.journal.Canary.Seen;
import dev.rollbackbot.domain.model.Ladder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A canary in the journal: a look takes some thirty characters, so a whole night of them fits.
 *
 * <p>Looks end at milliseconds after the first one's; anything odd is an {@link
 * IllegalArgumentException}.
 */
final class CanaryJson {
  // Ladders have five rungs below 100, and a rung that is held for a day is looked at some 20
  // times.
  private static final int MOST_LOOKS = 120;
  private static final int LOOK_FIELDS = 8;

  /** Of the journal, which holds a canary. */
  static final String FIELD = "ca";

  private CanaryJson() {}

  static ObjectNode write(Canary canary) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode steps = node.putArray("l");
    canary.ladder().steps().forEach(steps::add);
    node.put("h", canary.ladder().hold().toMillis())
        .put("a", canary.ladder().advance().name())
        .put("d", canary.direction().name());
    ArrayNode begun = node.putArray("b");
    canary.begun().forEach(at -> begun.add(at.toEpochMilli()));
    canary.slowLine().ifPresent(line -> node.put("w", line.over().toMillis()));
    canary.doubt().ifPresent(doubt -> node.put("q", doubt.name()));
    if (!canary.seen().isEmpty()) {
      long first = canary.seen().getFirst().end().toEpochMilli();
      node.put("f", first);
      ArrayNode looks = node.putArray("k");
      for (Seen seen : canary.seen()) {
        ArrayNode look = looks.addArray();
        look.add(seen.look().rung()).add(seen.end().toEpochMilli() - first);
        side(look, seen.look().candidate());
        side(look, seen.look().baseline());
      }
    }
    return node;
  }

  private static void side(ArrayNode look, Side side) {
    look.add(side.requests()).add(side.errors()).add(side.slow());
  }

  static Canary read(JsonNode node) {
    List<Integer> steps = new ArrayList<>();
    node.path("l").forEach(step -> steps.add(number(step)));
    List<Instant> begun = new ArrayList<>();
    node.path("b").forEach(at -> begun.add(instant(at)));
    Optional<SlowLine> slowLine =
        Optional.ofNullable(node.get("w"))
            .map(line -> new SlowLine(Duration.ofMillis(number(line))));
    return new Canary(
        new Ladder(
            steps,
            Duration.ofMillis(number(node.path("h"))),
            Ladder.Advance.valueOf(node.path("a").asText())),
        Direction.valueOf(node.path("d").asText()),
        slowLine,
        begun,
        looks(node),
        Optional.ofNullable(node.get("q")).map(doubt -> Doubt.valueOf(doubt.asText())));
  }

  private static List<Seen> looks(JsonNode node) {
    JsonNode looks = node.path("k");
    require(looks.size() <= MOST_LOOKS);
    List<Seen> seen = new ArrayList<>();
    for (JsonNode look : looks) {
      require(look.size() == LOOK_FIELDS);
      seen.add(
          new Seen(
              new Look(number(look.path(0)), side(look, 2), side(look, 5)),
              instant(node.path("f")).plusMillis(number(look.path(1)))));
    }
    return seen;
  }

  private static Side side(JsonNode look, int at) {
    return new Side(number(look.path(at)), number(look.path(at + 1)), number(look.path(at + 2)));
  }

  private static int number(JsonNode node) {
    return JournalReader.number(node, FIELD);
  }

  private static Instant instant(JsonNode node) {
    return JournalReader.instant(node, FIELD);
  }

  private static void require(boolean condition) {
    JournalReader.require(condition, FIELD);
  }
}
