package dev.rollbackbot.gcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.health.LogGap;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.domain.journal.Journal.ProbeResult;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes a journal with one- and two-letter names; an absent field is left out. */
final class JournalWriter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** How much may be left out to fit; in code points. */
  enum Brevity {
    FULL(Integer.MAX_VALUE, Integer.MAX_VALUE),
    SHORT_SIGNATURES(80, Integer.MAX_VALUE),
    TINY_SIGNATURES(32, Integer.MAX_VALUE),
    SHORT_REASON(32, 80),
    BAREST(0, 0);

    private final int signature;
    private final int text;

    Brevity(int signature, int text) {
      this.signature = signature;
      this.text = text;
    }
  }

  private final ObjectNode out = NODES.objectNode();
  private final Brevity brevity;

  private JournalWriter(Brevity brevity) {
    this.brevity = brevity;
  }

  static ObjectNode write(Journal journal, Brevity brevity) {
    var writer = new JournalWriter(brevity);
    writer.job(journal);
    writer.facts(journal);
    return writer.out;
  }

  private void job(Journal journal) {
    out.put("v", version(journal))
        .put("b", journal.bot())
        .put("j", journal.jobId())
        .put("s", journal.seq())
        .put("u", journal.serviceUid())
        .put("st", journal.state().name())
        .put("en", journal.ending().name())
        .put("si", journal.since().toEpochMilli())
        .put("un", journal.until().toEpochMilli())
        .put("dr", journal.driver());
    ObjectNode actors = out.putObject("ac");
    actors.put("r", journal.actors().requester()).put("a", journal.actors().approver());
    journal
        .actors()
        .reason()
        .map(reason -> cut(reason, brevity.text))
        .filter(reason -> !reason.isEmpty())
        .ifPresent(reason -> actors.put("w", reason));
    text(actors, "c", journal.actors().closer());
    ArrayNode accepted = out.putArray("of");
    journal
        .accepted()
        .forEach(
            offer ->
                accepted
                    .addArray()
                    .add(offer.offerId())
                    .add(offer.at().toEpochMilli())
                    .add(offer.by()));
  }

  private static int version(Journal journal) {
    if (journal.canary().isPresent()) {
      return JournalJson.CANARY;
    }
    return journal.aim().redeployment().isPresent() ? JournalJson.REDEPLOY : JournalJson.SHIFT;
  }

  private void facts(Journal journal) {
    out.set("bf", split(journal.before()));
    text(out, "bl", journal.beforeLatest().map(RevisionName::value));
    out.set("lv", split(journal.live()));
    Journal.Aim aim = journal.aim();
    ObjectNode aimed = out.putObject("am");
    aimed.put("t", aim.target().value()).put("d", aim.digest().value()).put("p", aim.probeable());
    text(aimed, "c", aim.commit().map(CommitSha::value));
    text(aimed, "f", aim.from().map(RevisionName::value));
    text(aimed, "fc", aim.fromCommit().map(CommitSha::value));
    aim.redeployment()
        .ifPresent(
            redeployment -> {
              ObjectNode made = aimed.putObject("rd");
              made.put("t", redeployment.template().value()).put("n", redeployment.named());
              text(made, "r", redeployment.restored().map(RevisionName::value));
            });
    Journal.Times times = journal.times();
    ObjectNode at = out.putObject("ti");
    at.put("a", times.asked().toEpochMilli()).put("y", times.approved().toEpochMilli());
    instant(at, "p", times.probed());
    instant(at, "s", times.switched());
    instant(at, "m", times.moved());
    instant(at, "r", times.rested());
    ObjectNode evidence = NODES.objectNode();
    journal.evidence().target().ifPresent(probe -> evidence.set("t", probe(probe)));
    journal.evidence().live().ifPresent(probe -> evidence.set("l", probe(probe)));
    journal.evidence().figures().ifPresent(figures -> evidence.set("f", figures(figures)));
    out.set("ev", evidence);
    text(out, "nw", journal.newest().map(RevisionName::value));
    journal
        .untold()
        .ifPresent(
            owed -> out.putArray("ut").add(owed.news().name()).add(owed.since().toEpochMilli()));
    ObjectNode cards = out.putObject("cd");
    cards.put("l", journal.cards().language().toLanguageTag());
    journal.cards().main().ifPresent(card -> cards.set("m", card(card)));
    journal.cards().incident().ifPresent(card -> cards.set("i", card(card)));
    journal.cards().earlier().ifPresent(earlier -> cards.set("e", earlier(earlier)));
    journal
        .canary()
        .map(canary -> brevity == Brevity.FULL ? canary : canary.shortened())
        .ifPresent(canary -> out.set(CanaryJson.FIELD, CanaryJson.write(canary)));
  }

  private static ObjectNode split(LiveSplit split) {
    ObjectNode shares = NODES.objectNode();
    split.percents().forEach((revision, percent) -> shares.put(revision.value(), percent));
    return shares;
  }

  private ArrayNode probe(ProbeResult probe) {
    return NODES
        .arrayNode()
        .add(probe.good())
        .add(probe.of())
        .add(probe.medianMillis())
        .add(cut(probe.detail(), brevity.text));
  }

  private ObjectNode figures(Figures figures) {
    ObjectNode node = NODES.objectNode();
    node.set("b", load(figures.before()));
    node.set("a", load(figures.after()));
    // Programs of before "x" and "y" read only these three, and need them.
    node.set("g", signatures(figures.errors().gone()));
    node.set("s", signatures(figures.errors().still()));
    node.set("n", signatures(figures.errors().fresh()));
    unlessEmpty(node, "x", figures.errors().unseen());
    unlessEmpty(node, "y", figures.errors().unsure());
    node.put("c", figures.complete());
    figures.gap().ifPresent(gap -> node.set("p", gap(gap)));
    return node;
  }

  private static ArrayNode gap(LogGap gap) {
    return switch (gap) {
      case LogGap.Late(Instant from) -> NODES.arrayNode().add("LATE").add(from.toEpochMilli());
      case LogGap.Unread(LogGap.Reason reason) -> NODES.arrayNode().add(reason.name());
    };
  }

  private static ArrayNode load(Figures.Load load) {
    return NODES
        .arrayNode()
        .add(load.requests())
        .add(load.errors())
        .add(load.p50Millis())
        .add(load.p95Millis());
  }

  private void unlessEmpty(ObjectNode node, String name, List<String> signatures) {
    if (!signatures.isEmpty()) {
      node.set(name, signatures(signatures));
    }
  }

  private ArrayNode signatures(List<String> signatures) {
    ArrayNode node = NODES.arrayNode();
    signatures.stream()
        .map(signature -> cut(signature, brevity.signature))
        .filter(signature -> !signature.isEmpty())
        .forEach(node::add);
    return node;
  }

  private static ObjectNode earlier(Journal.Ended earlier) {
    ObjectNode node = NODES.objectNode().put("t", earlier.target());
    earlier.main().ifPresent(card -> node.set("m", card(card)));
    earlier.incident().ifPresent(card -> node.set("i", card(card)));
    return node;
  }

  private static ArrayNode card(Card card) {
    return NODES.arrayNode().add(card.channel()).add(card.message());
  }

  private static void text(ObjectNode node, String name, Optional<String> value) {
    value.ifPresent(text -> node.put(name, text));
  }

  private static void instant(ObjectNode node, String name, Optional<Instant> value) {
    value.ifPresent(instant -> node.put(name, instant.toEpochMilli()));
  }

  /** At most this many code points; a cut is marked. */
  private static String cut(String text, int most) {
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    return most == 0 ? "" : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }
}
