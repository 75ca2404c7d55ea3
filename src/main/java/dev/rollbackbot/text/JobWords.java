package dev.rollbackbot.text;

import dev.rollbackbot.domain.job.JobAction;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.ProbeResult;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.report.JobView;
import dev.rollbackbot.text.Message.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What every message about one rollback says the same way. */
final class JobWords {
  private final Voice voice;
  private final JobView view;
  private final Journal journal;
  private final Phase phase;

  JobWords(Voice voice, JobView view) {
    this.voice = voice;
    this.view = view;
    this.journal = view.journal();
    this.phase = Phase.of(journal);
  }

  ProbeWords probes() {
    return new ProbeWords(voice, journal, phase);
  }

  Phase phase() {
    return phase;
  }

  String heading() {
    return journal.tookBackAPin()
        ? voice.heading(word(), view.service(), target(), from())
        : voice.heading(word(), view.service(), from(), target());
  }

  String word() {
    return voice.plain(phase.key("word"));
  }

  /** The commit or revision that it goes back to. */
  String target() {
    return Voice.nameOf(journal.aim().commit(), journal.aim().target());
  }

  /** The commit or revision that users had before. */
  String from() {
    return journal
        .aim()
        .fromCommit()
        .map(CommitSha::abbreviated)
        .or(() -> journal.aim().from().or(() -> journal.before().main()).map(RevisionName::value))
        .orElseGet(() -> voice.plain("from.unknown"));
  }

  /** The newest revision, by its commit where that is known; empty when it is not known. */
  Optional<String> newest() {
    return newestRevision()
        .map(name -> commitOf(name).map(CommitSha::abbreviated).orElse(name.value()));
  }

  /** Returning to the newest would put users back on what they were taken off. */
  boolean newestIsWhatWasLeft() {
    return newestRevision().isPresent()
        && newestRevision().equals(journal.aim().from())
        && !journal.tookBackAPin();
  }

  private Optional<RevisionName> newestRevision() {
    return journal.newest().or(journal::beforeLatest);
  }

  /** What the template was made for before a redeploy, by its commit where that is known. */
  String held() {
    return journal
        .aim()
        .redeployment()
        .map(Journal.Redeployment::template)
        .map(name -> commitOf(name).map(CommitSha::abbreviated).orElse(name.value()))
        .orElseGet(this::from);
  }

  /** What users have, as far as this rollback has a say in it. */
  String whereUsersAre() {
    boolean elsewhere =
        journal.aim().route() == Route.REDEPLOY && !view.live().isAll(journal.aim().target());
    return elsewhere ? from() : target();
  }

  /** With the template users would come back to what they were taken off. */
  boolean restoreGivesBackWhatWasLeft() {
    return heldIsWhatWasLeft() && view.live().isAll(journal.aim().target());
  }

  private boolean heldIsWhatWasLeft() {
    Optional<RevisionName> held = journal.aim().redeployment().map(Journal.Redeployment::template);
    return held.isPresent() && held.equals(journal.aim().from());
  }

  /** The template is the old code, and may be put back now. */
  boolean restorable() {
    return ByHand.of(view).restorable();
  }

  /** Whether the platform is known to call the target so. */
  private boolean targetIsNamed() {
    return ByHand.of(view).targetIsNamed();
  }

  /** Which way it goes, where that is not the usual one. */
  List<Part> route() {
    return journal.aim().route() == Route.SHIFT
        ? List.of()
        : voice.say(
            "card.redeploy",
            Slot.text(
                "revision",
                targetIsNamed() ? journal.aim().target().value() : voice.plain("newest.unknown")));
  }

  private Optional<CommitSha> commitOf(RevisionName revision) {
    if (revision.equals(journal.aim().target())) {
      return journal.aim().commit();
    }
    boolean from =
        journal.aim().from().filter(revision::equals).isPresent() || isRestoredFrom(revision);
    return from ? journal.aim().fromCommit() : Optional.empty();
  }

  /** A revision that puts the template back runs what users were taken off, made anew. */
  private boolean isRestoredFrom(RevisionName revision) {
    return heldIsWhatWasLeft()
        && journal
            .aim()
            .redeployment()
            .flatMap(Journal.Redeployment::restored)
            .filter(revision::equals)
            .isPresent();
  }

  List<Part> live() {
    return voice.say("card.live", new Slot("split", split(view.live())));
  }

  List<Part> split(LiveSplit split) {
    return voice.split(split, this::commitOf);
  }

  /** The sentence of the phase, for the card ({@code now}) or the thread ({@code line}). */
  List<Part> sentence(String what) {
    var said = new ArrayList<Part>(voice.words().say(phase.key(variant(what)), slots()));
    reason().ifPresent(why -> said.addAll(voice.say("card.because", Slot.text("why", why))));
    return said;
  }

  private String variant(String what) {
    if (phase == Phase.STOPPED && journal.actors().closer().isEmpty()) {
      return "nobody";
    }
    if (phase == Phase.RETURN_PREPARING && journal.restoring()) {
      return "restoring";
    }
    if (phase == Phase.UNDOING && journal.ending() == Ending.REVERTED) {
      return "reverting";
    }
    if (phase == Phase.HOLDING && journal.actors().closer().isPresent()) {
      return what.equals("line") ? "held.line" : "held";
    }
    if (endedElsewhere()) {
      return "elsewhere";
    }
    // Nobody was moved, so there is nothing to undo.
    boolean onlyPinned = phase == Phase.NEWEST_UNWELL && journal.tookBackAPin();
    return onlyPinned && what.equals("now") ? "pinned" : what;
  }

  /** The newest is not well, and users are not on the target either. */
  boolean endedElsewhere() {
    return phase == Phase.NEWEST_UNWELL && journal.state() == JobState.CLOSED;
  }

  /** Why it stopped, where the probe's own words say it. */
  private Optional<String> reason() {
    if (phase != Phase.FAILED && phase != Phase.NEWEST_UNWELL) {
      return Optional.empty();
    }
    // A probe that was made is told with its figures.
    return journal
        .evidence()
        .target()
        .filter(probe -> probe.of() == 0)
        .map(ProbeResult::detail)
        .filter(detail -> !detail.isBlank())
        .map(voice::reason);
  }

  private List<Slot> slots() {
    return List.of(
        Slot.mono("target", target()),
        Slot.mono("from", from()),
        Slot.mono("newest", newest().orElseGet(() -> voice.plain("newest.unknown"))),
        Slot.number("percent", journal.canary().map(Canary::percent).orElse(100)),
        Slot.text("until", voice.clock().time(journal.until())),
        Slot.text("moved", voice.clock().time(journal.times().moved().orElse(journal.since()))),
        Slot.text(
            "click",
            voice
                .clock()
                .between(
                    journal.times().approved(), journal.times().moved().orElse(journal.since()))),
        Slot.text("took", voice.clock().between(journal.times().approved(), rested())),
        new Slot("probe", probes().probe()),
        new Slot("result", probes().result(journal.evidence().target())),
        new Slot("closer", closer()),
        Slot.text(
            "by",
            journal
                .actors()
                .closer()
                .map(who -> OneLine.of(who, OneLine.NAME))
                .orElseGet(() -> voice.plain("who.unknown"))),
        new Slot("live", split(view.live())));
  }

  private Instant rested() {
    return journal.times().rested().orElse(journal.since());
  }

  /** Who ended it, as a name that notifies nobody in a new message: cards are edits. */
  List<Part> closer() {
    return journal
        .actors()
        .closer()
        .<List<Part>>map(who -> List.of(new Part.Mention(who)))
        .orElseGet(() -> voice.say("who.unknown"));
  }

  /**
   * What may be typed now, apart by a middle dot.
   *
   * @param besideButtons whether the same may be pressed; otherwise this is the only way on
   */
  List<Part> typed(boolean besideButtons) {
    List<JobAction> possible =
        phase.words().isEmpty() || endedElsewhere()
            ? view.values().stream().map(JobView.Choice::action).toList()
            : phase.words();
    if (possible.isEmpty()) {
      return onward();
    }
    var commands = new ArrayList<Part>();
    for (JobAction action : possible) {
      if (action == JobAction.UNDO && journal.tookBackAPin()) {
        continue;
      }
      if (!commands.isEmpty()) {
        commands.add(new Part.Literal(" · "));
      }
      commands.add(new Part.Mono(typed(action)));
    }
    return voice.say(besideButtons ? "card.typed" : "card.next", new Slot("commands", commands));
  }

  /** The way on where there is nothing to decide about this rollback any more. */
  private List<Part> onward() {
    return switch (phase) {
      case FAILED -> voice.say("card.another", Slot.mono("typed", command("list")));
      case MOVED, TAKEN_OVER, STOPPED, UNDONE, REVERTED ->
          voice.say("card.again", Slot.mono("typed", command(target())));
      case PREPARING,
          HELD,
          SETTLING,
          WATCHING,
          HOLDING,
          SWITCHING,
          VERIFYING,
          VERIFIED,
          UNPROVEN,
          BAD,
          UNKNOWN,
          NEWEST_UNWELL,
          UNDOING,
          RETURN_PREPARING,
          RETURNING,
          STUCK,
          RETURNED,
          KEPT ->
          voice.say("card.status", Slot.mono("typed", command("status")));
    };
  }

  /** Plans the other way to the same target. */
  String redeploy() {
    return command(target()) + " --route " + Route.REDEPLOY.word();
  }

  /** A whole command about this service. */
  String command(String word) {
    return voice.command(word + " " + view.service().name());
  }

  private String typed(JobAction action) {
    // Both are the way to the newest, and one word means whichever it is.
    return command(action == JobAction.RESTORE ? JobAction.NEWEST.id() : action.id());
  }

  /** What the next deploy gets, where this rollback decides it. */
  List<Part> pin() {
    if (restorable()) {
      return voice.say("card.template", Slot.mono("target", target()));
    }
    if (phase.pins()) {
      return voice.say("card.pinned");
    }
    if (phase.splits()) {
      return voice.say("card.pinned.canary");
    }
    if (phase == Phase.UNDONE || phase == Phase.REVERTED) {
      return voice.say(followsLatestAfterUndo() ? "card.floats" : "card.pinned");
    }
    return List.of();
  }

  /** An undo restores LATEST only where it was so and still means the same revision. */
  private boolean followsLatestAfterUndo() {
    return journal.aim().route() == Route.SHIFT
        && journal.beforeLatest().isPresent()
        && (journal.newest().isEmpty() || journal.newest().equals(journal.beforeLatest()));
  }
}
