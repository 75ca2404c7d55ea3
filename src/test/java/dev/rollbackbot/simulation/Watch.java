package dev.rollbackbot.simulation;

import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import dev.rollbackbot.domain.approval.Offer;
import dev.rollbackbot.domain.job.Ending;
import dev.rollbackbot.domain.job.JobState;
import dev.rollbackbot.domain.job.Journal;
import dev.rollbackbot.domain.job.JournalReading;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.engine.Seal;
import dev.rollbackbot.gcp.JournalJson;
import dev.rollbackbot.port.Incoming;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds every write of a service to what must stay true; the first thing that is not true is kept.
 *
 * <p>It never throws: it is called from the middle of the bot, which might swallow what it throws.
 */
final class Watch {
  /** A judged click still has its write's few tries before it. */
  private static final Duration TRIES = Duration.ofSeconds(40);

  private static final Set<Ending> BEFORE_USERS =
      Set.of(Ending.STOPPED, Ending.FAILED, Ending.MOVED);

  /** A write of the bot's that landed. */
  record Landed(Instant at, Journal journal, LiveSplit live) {}

  /** What a worker is at. */
  private static final class Frame {
    final String who;
    final Optional<Incoming> incoming;
    final boolean tooLate;
    int writes;

    Frame(String who, Optional<Incoming> incoming, boolean tooLate) {
      this.who = who;
      this.incoming = incoming;
      this.tooLate = tooLate;
    }
  }

  private final Scheduler scheduler;
  private final Seal seal = new Seal(Stage.KEY);
  private final List<Landed> landed = new ArrayList<>();
  private final Map<String, Offer> offers = new HashMap<>();
  private final Set<LiveSplit> splits = new LinkedHashSet<>();
  private final Map<String, Integer> acceptances = new HashMap<>();
  private final Set<String> gaveUsers = new HashSet<>();
  private final Deque<Frame> frames = new ArrayDeque<>();
  private @Nullable KBack kBack;
  private @Nullable Service last;
  private @Nullable String violation;
  private @Nullable Throwable cause;
  private boolean meddled;

  Watch(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** From now on it knows the service. */
  void begin(KBack service) {
    kBack = service;
    last = service.service();
    splits.add(state(service.service()).live());
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
    seal.openOffer(sealed).ifPresent(offer -> offers.put(offer.id(), offer));
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
    return frames.peek().writes > 0
        || person.equals(actors.closer().orElse(actors.approver()));
  }

  /** A click that may not act any more: older than five minutes, or on an offer that is over. */
  private boolean tooLate(Incoming incoming) {
    return incoming instanceof Incoming.Pressed pressed
        && (pressed.at().plus(Stage.LATENESS).isBefore(scheduler.instant())
            || seal.openOffer(pressed.value())
                .filter(offer -> !scheduler.instant().isBefore(offer.expires()))
                .isPresent());
  }

  /** After each event: what users should have also changes when a revision gets ready. */
  void look() {
    if (kBack != null) {
      splits.add(state(kBack.service()).live());
    }
  }

  // What is held to be true of every write.

  /** Heard from the Cloud Run model at each write. */
  void wrote(Instant when, String principal, String method, Service after, boolean ok) {
    Service before = last;
    KBack service = kBack;
    if (!ok || before == null || service == null) {
      return;
    }
    last = after;
    splits.add(state(after).live());
    if (principal.equals(KBack.BOT_ACCOUNT)) {
      botWrote(when, before, after, service);
    } else if (journal(before).isPresent() && journal(after).isEmpty()) {
      // With the journal the memory of accepted offers is gone; nobody can keep that promise then.
      acceptances.clear();
      gaveUsers.clear();
    }
  }

  private void botWrote(Instant when, Service before, Service after, KBack service) {
    ServiceState state = state(after);
    Optional<Journal> found = journal(after);
    if (found.isEmpty()) {
      violated("a write of the bot left no journal that can be read");
      return;
    }
    Journal journal = found.get();
    Optional<Journal> earlier = journal(before);
    scheduler.note(
        "  > %s wrote %s/%s seq %d of %s: %s"
            .formatted(
                frames.isEmpty() ? "?" : frames.peek().who,
                journal.state(),
                journal.ending(),
                journal.seq(),
                journal.jobId().substring(0, 4),
                Meddler.split(after.getTrafficList())));
    landed.add(new Landed(when, journal, state.live()));
    if (!frames.isEmpty()) {
      frames.peek().writes++;
      must(!frames.peek().tooLate, "a late click or an expired offer changed the service");
    }
    int expected = earlier.map(j -> j.seq() + 1).orElse(1);
    must(journal.seq() == expected, "the sequence is " + journal.seq() + ", not " + expected);
    untouched(before, after);
    traffic(after, journal, state, service);
    acceptance(when, journal);
    users(journal, state(before), state);
    claims(when, journal, earlier, state, service);
  }

  private void untouched(Service before, Service after) {
    must(
        foreignTags(before).equals(foreignTags(after)),
        "somebody's tags were " + foreignTags(before) + " and are " + foreignTags(after));
    must(before.getTemplate().equals(after.getTemplate()), "the template was changed");
    must(before.getLabelsMap().equals(after.getLabelsMap()), "somebody's labels were changed");
    must(
        foreignAnnotations(before).equals(foreignAnnotations(after)),
        "somebody's annotations were changed");
  }

  private void traffic(Service after, Journal journal, ServiceState state, KBack service) {
    int sum = after.getTrafficList().stream().mapToInt(TrafficTarget::getPercent).sum();
    must(sum == 100, "users' traffic sums to " + sum);
    for (RevisionName revision : state.live().percents().keySet()) {
      must(service.exists(revision), "users are sent to " + revision + ", which does not exist");
    }
    must(
        journal.live().equals(state.live()),
        "the journal says users have " + journal.live() + ", they have " + state.live());
    boolean ours = after.getTrafficList().stream().anyMatch(t -> t.getTag().startsWith("rb-"));
    must(journal.state().moves() || !ours, "a tag of ours is left at rest");
  }

  private void acceptance(Instant when, Journal journal) {
    if (journal.state() == JobState.PREPARING) {
      int times = acceptances.merge(journal.jobId(), 1, Integer::sum);
      must(times == 1, "the offer " + journal.jobId() + " was accepted " + times + " times");
      must(
          !when.isAfter(journal.times().approved().plus(Stage.LATENESS).plus(TRIES)),
          "a late click was accepted");
      must(
          !when.isAfter(journal.times().asked().plus(Stage.OFFER_LIFE).plus(TRIES)),
          "an expired offer was accepted");
      must(
          journal.acceptanceOf(journal.jobId()).isPresent(), "an accepted offer is not remembered");
    }
  }

  /** What an offer stands for: the service, who serves, and the target. */
  private static String fingerprint(Journal journal) {
    String meaning =
        String.join(
            "\n",
            "shift",
            journal.serviceUid(),
            journal.live().asArgument(),
            journal.aim().target().value(),
            journal.aim().digest().value());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(meaning.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void users(Journal journal, ServiceState before, ServiceState after) {
    RevisionName target = journal.aim().target();
    int had = before.live().percents().getOrDefault(target, 0);
    int has = after.live().percents().getOrDefault(target, 0);
    if (has > had) {
      gaveUsers.add(journal.jobId());
    }
    must(
        journal.state() != JobState.CLOSED
            || !BEFORE_USERS.contains(journal.ending())
            || !gaveUsers.contains(journal.jobId()),
        journal.ending() + " is said of a rollback that gave users to its target");
  }

  /** What the journal says becomes a card, so it must be so already. */
  private void claims(
      Instant when, Journal journal, Optional<Journal> earlier, ServiceState state, KBack service) {
    RevisionName target = journal.aim().target();
    boolean open = journal.state() == JobState.OPEN;
    if (journal.state() == JobState.VERIFYING) {
      must(
          service.users(target) == 100 || state.observedLive().isAll(target),
          "traffic is said to have moved, and it has not");
    }
    if (open && (journal.ending() == Ending.VERIFIED || journal.ending() == Ending.BAD)) {
      must(
          journal.evidence().figures().isPresent()
              && (earlier.filter(j -> j.state() == JobState.OPEN).isPresent()
                  || earlier
                      .filter(j -> j.state() == JobState.VERIFYING && !when.isBefore(j.until()))
                      .isPresent()),
          "a verdict is said without its evidence or before its time");
    }
    if (journal.state() == JobState.SWITCHING && journal.aim().probeable()) {
      must(
          journal.evidence().target().filter(Journal.ProbeResult::passed).isPresent()
              || earlier.filter(j -> j.state() == JobState.HELD).isPresent(),
          "users were given to a target that no probe found well");
    }
    if (journal.state() == JobState.CLOSED && journal.ending() == Ending.FAILED) {
      must(!service.runs(target), "the target is said not to start, and it runs");
    }
    if (journal.ending() == Ending.MOVED || journal.ending() == Ending.TAKEN_OVER) {
      must(
          meddled && !Objects.equals(journal.actors().closer().orElse(""), KBack.BOT_ACCOUNT),
          "somebody is said to have moved the service, and nobody did");
    }
  }

  private void must(boolean holds, String otherwise) {
    if (!holds) {
      violated(otherwise);
    }
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

  private static Map<String, String> foreignTags(Service service) {
    var tags = new TreeMap<String, String>();
    service.getTrafficList().stream()
        .filter(t -> !t.getTag().isEmpty() && !t.getTag().startsWith("rb-"))
        .forEach(t -> tags.put(t.getTag(), t.getRevision()));
    return tags;
  }

  private static Map<String, String> foreignAnnotations(Service service) {
    var annotations = new TreeMap<>(service.getAnnotationsMap());
    annotations.remove(Journal.ANNOTATION);
    return annotations;
  }
}
