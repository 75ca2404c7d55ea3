package dev.rollbackbot.simulation;

import com.google.cloud.run.v2.GetRevisionRequest;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.sandbox.cloudrun.AuditListener;
import dev.rollbackbot.sandbox.cloudrun.CloudRunModel;
import dev.rollbackbot.sandbox.cloudrun.ModelSettings;
import dev.rollbackbot.sandbox.cloudrun.ModelSettings.StatusesAfterFailure;
import dev.rollbackbot.sandbox.cloudrun.RevisionSeed;
import dev.rollbackbot.sandbox.cloudrun.UrlScheme;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The service k-back of one run: its revisions, commits and images, in the Cloud Run model. */
final class KBack {
  static final ServiceId ID = new ServiceId("demo-proj", "asia-northeast1", "k-back");
  static final String REPOSITORY = "asia-northeast1-docker.pkg.dev/demo-proj/k-back-repo/k-back";
  static final String BOT_ACCOUNT = "rollback-bot@demo-proj.iam.gserviceaccount.com";
  static final String FOREIGN_TAG = "preview";

  private static final int HISTORY = 5;
  private static final int BUILT = 2;

  /** A commit that was deployed before the story begins. */
  record Past(CommitSha commit, RevisionName revision, Digest digest, Instant created) {}

  /** A commit that was built and has no revision. */
  record Built(CommitSha commit, Digest digest, Instant built) {}

  final CloudRunModel model;
  final List<Past> past = new ArrayList<>();
  final List<Built> built = new ArrayList<>();
  private final Fate fate;
  private final int foreignTags;

  KBack(Scheduler scheduler, Fate fate, AuditListener audit, Night night) {
    this.fate = fate;
    this.foreignTags = night.service() == Night.ServiceKind.HUGE ? 200 : 1;
    this.model =
        new CloudRunModel(
            scheduler,
            ModelSettings.likeProduction()
                .withTimes(fate.seconds(4, 20), fate.seconds(1, 12))
                .with(
                    fate.chance(0.5)
                        ? StatusesAfterFailure.KEEP_LAST_SERVING
                        : StatusesAfterFailure.FOLLOW),
            image -> Optional.of(digestOf(image)),
            UrlScheme.likeProduction(),
            audit,
            fate.tie());
    for (int i = 0; i < HISTORY; i++) {
      String commit = Integer.toHexString(0x6831359 + i * 0x1010101).repeat(6).substring(0, 40);
      past.add(
          new Past(
              new CommitSha(commit),
              new RevisionName(
                  "k-back-%05d-%s".formatted(38 + i, "abcde".substring(i, i + 1) + "xy")),
              new Digest(digestOf(REPOSITORY + ":" + commit)),
              scheduler.instant().minus(Duration.ofDays(HISTORY - i))));
    }
    for (int i = 0; i < BUILT; i++) {
      String commit = Integer.toHexString(0x1a2b3c4 + i * 0x1010101).repeat(6).substring(0, 40);
      built.add(
          new Built(
              new CommitSha(commit),
              new Digest(digestOf(REPOSITORY + ":" + commit)),
              scheduler.instant().minus(Duration.ofDays(HISTORY + BUILT - i))));
      if (night.wild() && fate.chance(0.25)) {
        model.breakImage(built.getLast().digest().value());
      }
    }
    boolean newestFailed = night.wild() && fate.chance(0.1);
    var seeds = new ArrayList<RevisionSeed>();
    switch (night.service()) {
      case HUGE -> seeds.addAll(older(scheduler.instant(), 1_000 - HISTORY));
      case SCATTERED -> seeds.addAll(older(scheduler.instant(), 100));
      case ORDINARY, NEVER_SAYS_SO -> {
        // The revisions that have commits are enough.
      }
    }
    for (Past one : past) {
      RevisionSeed seed =
          RevisionSeed.of(
              one.revision().value(),
              REPOSITORY + ":" + one.commit().value(),
              one.digest().value(),
              Map.of("commit-sha", one.commit().value()),
              one.created(),
              "ken@example.com");
      seeds.add(newestFailed && one.equals(past.getLast()) ? seed.failed() : seed);
    }
    Map<String, String> terraform =
        fate.chance(0.25) ? Map.of("goog-terraform-provisioned", "true") : Map.of();
    model.seed(
        Service.newBuilder()
            .setName(ID.resourceName())
            .putLabels("team", "welfare")
            .putAllLabels(terraform)
            .putAnnotations("example.com/owner", "aiko")
            .addAllTraffic(
                night.service() == Night.ServiceKind.SCATTERED
                    ? seeds.stream()
                        .limit(100)
                        .map(seed -> to(new RevisionName(seed.name()), 1))
                        .toList()
                    : traffic(newestFailed))
            .setClient("gcloud")
            .build(),
        seeds);
  }

  /** Revisions from before anybody here remembers. */
  private static List<RevisionSeed> older(Instant now, int number) {
    return IntStream.range(0, number)
        .mapToObj(
            i ->
                RevisionSeed.of(
                    "k-back-0%04d-old".formatted(i),
                    REPOSITORY + ":0a%038d".formatted(i),
                    digestOf(REPOSITORY + ":0a%038d".formatted(i)),
                    Map.of(),
                    now.minus(Duration.ofDays(HISTORY + number - i)),
                    "ken@example.com"))
        .toList();
  }

  /** LATEST, a pin, or a canary; sometimes with somebody's tag as the first entry. */
  private List<TrafficTarget> traffic(boolean newestFailed) {
    var targets = new ArrayList<TrafficTarget>();
    if (foreignTags > 1 || fate.chance(0.6)) {
      for (int i = 0; i < foreignTags; i++) {
        String tag = i == 0 ? FOREIGN_TAG : FOREIGN_TAG + i;
        targets.add(to(past.get(1).revision(), 0).toBuilder().setTag(tag).build());
      }
    }
    RevisionName newest = past.getLast().revision();
    RevisionName before = past.get(HISTORY - 2).revision();
    if (newestFailed) {
      targets.add(fate.chance(0.5) ? latest(100) : to(before, 100));
    } else if (fate.chance(0.5)) {
      targets.add(latest(100));
    } else if (fate.chance(0.4)) {
      targets.add(to(newest, 100));
    } else {
      targets.add(to(before, 90));
      targets.add(fate.chance(0.5) ? to(newest, 10) : latest(10));
    }
    return targets;
  }

  /** The service as it is, whatever the weather. */
  Service service() {
    return model.getService(GetServiceRequest.newBuilder().setName(ID.resourceName()).build());
  }

  /** Percent of the users that this revision really gets now. */
  int users(RevisionName revision) {
    return model.routing(ID.resourceName()).percents().getOrDefault(revision.value(), 0);
  }

  boolean exists(RevisionName revision) {
    return find(revision).isPresent();
  }

  /** The commit that its build's label names. */
  Optional<CommitSha> commitOf(RevisionName revision) {
    return find(revision)
        .map(ModelCloudRun.MAPPER::toRevision)
        .flatMap(dev.rollbackbot.domain.model.Revision::labelledCommit);
  }

  private Optional<Revision> find(RevisionName revision) {
    GetRevisionRequest request =
        GetRevisionRequest.newBuilder()
            .setName(ID.resourceName() + "/revisions/" + revision.value())
            .build();
    try {
      return Optional.of(model.getRevision(request));
    } catch (StatusRuntimeException e) {
      return Optional.empty();
    }
  }

  /** The digest that it was made to run, whether or not it can. */
  Optional<String> digest(RevisionName revision) {
    return find(revision)
        .map(r -> r.getContainers(0).getImage())
        .map(image -> image.substring(image.indexOf('@') + 1));
  }

  boolean runs(RevisionName revision) {
    return model.runningDigest(ID.resourceName(), revision.value()).isPresent();
  }

  static TrafficTarget latest(int percent) {
    return TrafficTarget.newBuilder()
        .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST)
        .setPercent(percent)
        .build();
  }

  static TrafficTarget to(RevisionName revision, int percent) {
    return TrafficTarget.newBuilder()
        .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
        .setRevision(revision.value())
        .setPercent(percent)
        .build();
  }

  static String digestOf(String image) {
    int at = image.indexOf('@');
    if (at >= 0) {
      return image.substring(at + 1);
    }
    String hex = Integer.toHexString(image.hashCode() | 0x10000000);
    return "sha256:" + hex.repeat(8);
  }
}
