package dev.rollbackbot.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollbackbot.domain.health.ErrorChanges;
import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.health.LogGap;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.AcceptedOffer;
import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.domain.journal.Journal.ProbeResult;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads what {@link JournalWriter} wrote; anything odd is an {@link IllegalArgumentException}. */
final class JournalReader {
  // "<service>-<suffix>", at most 63 characters in all (gcloud 528.0.0, name_generator).
  private static final Pattern REVISION = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  // It becomes part of a traffic tag.
  private static final Pattern JOB = Pattern.compile("[a-z0-9-]{8,64}");
  private static final int MOST_SIGNATURES = 3;
  // The year 2200, in milliseconds.
  private static final long LAST_INSTANT = 7_258_118_400_000L;

  private JournalReader() {}

  static Journal read(JsonNode node) {
    int version = node.path("v").intValue();
    require(version >= JournalJson.SHIFT && version <= JournalJson.CANARY, "v");
    String job = text(node, "j");
    require(JOB.matcher(job).matches(), "j");
    int seq = number(node.path("s"), "s");
    require(seq > 0, "s");
    return new Journal(
        text(node, "b"),
        job,
        seq,
        text(node, "u"),
        actors(node.path("ac")),
        accepted(node.path("of")),
        split(node.path("bf"), "bf"),
        revision(node, "bl"),
        split(node.path("lv"), "lv"),
        aim(node.path("am")),
        parsed(node, "st", JobState::valueOf),
        parsed(node, "en", Ending::valueOf),
        instant(node.path("si"), "si"),
        instant(node.path("un"), "un"),
        text(node, "dr"),
        times(node.path("ti")),
        evidence(node.path("ev")),
        revision(node, "nw"),
        present(node, "ut").map(JournalReader::untold),
        cards(node.path("cd")),
        present(node, CanaryJson.FIELD).map(CanaryJson::read));
  }

  private static Journal.Actors actors(JsonNode node) {
    return new Journal.Actors(
        text(node, "r"), text(node, "a"), optionalText(node, "w"), optionalText(node, "c"));
  }

  private static List<AcceptedOffer> accepted(JsonNode node) {
    require(node.isArray() && node.size() <= Journal.MOST_OFFERS, "of");
    var offers = new ArrayList<AcceptedOffer>();
    for (JsonNode offer : node) {
      require(offer.size() == 3, "of");
      offers.add(
          new AcceptedOffer(
              string(offer.path(0), "of"),
              instant(offer.path(1), "of"),
              string(offer.path(2), "of")));
    }
    return offers;
  }

  private static LiveSplit split(JsonNode node, String name) {
    require(node.isObject(), name);
    var percents = new TreeMap<RevisionName, Integer>();
    int sum = 0;
    for (var share : node.properties()) {
      int percent = number(share.getValue(), name);
      require(percent > 0 && percent <= 100, name);
      percents.put(revisionName(share.getKey(), name), percent);
      sum += percent;
    }
    require(sum == 100, name);
    return new LiveSplit(percents);
  }

  private static Journal.Aim aim(JsonNode node) {
    return new Journal.Aim(
        revisionName(text(node, "t"), "t"),
        parsed(node, "d", Digest::new),
        present(node, "c").map(_ -> parsed(node, "c", CommitSha::new)),
        revision(node, "f"),
        present(node, "fc").map(_ -> parsed(node, "fc", CommitSha::new)),
        bool(node.path("p"), "p"),
        present(node, "rd").map(JournalReader::redeployment));
  }

  private static Journal.Redeployment redeployment(JsonNode node) {
    return new Journal.Redeployment(
        revisionName(text(node, "t"), "rd"), bool(node.path("n"), "rd"), revision(node, "r"));
  }

  private static Journal.Times times(JsonNode node) {
    return new Journal.Times(
        instant(node.path("a"), "a"),
        instant(node.path("y"), "y"),
        optionalInstant(node, "p"),
        optionalInstant(node, "s"),
        optionalInstant(node, "m"),
        optionalInstant(node, "r"));
  }

  private static Journal.Evidence evidence(JsonNode node) {
    require(node.isObject(), "ev");
    return new Journal.Evidence(
        present(node, "t").map(JournalReader::probe),
        present(node, "l").map(JournalReader::probe),
        present(node, "f").map(JournalReader::figures));
  }

  private static ProbeResult probe(JsonNode node) {
    require(node.size() == 4, "ev");
    return new ProbeResult(
        number(node.path(0), "ev"),
        number(node.path(1), "ev"),
        number(node.path(2), "ev"),
        string(node.path(3), "ev"));
  }

  private static Figures figures(JsonNode node) {
    return new Figures(
        load(node.path("b")),
        load(node.path("a")),
        new ErrorChanges(
            signatures(node, "g"),
            signatures(node, "x"),
            signatures(node, "s"),
            signatures(node, "n"),
            signatures(node, "y")),
        bool(node.path("c"), "c"),
        present(node, "p").map(JournalReader::gap));
  }

  private static LogGap gap(JsonNode node) {
    require(node.isArray() && !node.isEmpty() && node.size() <= 2, "p");
    String name = string(node.path(0), "p");
    if (name.equals("LATE")) {
      return new LogGap.Late(instant(node.path(1), "p"));
    }
    require(node.size() == 1, "p");
    try {
      return new LogGap.Unread(LogGap.Reason.valueOf(name));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("field p", e);
    }
  }

  private static Figures.Load load(JsonNode node) {
    require(node.isArray() && node.size() == 4, "f");
    return new Figures.Load(
        number(node.path(0), "f"),
        number(node.path(1), "f"),
        number(node.path(2), "f"),
        number(node.path(3), "f"));
  }

  /** Older programs knew fewer of them. */
  private static List<String> signatures(JsonNode node, String name) {
    var signatures = new ArrayList<String>();
    JsonNode list = node.path(name);
    require(list.isMissingNode() || (list.isArray() && list.size() <= MOST_SIGNATURES), "f");
    list.forEach(signature -> signatures.add(string(signature, "f")));
    return signatures;
  }

  private static Journal.Cards cards(JsonNode node) {
    return new Journal.Cards(
        present(node, "m").map(JournalReader::card),
        present(node, "i").map(JournalReader::card),
        present(node, "e").map(JournalReader::earlier),
        Locale.forLanguageTag(text(node, "l")));
  }

  private static Journal.Untold untold(JsonNode node) {
    require(node.isArray() && node.size() == 2, "ut");
    try {
      return new Journal.Untold(
          Journal.News.valueOf(string(node.path(0), "ut")), instant(node.path(1), "ut"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("field ut", e);
    }
  }

  private static Journal.Ended earlier(JsonNode node) {
    return new Journal.Ended(
        present(node, "m").map(JournalReader::card),
        present(node, "i").map(JournalReader::card),
        text(node, "t"));
  }

  private static Card card(JsonNode node) {
    require(node.size() == 2, "cd");
    return new Card(string(node.path(0), "cd"), string(node.path(1), "cd"));
  }

  private static Optional<RevisionName> revision(JsonNode node, String name) {
    return optionalText(node, name).map(text -> revisionName(text, name));
  }

  private static RevisionName revisionName(String text, String name) {
    require(REVISION.matcher(text).matches(), name);
    return new RevisionName(text);
  }

  private static Optional<Instant> optionalInstant(JsonNode node, String name) {
    return present(node, name).map(value -> instant(value, name));
  }

  static Instant instant(JsonNode node, String name) {
    require(node.isIntegralNumber() && node.canConvertToLong(), name);
    long millis = node.longValue();
    require(millis >= 0 && millis <= LAST_INSTANT, name);
    return Instant.ofEpochMilli(millis);
  }

  private static Optional<String> optionalText(JsonNode node, String name) {
    return present(node, name).map(value -> string(value, name));
  }

  private static Optional<JsonNode> present(JsonNode node, String name) {
    return Optional.ofNullable(node.get(name));
  }

  /** The problem names the field alone: the value may be anybody's. */
  private static <T> T parsed(JsonNode node, String name, Function<String, T> parse) {
    try {
      return parse.apply(text(node, name));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("field " + name, e);
    }
  }

  private static String text(JsonNode node, String name) {
    String text = string(node.path(name), name);
    require(!text.isBlank(), name);
    return text;
  }

  private static String string(JsonNode node, String name) {
    require(node.isTextual(), name);
    return node.textValue();
  }

  static int number(JsonNode node, String name) {
    require(node.isInt() && node.intValue() >= 0, name);
    return node.intValue();
  }

  private static boolean bool(JsonNode node, String name) {
    require(node.isBoolean(), name);
    return node.booleanValue();
  }

  static void require(boolean condition, String name) {
    if (!condition) {
      throw new IllegalArgumentException("field " + name);
    }
  }
}
