package dev.rollbackbot.bench;

import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.protobuf.FieldMask;
import dev.rollbackbot.domain.health.Direction;
import dev.rollbackbot.domain.health.Look;
import dev.rollbackbot.domain.health.Side;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.Canary.Doubt;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.journal.JournalReading;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.Ladder;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.gcp.JournalJson;
import dev.rollbackbot.sandbox.cloudrun.CloudRunModel;
import dev.rollbackbot.sandbox.cloudrun.CloudRunServer;
import dev.rollbackbot.sandbox.cloudrun.ModelSettings;
import dev.rollbackbot.sandbox.cloudrun.RevisionSeed;
import dev.rollbackbot.sandbox.cloudrun.UrlScheme;
import dev.rollbackbot.sandbox.logging.LoggingServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Stand-ins of Cloud Run and Logging with a number of services, each with a canary under way and
 * its users' requests, also those that are still to come.
 */
final class CanaryWorld implements AutoCloseable {
  static final String PROJECT = "bench";
  static final String REGION = "asia-northeast1";
  static final String BOT = "bench";

  /** Whose canaries they are: the worker that carries them on calls itself so. */
  static final String DRIVER = "bench-0";

  static final Ladder LADDER = Ladder.standard();

  private static final String ACCOUNT = "rollback-bot@bench.iam.gserviceaccount.com";
  private static final Digest IMAGE = new Digest("sha256:" + "a".repeat(64));
  private static final Duration LOG_DELAY = Duration.ofSeconds(15);
  private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(5);
  private static final Duration LOGGED = Duration.ofMinutes(2);

  /** So long ago that no look at a held canary falls into the benchmark. */
  private static final Duration HELD_FOR = Duration.ofMinutes(190);

  /** Looked at every minute, or held and asked about for hours. */
  enum Kind {
    HELD,
    WATCHED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Instant now = Instant.now();
  private final int canaries;
  private final LoggingServer logging =
      LoggingServer.start(PROJECT, REGION, InstantSource.system());
  private final CloudRunModel model =
      new CloudRunModel(
          InstantSource.system(),
          ModelSettings.likeProduction(),
          _ -> Optional.of(IMAGE.value()),
          UrlScheme.likeProduction(),
          (_, _, _, _, _, _) -> {},
          7);
  private final CloudRunServer cloudRun;

  /**
   * @param runs for how long users go on coming
   */
  CanaryWorld(int canaries, Kind kind, Duration runs) throws IOException {
    this.canaries = canaries;
    this.cloudRun = CloudRunServer.start(model, ACCOUNT);
    for (int i = 0; i < canaries; i++) {
      seed(id(i));
      annotate(id(i), journal(i, kind));
      if (kind == Kind.WATCHED) {
        users(id(i), runs);
      }
    }
  }

  static ServiceId id(int i) {
    return new ServiceId(PROJECT, REGION, "canary-%04d".formatted(i));
  }

  String runEndpoint() {
    return cloudRun.endpoint();
  }

  String loggingEndpoint() {
    return logging.endpoint();
  }

  /** How many canaries are held because their turn did not come. */
  long unjudged() {
    return IntStream.range(0, canaries)
        .mapToObj(i -> model.getService(get(id(i))))
        .map(s -> JournalJson.read(journalOf(s), BOT, s.getUid()))
        .flatMap(r -> r instanceof JournalReading.Found(Journal j) ? j.canary().stream() : none())
        .filter(canary -> canary.doubt().filter(Doubt.BUDGET::equals).isPresent())
        .count();
  }

  private static Stream<Canary> none() {
    throw new IllegalStateException("a journal that cannot be read");
  }

  private static Optional<String> journalOf(Service service) {
    return Optional.ofNullable(service.getAnnotationsMap().get(Journal.ANNOTATION));
  }

  private void seed(ServiceId id) {
    Service service =
        Service.newBuilder()
            .setName(id.resourceName())
            .addTraffic(traffic(old(id), LADDER.steps().getFirst()))
            .addTraffic(traffic(live(id), 100 - LADDER.steps().getFirst()))
            .build();
    model.seed(service, List.of(revision(old(id), 2), revision(live(id), 1)));
  }

  private RevisionSeed revision(RevisionName name, int daysOld) {
    return RevisionSeed.of(
        name.value(),
        "asia-northeast1-docker.pkg.dev/bench/repo/app@" + IMAGE.value(),
        IMAGE.value(),
        Map.of(),
        now.minus(Duration.ofDays(daysOld)),
        ACCOUNT);
  }

  private static TrafficTarget traffic(RevisionName revision, int percent) {
    return TrafficTarget.newBuilder()
        .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
        .setRevision(revision.value())
        .setPercent(percent)
        .build();
  }

  private void annotate(ServiceId id, Journal journal) {
    var _ =
        model.updateService(
            UpdateServiceRequest.newBuilder()
                .setService(
                    Service.newBuilder()
                        .setName(id.resourceName())
                        .putAnnotations(Journal.ANNOTATION, JournalJson.write(journal)))
                .setUpdateMask(FieldMask.newBuilder().addPaths("annotations"))
                .build(),
            ACCOUNT);
  }

  /** Begun evenly over the length of a rung, so that their looks are spread as evenly. */
  private Journal journal(int i, Kind kind) {
    boolean held = kind == Kind.HELD;
    Duration gone = LADDER.hold().multipliedBy(i).dividedBy(canaries);
    Instant begun = now.minus(held ? HELD_FOR.plus(gone) : gone);
    Instant accepted = begun.minusSeconds(60);
    ServiceId id = id(i);
    LiveSplit live = LiveSplit.all(live(id));
    Instant held5 = begun.plus(LADDER.hold());
    String job = "%016x".formatted(i);
    return new Journal(
        BOT,
        job,
        5,
        model.getService(get(id)).getUid(),
        new Journal.Actors("U0AIKO", "U0BEN", Optional.empty(), Optional.empty()),
        List.of(new Journal.AcceptedOffer(job, accepted, "U0BEN")),
        live,
        Optional.empty(),
        live.giving(old(id), LADDER.steps().getFirst()),
        new Journal.Aim(
            old(id),
            IMAGE,
            Optional.of(new CommitSha("b".repeat(40))),
            Optional.of(live(id)),
            Optional.of(new CommitSha("c".repeat(40))),
            true),
        held ? JobState.HOLDING : JobState.WATCHING,
        Ending.NONE,
        held ? held5 : begun,
        held ? held5.plus(Duration.ofHours(24)) : held5,
        DRIVER,
        new Journal.Times(
            accepted,
            accepted,
            Optional.of(accepted),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        Journal.Evidence.none(),
        Optional.of(live(id)),
        Optional.empty(),
        Journal.Cards.of(Optional.of(new Journal.Card("C0BENCH", job)), Locale.ENGLISH),
        Optional.of(looked(begun)));
  }

  /** With the looks that were due up to now. */
  private Canary looked(Instant begun) {
    Canary canary = Canary.of(LADDER, Direction.FORWARD, Optional.empty()).higher(begun);
    Instant readable = now.minus(LOG_DELAY);
    for (Instant end = canary.endAfter(begun); !end.isAfter(readable); end = canary.endAfter(end)) {
      canary = canary.saw(new Look(0, new Side(2, 0, 0), new Side(10, 0, 0)), end);
    }
    return canary;
  }

  private void users(ServiceId id, Duration runs) {
    Instant end = now.plus(runs);
    int requests = 0;
    for (Instant at = now.minus(LOGGED); at.isBefore(end); at = at.plus(BETWEEN_REQUESTS)) {
      logging.requestLog(
          at,
          id.name(),
          (requests++ % 6 == 0 ? old(id) : live(id)).value(),
          "GET",
          "https://app.example/plans/" + requests,
          200,
          Duration.ofMillis(40),
          "Mozilla/5.0",
          "192.0.2." + requests % 256);
    }
  }

  private static RevisionName old(ServiceId id) {
    return new RevisionName(id.name() + "-00041-old");
  }

  private static RevisionName live(ServiceId id) {
    return new RevisionName(id.name() + "-00042-new");
  }

  private static GetServiceRequest get(ServiceId id) {
    return GetServiceRequest.newBuilder().setName(id.resourceName()).build();
  }

  @Override
  public void close() {
    cloudRun.close();
    logging.close();
  }
}
