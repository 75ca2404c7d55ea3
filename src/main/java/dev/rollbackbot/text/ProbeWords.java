package dev.rollbackbot.text;

import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.ProbeResult;
import dev.rollbackbot.text.Message.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a rollback's probes have shown. */
final class ProbeWords {
  private final Voice voice;
  private final Journal journal;
  private final Phase phase;

  ProbeWords(Voice voice, Journal journal, Phase phase) {
    this.voice = voice;
    this.journal = journal;
    this.phase = phase;
  }

  /** The probe at 0 %, with live beside it. */
  List<Part> probe() {
    Optional<ProbeResult> target = journal.evidence().target();
    if (target.isEmpty()) {
      return voice.say(journal.aim().probeable() ? "probe.none" : "probe.impossible");
    }
    var said = new ArrayList<Part>(probe("probe", target.get()));
    journal
        .evidence()
        .live()
        .ifPresent(
            live ->
                said.addAll(voice.say("probe.live", new Slot("probe", probe("probe.of", live)))));
    return said;
  }

  /** The probe of live after users came back; empty before that, and where none was made. */
  List<Part> liveNow() {
    return phase.cameBack()
        ? journal
            .evidence()
            .live()
            .map(live -> voice.say("time.live", new Slot("probe", probe("probe.of", live))))
            .orElse(List.of())
        : List.of();
  }

  /** What is known of the probe at 0 %; after a return the journal holds another probe. */
  List<Part> probed(Instant at) {
    Slot time = Slot.text("at", voice.clock().time(at));
    boolean targets = phase != Phase.NEWEST_UNWELL && !phase.cameBack();
    return targets
        ? voice.say("time.probed", time, new Slot("probe", probe()))
        : voice.say("time.probed.before", time);
  }

  private List<Part> probe(String key, ProbeResult result) {
    var said =
        new ArrayList<Part>(
            voice.say(key, Slot.number("good", result.good()), Slot.number("of", result.of())));
    if (result.good() > 0) {
      said.addAll(voice.say("probe.median", Slot.number("ms", result.medianMillis())));
    }
    if (!result.passed() && !result.detail().isBlank()) {
      said.addAll(voice.say("probe.detail", Slot.text("detail", voice.reason(result.detail()))));
    }
    return said;
  }

  /** Target and live fail alike, so going back will hardly help. */
  boolean failsLikeLive() {
    Optional<ProbeResult> target = journal.evidence().target().filter(p -> !p.passed());
    Optional<ProbeResult> live = journal.evidence().live().filter(p -> !p.passed());
    return target.isPresent()
        && live.isPresent()
        && Objects.equals(target.get().detail(), live.get().detail());
  }

  /** The target's probe beside live's, for whoever must decide. */
  List<Part> results() {
    return voice.say(
        "card.results",
        new Slot("target", result(journal.evidence().target())),
        new Slot("live", result(journal.evidence().live())));
  }

  List<Part> result(Optional<ProbeResult> probe) {
    return probe.map(p -> probe("probe.of", p)).orElseGet(() -> voice.say("figures.nodata"));
  }
}
