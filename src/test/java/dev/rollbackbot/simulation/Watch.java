package dev.rollbackbot.simulation;

import com.google.cloud.run.v2.Service;
import dev.rollbackbot.domain.approval.ApprovalPolicy;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.engine.Seal;
import dev.rollbackbot.gcp.JournalJson;
import dev.rollbackbot.port.Incoming;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees every write of the service and every delivery; keeps the first thing that was not true.
 *
 * <p>It never throws: it is called from the middle of the bot, which might swallow what it throws.
 */
final class Watch {
  /** A write of the bot's that landed. */
  record Landed(Instant at, Journal journal) {}

  /** What a worker is at. */
  private static final class Frame {
    final String who;
    final Optional<Incoming> incoming;
    final boolean tooLate;
    int writes;
    int lastWrite;

    Frame(String who, Optional<Incoming> incoming, boolean tooLate) {
      this.who = who;
      this.incoming = incoming;
      this.tooLate = tooLate;
    }
  }

  private final Scheduler scheduler;
  private final Seal seal = new Seal(Stage.KEY);
  private final List<Landed> landed = new ArrayList<>();
  private final Set<LiveSplit> splits = new LinkedHashSet<>();
  private final Deque<Frame> frames = new ArrayDeque<>();
  private @Nullable KBack kBack;
  private @Nullable Promises promises;
  private @Nullable Service last;
  private @Nullable String violation;
  private @Nullable Throwable cause;
  private Duration skew = Duration.ZERO;
  private Consumer<Journal> written = _ -> {};
  private boolean meddled;
  private boolean thrownAway;

  Watch(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * From now on it knows the service.
   *
   * @param ahead how far a worker's clock may be ahead; negative for behind
   */
  void begin(KBack service, ApprovalPolicy.Rule rule, Duration ahead) {
    skew = ahead.abs();
    kBack = service;
    promises = new Promises(this, service, rule, ahead);
    last = service.service();
    splits.add(state(service.service()).live());
  }

  /** Who wants to hear of each write of the bot's. */
  void whenWritten(Consumer<Journal> listener) {
    written = listener;
  }

  // What the run tells.

  void enter(String who, Optional<Incoming> incoming) {
    frames.push(new Frame(who, incoming, incoming.filter(this::tooLate).isPresent()));
  }

  void leave() {
    frames.pop();
  }

  /** An offer was shown; its button carries it. */
  void shown(String sealed) {
    if (promises != null) {
      promises.shown(sealed);
    }
  }

  void meddled() {
    meddled = true;
  }

  void violated(String what) {
    violated(what, null);
  }

  void violated(String what, @Nullable Throwable why) {
    if (violation == null) {
      violation = what;
      cause = why;
      scheduler.note("  VIOLATED: " + what);
    }
  }

  // What it knows.

  Optional<String> violation() {
    return Optional.ofNullable(violation);
  }

  Optional<Throwable> cause() {
    return Optional.ofNullable(cause);
  }

  boolean wasMeddledWith() {
    return meddled;
  }

  boolean journalWasThrownAway() {
    return thrownAway;
  }

  List<Landed> landed() {
    return List.copyOf(landed);
  }

  /** Every split by name that was wanted at some time. */
  List<LiveSplit> splits() {
    return List.copyOf(splits).reversed();
  }

  /** How often the delivery that is being handled has written. */
  int writesOfThisDelivery() {
    return frames.isEmpty() ? 0 : frames.peek().writes;
  }

  /** Another has written since: whether it was this delivery that wrote before cannot be told. */
  boolean overtaken() {
    return !frames.isEmpty() && frames.peek().lastWrite < landed.size();
  }

  /** Whether the last write was made by the delivery that is being handled, or for its person. */
  boolean didIt() {
    if (frames.isEmpty() || landed.isEmpty()) {
      return false;
    }
    Journal.Actors actors = landed.getLast().journal().actors();
    String person =
        switch (frames.peek().incoming.orElse(new Incoming.Other("none"))) {
          case Incoming.Typed typed -> typed.user();
          case Incoming.Mentioned mentioned -> mentioned.user();
          case Incoming.Pressed pressed -> pressed.user();
          case Incoming.Other _ -> "";
        };
    return frames.peek().writes > 0 || person.equals(actors.closer().orElse(actors.approver()));
  }

  /** A click that may not act any more: older than five minutes, or on an offer that is over. */
  private boolean tooLate(Incoming incoming) {
    return incoming instanceof Incoming.Pressed pressed
        && (pressed.at().plus(Stage.LATENESS).plus(skew).isBefore(scheduler.instant())
            || Promises.proposal(seal, pressed.value())
                .filter(offer -> !scheduler.instant().isBefore(offer.expires().plus(skew)))
                .isPresent());
  }

  /** After each event: what users should have also changes when a revision gets ready. */
  void look() {
    if (kBack != null) {
      splits.add(state(kBack.service()).live());
    }
  }

  /** Heard from the Cloud Run model at each write. */
  void wrote(
      Instant when, String principal, String method, String agent, Service after, boolean ok) {
    Service before = last;
    Promises held = promises;
    if (!ok || before == null || held == null) {
      return;
    }
    last = after;
    splits.add(state(after).live());
    if (principal.equals(KBack.BOT_ACCOUNT)) {
      botWrote(when, before, after, held);
    } else if (journal(before).isPresent() && journal(after).isEmpty()) {
      thrownAway = true;
      held.forget();
    }
  }

  private void botWrote(Instant when, Service before, Service after, Promises held) {
    Optional<Journal> found = journal(after);
    if (found.isEmpty()) {
      violated("a write of the bot left no journal that can be read");
      return;
    }
    Journal journal = found.get();
    scheduler.note(
        "  > %s wrote %s/%s seq %d of %s: %s"
            .formatted(
                frames.isEmpty() ? "?" : frames.peek().who,
                journal.state(),
                journal.ending(),
                journal.seq(),
                journal.jobId().substring(0, 4),
                Meddler.split(after.getTrafficList())));
    landed.add(new Landed(when, journal));
    written.accept(journal);
    if (!frames.isEmpty()) {
      frames.peek().writes++;
      frames.peek().lastWrite = landed.size();
      if (frames.peek().tooLate) {
        violated("a late click or an expired offer changed the service");
      }
    }
    held.check(new Promises.Written(when, before, after, journal(before), journal));
  }

  // Reading the service.

  /** The journal on the service now. */
  Optional<Journal> standing() {
    return last == null ? Optional.empty() : journal(last);
  }

  private static Optional<Journal> journal(Service service) {
    return JournalJson.read(state(service).journal(), Stage.BOT, service.getUid())
            instanceof JournalReading.Found(Journal journal)
        ? Optional.of(journal)
        : Optional.empty();
  }

  static ServiceState state(Service service) {
    return ModelCloudRun.MAPPER.toState(service, KBack.ID);
  }
}
