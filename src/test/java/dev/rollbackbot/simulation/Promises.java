package dev.rollbackbot.simulation;

import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import dev.rollbackbot.domain.approval.ApprovalPolicy.Rule;
import dev.rollbackbot.domain.approval.Offer;
import dev.rollbackbot.domain.approval.Proposal;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.AcceptedOffer;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.Route;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.engine.Seal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What must be true of every write of the bot's, against the Cloud Run model as the witness. */
final class Promises {
  /** A judged click still has its write's few tries before it. */
  private static final Duration TRIES = Duration.ofSeconds(40);

  /** From the decision to write until it landed. */
  private static final Duration WRITING = Duration.ofSeconds(15);

  private static final Duration EVIDENCE = Stage.LIMITS.grace().plus(Stage.LIMITS.window());

  private static final Set<Ending> BEFORE_USERS =
      Set.of(Ending.STOPPED, Ending.FAILED, Ending.MOVED);

  /** One write that landed. */
  record Written(
      Instant at, Service before, Service after, Optional<Journal> earlier, Journal journal) {}

  private final Watch watch;
  private final KBack kBack;
  private final Seal seal = new Seal(Stage.KEY);
  private final Map<String, Proposal> shown = new HashMap<>();
  private final Rule rule;
  private final Duration skew;
  private final CanaryPromises canaries;

  /** How much too early something may be called good: whose clock is ahead finds no logs yet. */
  private final Duration early;

  private final Map<String, Integer> acceptances = new HashMap<>();
  private final Set<String> gaveUsers = new HashSet<>();

  /** When each rollback's verification really began, whatever its writer's clock said. */
  private final Map<String, Instant> verifying = new HashMap<>();

  /**
   * @param ahead how far a worker's clock may be ahead, negative for behind; times are promised by
   *     as much less
   */
  Promises(Watch watch, KBack kBack, Rule rule, Duration ahead) {
    this.watch = watch;
    this.kBack = kBack;
    this.rule = rule;
    this.skew = ahead.abs();
    this.early = ahead.isNegative() ? skew : Duration.ZERO;
    this.canaries = new CanaryPromises(kBack, watch::violated);
  }

  /** An offer was shown; its button carries it. */
  void shown(String sealed) {
    proposal(seal, sealed).ifPresent(offer -> shown.put(offer.id(), offer));
  }

  /** What a button carries, where it is an offer. */
  static Optional<Proposal> proposal(Seal seal, String sealed) {
    return seal.openOffer(sealed)
        .<Proposal>map(offer -> offer)
        .or(() -> seal.openActionOffer(sealed).map(offer -> offer));
  }

  /**
   * The journal is gone, and with it the memory of accepted offers: nobody can keep that promise.
   */
  void forget() {
    acceptances.clear();
    gaveUsers.clear();
  }

  /** Holds one write to all of them. */
  void check(Written write) {
    ServiceState state = Watch.state(write.after());
    Journal journal = write.journal();
    untouched(write.before(), write.after());
    canaries.check(write, state);
    if (write.earlier().filter(earlier -> isMark(earlier, journal)).isPresent()) {
      must(
          write.before().getTrafficList().equals(write.after().getTrafficList()),
          "a mark that something was told changed the traffic");
      return;
    }
    int expected = write.earlier().map(j -> j.seq() + 1).orElse(1);
    must(journal.seq() == expected, "the sequence is " + journal.seq() + ", not " + expected);
    template(write);
    traffic(write.after(), journal, state);
    if (isAcceptance(write)) {
      acceptance(write, journal);
    }
    yeses(write);
    users(journal, write.before(), write.after());
    moves(write, state);
    verdicts(write);
  }

  /**
   * That something was told, is told by another worker, or that a canary was looked at: nothing
   * else may differ.
   */
  private static boolean isMark(Journal earlier, Journal journal) {
    boolean looked =
        !earlier.canary().equals(journal.canary()) && CanaryPromises.isLook(earlier, journal);
    return looked
        || (earlier.untold().isPresent()
            && earlier
                .told()
                .takenOver("-", Instant.EPOCH)
                .withCards(journal.cards())
                .equals(journal.told().takenOver("-", Instant.EPOCH)));
  }

  private void untouched(Service before, Service after) {
    must(
        foreignTags(before).equals(foreignTags(after)),
        "somebody's tags were " + foreignTags(before) + " and are " + foreignTags(after));
    must(before.getLabelsMap().equals(after.getLabelsMap()), "somebody's labels were changed");
    must(
        foreignAnnotations(before).equals(foreignAnnotations(after)),
        "somebody's annotations were changed");
  }

  /** Only a redeploy and its way back make a revision, and change no more than they must. */
  private void template(Written write) {
    RevisionTemplate before = write.before().getTemplate();
    RevisionTemplate after = write.after().getTemplate();
    Journal journal = write.journal();
    boolean makes =
        journal.aim().route() == Route.REDEPLOY && (isAcceptance(write) || beginsRestore(write));
    must(makes != before.equals(after), "the template " + (makes ? "is the same" : "was changed"));
    must(bare(before).equals(bare(after)), "more of the template was changed than its image");
    if (makes) {
      String made =
          (isAcceptance(write) ? journal.aim().target() : journal.newest().orElseThrow()).value();
      must(
          write.after().getTrafficList().stream()
              .noneMatch(t -> t.getPercent() > 0 && t.getRevision().equals(made)),
          "users were given to a revision that was only just made");
      must(
          !Watch.state(write.after()).wanted().floats(),
          "LATEST has users while it comes to mean a revision of the bot's");
    }
    if (makes && beginsRestore(write)) {
      must(
          kBack
              .digest(journal.aim().redeployment().orElseThrow().template())
              .equals(Optional.of(KBack.digestOf(after.getContainers(0).getImage()))),
          "the template does not come back as it was");
    }
  }

  private static boolean isAcceptance(Written write) {
    return write.journal().state() == JobState.PREPARING
        && write.earlier().filter(j -> j.jobId().equals(write.journal().jobId())).isEmpty();
  }

  private static boolean beginsRestore(Written write) {
    Optional<RevisionName> restored = restored(write.journal());
    return restored.isPresent()
        && !restored.equals(write.earlier().flatMap(Promises::restored))
        // The platform's own name for it comes a write later.
        && write.earlier().filter(j -> j.state() == JobState.RETURN_PREPARING).isEmpty();
  }

  private static Optional<RevisionName> restored(Journal journal) {
    return journal.aim().redeployment().flatMap(Journal.Redeployment::restored);
  }

  private static RevisionTemplate bare(RevisionTemplate template) {
    RevisionTemplate.Builder bare = template.toBuilder().clearRevision().clearLabels();
    bare.getContainersBuilder(0).clearImage();
    return bare.build();
  }

  private void traffic(Service after, Journal journal, ServiceState state) {
    int sum = after.getTrafficList().stream().mapToInt(TrafficTarget::getPercent).sum();
    must(sum == 100, "users' traffic sums to " + sum);
    for (RevisionName revision : state.live().percents().keySet()) {
      must(kBack.exists(revision), "users are sent to " + revision + ", which does not exist");
    }
    must(
        journal.live().equals(state.live()),
        "the journal says users have " + journal.live() + ", they have " + state.live());
    boolean ours = after.getTrafficList().stream().anyMatch(t -> t.getTag().startsWith("rb-"));
    must(journal.state().moves() || !ours, "a tag of ours is left at rest");
  }

  /** Each yes is said once, and where two people must agree by another than the one who asked. */
  private void yeses(Written write) {
    Journal journal = write.journal();
    List<AcceptedOffer> before = write.earlier().map(Journal::accepted).orElse(List.of());
    List<AcceptedOffer> fresh =
        journal.accepted().stream().filter(offer -> !before.contains(offer)).toList();
    for (AcceptedOffer yes : fresh) {
      int times = acceptances.merge(yes.offerId(), 1, Integer::sum);
      must(times == 1, "the offer " + yes.offerId() + " was accepted " + times + " times");
      Proposal offer = shown.get(yes.offerId());
      must(offer != null, "an offer was accepted that nobody was shown");
      must(
          rule == Rule.CONFIRM
              || offer == null
              || offer.alone()
              || !offer.requester().equals(yes.by()),
          "who asked said yes as well");
    }
    boolean alone = journal.actors().requester().equals(journal.actors().approver());
    must(
        rule == Rule.CONFIRM || !fresh.isEmpty() || alone || !needsYes(write),
        "one person alone changed what users get");
  }

  private static boolean needsYes(Written write) {
    JobState now = write.journal().state();
    return write
        .earlier()
        .map(Journal::state)
        .filter(
            was ->
                (was.atRest() && now == JobState.UNDOING)
                    || ((was.atRest() || was == JobState.CLOSED)
                        && now == JobState.RETURN_PREPARING)
                    || (was == JobState.HELD
                        && (now == JobState.SWITCHING || now == JobState.SETTLING))
                    || (was == JobState.HOLDING
                        && (now == JobState.SWITCHING || now == JobState.SETTLING)))
        .isPresent();
  }

  private void acceptance(Written write, Journal journal) {
    Instant when = write.at();
    must(
        !when.isAfter(journal.times().approved().plus(Stage.LATENESS).plus(TRIES).plus(skew)),
        "a late click was accepted");
    must(
        !when.isAfter(
            journal.times().asked().plus(Stage.OFFER_LIFE).plus(TRIES).plus(skew).plus(skew)),
        "an expired offer was accepted");
    must(journal.acceptanceOf(journal.jobId()).isPresent(), "an accepted offer is not remembered");
    must(
        shown.get(journal.jobId()) instanceof Offer offer
            && offer.fingerprint().equals(fingerprint(journal, write.before())),
        "what was accepted is not what was shown");
  }

  /** What an offer stands for: the service, who serves, and the target or the template. */
  private static String fingerprint(Journal journal, Service before) {
    boolean shift = journal.aim().route() == Route.SHIFT;
    String meaning =
        String.join(
            "\n",
            shift ? "shift" : "redeploy",
            journal.serviceUid(),
            journal.live().asArgument(),
            shift ? journal.aim().target().value() : Watch.state(before).template().hash(),
            journal.aim().digest().value());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(meaning.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void users(Journal journal, Service before, Service after) {
    // By name: whom LATEST gives users to is decided by whoever makes it float.
    int had = named(before, journal.aim().target());
    int has = named(after, journal.aim().target());
    if (has > had) {
      gaveUsers.add(journal.jobId());
    }
    must(
        journal.state() != JobState.CLOSED
            || !BEFORE_USERS.contains(journal.ending())
            || !gaveUsers.contains(journal.jobId()),
        journal.ending() + " is said of a rollback that gave users to its target");
  }

  private static int named(Service service, RevisionName revision) {
    return service.getTrafficList().stream()
        .filter(t -> t.getRevision().equals(revision.value()))
        .mapToInt(TrafficTarget::getPercent)
        .sum();
  }

  /** What the journal says becomes a card, so it must be so already. */
  private void moves(Written write, ServiceState state) {
    Journal journal = write.journal();
    RevisionName target = journal.aim().target();
    if (journal.state() == JobState.VERIFYING) {
      must(
          kBack.users(target) == 100 || state.observedLive().isAll(target),
          "traffic is said to have moved, and it has not");
    }
    boolean first =
        journal.canary().map(canary -> canary.rung() == 0).orElse(true)
            && (journal.state() == JobState.SETTLING || journal.state() == JobState.SWITCHING);
    if (first && journal.aim().probeable()) {
      must(
          journal.evidence().target().filter(Journal.ProbeResult::passed).isPresent()
              || write.earlier().filter(j -> j.state() == JobState.HELD).isPresent(),
          "users were given to a target that no probe found well");
    }
    if (journal.state() == JobState.CLOSED && journal.ending() == Ending.FAILED) {
      must(!kBack.runs(target), "the target is said not to start, and it runs");
    }
    if (journal.ending() == Ending.MOVED || journal.ending() == Ending.TAKEN_OVER) {
      must(
          watch.wasMeddledWith() && !journal.actors().closer().orElse("").equals(KBack.BOT_ACCOUNT),
          "somebody is said to have moved the service, and nobody did");
    }
  }

  private void verdicts(Written write) {
    Journal journal = write.journal();
    if (journal.state() == JobState.VERIFYING) {
      verifying.putIfAbsent(journal.jobId(), write.at());
    }
    boolean verdict = journal.ending() == Ending.VERIFIED || journal.ending() == Ending.BAD;
    if (journal.state() == JobState.OPEN && verdict) {
      boolean again = write.earlier().filter(j -> j.state() == JobState.OPEN).isPresent();
      boolean inTime =
          write
              .earlier()
              .filter(j -> j.state() == JobState.VERIFYING)
              .map(this::began)
              .map(since -> since.minus(journal.ending() == Ending.VERIFIED ? early : skew))
              .filter(since -> !write.at().isBefore(since.plus(EVIDENCE)))
              .isPresent();
      must(
          journal.evidence().figures().isPresent() && (again || inTime),
          "a verdict is said without its evidence or before its time");
    }
  }

  /** Where its writer's clock may be wrong, the write itself says when, and not to the second. */
  private Instant began(Journal journal) {
    return skew.isZero()
        ? journal.since()
        : verifying.getOrDefault(journal.jobId(), Instant.MAX).minus(WRITING);
  }

  private void must(boolean holds, String otherwise) {
    if (!holds) {
      watch.violated(otherwise);
    }
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
