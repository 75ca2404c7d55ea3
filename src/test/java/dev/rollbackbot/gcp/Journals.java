package dev.rollbackbot.gcp;

import dev.rollbackbot.domain.health.Direction;
import dev.rollbackbot.domain.health.ErrorChanges;
import dev.rollbackbot.domain.health.Figures;
import dev.rollbackbot.domain.health.LogGap;
import dev.rollbackbot.domain.health.Look;
import dev.rollbackbot.domain.health.Side;
import dev.rollbackbot.domain.health.SlowLine;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.Journal.AcceptedOffer;
import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.domain.journal.Journal.ProbeResult;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Any journal that may exist, by seed; {@code length} is that of free texts. */
final class Journals {
  static final String BOT = "prod";
  static final String UID = "0f8fad5b-d9cb-469f-a165-70867728950e";
  private static final String LETTERS = "ab \"\\/<>&é本🙂\n\u202e{}:,";

  private final Random random;
  private final int length;

  private Journals(long seed, int length) {
    this.random = new Random(seed);
    this.length = length;
  }

  static Journal any(long seed, int length) {
    return new Journals(seed, length).journal();
  }

  /** Any journal of this service. */
  static Journal of(String serviceUid) {
    Journal any = any(1, 10);
    return new Journal(
        any.bot(),
        any.jobId(),
        any.seq(),
        serviceUid,
        any.actors(),
        any.accepted(),
        any.before(),
        any.beforeLatest(),
        any.live(),
        any.aim(),
        any.state(),
        any.ending(),
        any.since(),
        any.until(),
        any.driver(),
        any.times(),
        any.evidence(),
        any.newest(),
        any.untold(),
        any.cards(),
        any.canary());
  }

  /** The accept-write of a rollback of users who are on so many revisions, with a long reason. */
  static Journal firstWriteOverRevisions(int revisions) {
    var percents = new TreeMap<RevisionName, Integer>();
    for (int i = 0; i < revisions; i++) {
      percents.put(longName("before-" + i), i == 0 ? 101 - revisions : 1);
    }
    var before = new LiveSplit(percents);
    Instant now = Instant.ofEpochMilli(1_790_000_000_000L);
    RevisionName live = before.main().orElseThrow();
    return new Journal(
        BOT,
        "0123456789abcdef",
        1,
        UID,
        new Journal.Actors("U0123456789", "U0123456789", Optional.of("本".repeat(200)), none()),
        List.of(new AcceptedOffer("0123456789abcdef", now, "U0123456789")),
        before,
        none(),
        before,
        new Journal.Aim(
            longName("target"),
            new Digest("sha256:" + "a".repeat(64)),
            Optional.of(new CommitSha("b".repeat(40))),
            Optional.of(live),
            Optional.of(new CommitSha("c".repeat(40))),
            true,
            Optional.of(new Journal.Redeployment(live, false, none()))),
        JobState.PREPARING,
        Ending.NONE,
        now,
        now.plusSeconds(240),
        "k-back-worker-0123456789-abcde",
        new Journal.Times(now, now, none(), none(), none(), none()),
        Journal.Evidence.none(),
        Optional.of(live),
        Optional.of(new Journal.Untold(Journal.News.STATE, now)),
        new Journal.Cards(card("1"), none(), ended(), Locale.JAPANESE),
        none());
  }

  /** The same at the end of its life, with all that can come to it. */
  static Journal allOf(Journal first) {
    Instant late = first.since().plusSeconds(900);
    var probe = new ProbeResult(0, 5, 30_000, "HTTP 500 " + "x".repeat(80));
    List<String> signatures = Collections.nCopies(3, "KeyError app/plans.py " + "y".repeat(300));
    var load = new Figures.Load(1_000_000, 1_000_000, 30_000, 30_000);
    var figures =
        new Figures(
            load,
            load,
            new ErrorChanges(signatures, signatures, signatures, signatures, signatures),
            false,
            Optional.of(new LogGap.Late(late)));
    Journal.Times times =
        first.times().probedAt(late).switchedAt(late).movedAt(late).restedAt(late);
    Journal all = first;
    for (int i = 1; i < Journal.MOST_OFFERS; i++) {
      all = all.withAccepted(new AcceptedOffer("0123456789abcde" + i, late, "U0123456789"));
    }
    return all.next(JobState.RETURN_PREPARING, Ending.NEWEST_UNWELL, late, late, first.driver())
        .withAim(first.aim().restoredBy(longName("restored")))
        .withNewest(Optional.of(longName("restored")))
        .withTimes(times)
        .withEvidence(
            new Journal.Evidence(Optional.of(probe), Optional.of(probe), Optional.of(figures)))
        .withCards(new Journal.Cards(card("1"), card("2"), ended(), Locale.JAPANESE))
        .closedBy("somebody.with.a.long.name@welfare.example.com");
  }

  /** As many steps as there may be. */
  static Canary longCanary() {
    return Canary.of(
        new Ladder(List.of(1, 5, 10, 25, 50, 100), Duration.ofHours(1), Ladder.Advance.ASK),
        Direction.BACK,
        Optional.of(new SlowLine(Duration.ofMillis(1_250))));
  }

  /** The same with each step held for a day, by many users. */
  static Canary looked(Canary canary) {
    Canary held = canary;
    Instant now = Instant.ofEpochMilli(1_790_000_000_000L);
    for (int rung = 0; rung < canary.ladder().rungs(); rung++) {
      held = held.higher(now);
      for (int look = 0; look < 10; look++) {
        now = held.endAfter(now);
        var side = new Side(99_999, 9_999, 9_999);
        held = held.saw(new Look(rung, side, side), now);
      }
    }
    return held;
  }

  /** Of the 63 characters that a name may have. */
  private static RevisionName longName(String start) {
    return new RevisionName("k-back-" + start + "-" + "z".repeat(55 - start.length()));
  }

  private static Optional<Card> card(String number) {
    return Optional.of(new Card("C0123456789", "1790000000.00000" + number));
  }

  private static Optional<Journal.Ended> ended() {
    return Optional.of(new Journal.Ended(card("3"), card("4"), longName("earlier").value()));
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  private Journal journal() {
    return new Journal(
        BOT,
        hex(16),
        1 + random.nextInt(100),
        UID,
        new Journal.Actors("U" + hex(10), "U" + hex(10), maybe(this::text), maybe(() -> hex(9))),
        IntStream.range(0, random.nextInt(Journal.MOST_OFFERS + 1))
            .mapToObj(_ -> new AcceptedOffer(hex(16), instant(), "U" + hex(10)))
            .toList(),
        split(),
        maybe(this::revision),
        split(),
        new Journal.Aim(
            revision(),
            new Digest("sha256:" + hex(64)),
            maybe(this::commit),
            maybe(this::revision),
            maybe(this::commit),
            random.nextBoolean(),
            maybe(
                () ->
                    new Journal.Redeployment(
                        revision(), random.nextBoolean(), maybe(this::revision)))),
        one(List.of(JobState.values())),
        one(List.of(Ending.values())),
        instant(),
        instant(),
        hex(12),
        new Journal.Times(
            instant(),
            instant(),
            maybe(this::instant),
            maybe(this::instant),
            maybe(this::instant),
            maybe(this::instant)),
        new Journal.Evidence(maybe(this::probe), maybe(this::probe), maybe(this::figures)),
        maybe(this::revision),
        maybe(() -> new Journal.Untold(one(List.of(Journal.News.values())), instant())),
        new Journal.Cards(
            maybe(this::card),
            maybe(this::card),
            maybe(() -> new Journal.Ended(maybe(this::card), maybe(this::card), hex(7))),
            random.nextBoolean() ? Locale.JAPANESE : Locale.ENGLISH),
        maybe(this::canary));
  }

  private Canary canary() {
    Ladder ladder =
        new Ladder(
            List.of(1 + random.nextInt(20), 50, 100),
            Duration.ofSeconds(1 + random.nextInt(40_000)),
            one(List.of(Ladder.Advance.values())));
    Instant first = instant();
    return new Canary(
        ladder,
        one(List.of(Direction.values())),
        maybe(() -> new SlowLine(Duration.ofMillis(1 + random.nextInt(5_000)))),
        IntStream.range(0, random.nextInt(4)).mapToObj(_ -> instant()).toList(),
        IntStream.range(0, random.nextInt(8))
            .mapToObj(i -> new Canary.Seen(look(), first.plusSeconds(i)))
            .toList(),
        maybe(() -> one(List.of(Canary.Doubt.values()))));
  }

  private Look look() {
    return new Look(random.nextInt(2), side(), side());
  }

  private Side side() {
    int errors = random.nextInt(50);
    int slow = random.nextInt(50);
    return new Side(errors + slow + random.nextInt(500), errors, slow);
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String hex(int digits) {
    var text = new StringBuilder();
    for (int i = 0; i < digits; i++) {
      text.append(Character.forDigit(random.nextInt(16), 16));
    }
    return text.toString();
  }

  private String text() {
    int[] letters = LETTERS.codePoints().toArray();
    var text = new StringBuilder("x");
    for (int i = 1; i < 1 + random.nextInt(length); i++) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  private Instant instant() {
    return Instant.ofEpochMilli(1_790_000_000_000L + random.nextInt(100_000_000));
  }

  private CommitSha commit() {
    return new CommitSha(hex(7 + random.nextInt(34)));
  }

  private RevisionName revision() {
    return new RevisionName("k-back-%05d-%s".formatted(random.nextInt(1000), hex(3)));
  }

  private LiveSplit split() {
    if (random.nextBoolean()) {
      return LiveSplit.all(revision());
    }
    int first = 1 + random.nextInt(99);
    return LiveSplit.of(
        Map.of(new RevisionName("k-back-one"), first, new RevisionName("k-back-two"), 100 - first));
  }

  private ProbeResult probe() {
    return new ProbeResult(random.nextInt(6), 5, random.nextInt(3000), "HTTP " + hex(3));
  }

  private Figures figures() {
    return new Figures(
        load(),
        load(),
        new ErrorChanges(signatures(), signatures(), signatures(), signatures(), signatures()),
        random.nextBoolean(),
        maybe(this::gap));
  }

  private LogGap gap() {
    return random.nextBoolean()
        ? new LogGap.Late(instant())
        : new LogGap.Unread(one(List.of(LogGap.Reason.values())));
  }

  private Figures.Load load() {
    return new Figures.Load(
        random.nextInt(2000), random.nextInt(2000), random.nextInt(9999), random.nextInt(9999));
  }

  private List<String> signatures() {
    return Stream.generate(this::text).limit(random.nextInt(4)).toList();
  }

  private Card card() {
    return new Card("C" + hex(10), "17900000%s.%s".formatted(hex(2), hex(6)));
  }
}
